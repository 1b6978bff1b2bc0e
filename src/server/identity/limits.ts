// oxlint-disable-next-line typescript/triple-slash-reference -- a module of ambient declarations cannot be imported
/// <reference path="./rate-limiter-flexible.d.ts" />
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js';
import RateLimiterStore from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';

import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { deriveKey } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';

const minute = 60;
/** Failures, and the seconds for which each of them counts from the first on. */
const limits = {
  /** Of one address of the network, whoever it tries to be. */
  place: { points: 100, duration: 60 * minute },
  /** Of one address of the network as one person. */
  pair: { points: 5, duration: 15 * minute },
  /** As one person, from everywhere. Never the end: beyond these, one attempt a pause. */
  person: { points: 20, duration: 60 * minute },
  /** Numbers for tokens of a site that knows its customers: an office behind one address has many of these. */
  noncePlace: { points: 600, duration: 60 * minute },
  /** Sign-ins elsewhere that one address of the network begins. */
  elsewherePlace: { points: 60, duration: 60 * minute },
  /** Mails that one address of the network asks for; how many go to one person is counted where they begin. */
  mailPlace: { points: 20, duration: 60 * minute },
  /** Mails of a portal. */
  mailPortal: { points: 500, duration: 60 * minute },
  /** Exports of one person: each may read tens of thousands of tickets. */
  export: { points: 10, duration: minute },
  /** Bytes of files that one person sends: 200 MiB a day. */
  upload: { points: 200 * 1024 * 1024, duration: 24 * 60 * minute },
  /** Colleagues whom one person names for their tickets. */
  participant: { points: 50, duration: 24 * 60 * minute },
} as const;
/** Seconds; the pause begins with two and doubles. A stranger must not be able to shut somebody out for long. */
const longestPause = 5 * minute;

/** A try to sign in that was let through and counts as failed for now. */
export interface Attempt {
  /** It did not fail: it counts no more. */
  succeeded(): Promise<void>;
}

/**
 * Slows down guessing of passwords and codes, the sending of mail and what reads or sends a lot, for all processes of the server together. An attempt
 * counts before it is checked, or many at once would pass. What is known of the address that is tried changes nothing. Each
 * throws `rate-limited`.
 */
export function createLimits(deps: Pick<AppDeps, 'database' | 'clock' | 'secret'>) {
  const places = new DatabaseLimiter(deps, limits.place);
  const pairs = new DatabaseLimiter(deps, limits.pair);
  const persons = new DatabaseLimiter(deps, { ...limits.person, points: Number.MAX_SAFE_INTEGER });
  const pauses = new DatabaseLimiter(deps, { points: 1, duration: longestPause });
  const noncePlaces = new DatabaseLimiter(deps, limits.noncePlace);
  const elsewherePlaces = new DatabaseLimiter(deps, limits.elsewherePlace);
  const mailPlaces = new DatabaseLimiter(deps, limits.mailPlace);
  const mailPortals = new DatabaseLimiter(deps, limits.mailPortal);
  const exports = new DatabaseLimiter(deps, limits.export);
  const uploads = new DatabaseLimiter(deps, limits.upload);
  const participants = new DatabaseLimiter(deps, limits.participant);

  /** Counts an attempt that several limits have to let through. */
  function begin() {
    const taken: (() => Promise<unknown>)[] = [];
    const giveBack = async () => void (await Promise.all(taken.map((undo) => undo())));
    const take = async (limiter: DatabaseLimiter, purpose: string, customDuration = limiter.duration, points = 1) => {
      const key = await hideKey(deps.secret, purpose);
      try {
        const { consumedPoints } = await limiter.consume(key, points, { customDuration });
        taken.push(() => limiter.reward(key, points));
        return consumedPoints;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        // What was not taken weighs nothing: something lighter may still fit.
        if (points > 1) await limiter.reward(key, points);
        // What is refused here must not count elsewhere: one place could use up everybody's attempts.
        await giveBack();
        throw new ApiError('rate-limited', { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
      }
    };
    return { take, attempt: { succeeded: giveBack } satisfies Attempt };
  }

  async function guess(whose: string, email: string, ip: string): Promise<Attempt> {
    const { take, attempt } = begin();
    const place = networkOf(ip);
    const person = `${whose} ${email.trim().toLowerCase()}`;
    await take(places, `place ${place}`);
    await take(pairs, `pair ${place} ${person}`);
    const beyond = (await take(persons, `person ${person}`)) - limits.person.points;
    if (beyond > 0) await take(pauses, `pause ${person}`, Math.min(2 ** beyond, longestPause));
    return attempt;
  }

  return {
    password: (portal: PortalSettings, email: string, ip: string) => guess(String(portal.account), email, ip),

    staffPassword: (email: string, ip: string) => guess('staff', email, ip),

    /** A code, an invitation or a link of staff. How often one code may be tried is counted with it. */
    async proof(ip: string): Promise<Attempt> {
      const { take, attempt } = begin();
      await take(places, `place ${networkOf(ip)}`);
      return attempt;
    },

    async nonce(ip: string): Promise<void> {
      const { take } = begin();
      await take(noncePlaces, `nonce place ${networkOf(ip)}`);
    },

    async elsewhere(ip: string): Promise<void> {
      const { take } = begin();
      await take(elsewherePlaces, `elsewhere place ${networkOf(ip)}`);
    },

    async mail(portal: PortalSettings, ip: string): Promise<void> {
      const { take } = begin();
      await take(mailPlaces, `mail place ${networkOf(ip)}`);
      await take(mailPortals, `mail portal ${portal.account} ${portal.id}`);
    },

    /** @param contact public id */
    async export(portal: PortalSettings, contact: string): Promise<void> {
      const { take } = begin();
      await take(exports, `export ${portal.account} ${contact}`);
    },

    /** @param contact public id */
    async participant(portal: PortalSettings, contact: string): Promise<void> {
      const { take } = begin();
      await take(participants, `participant ${portal.account} ${contact}`);
    },

    /** @param contact public id */
    async upload(portal: PortalSettings, contact: string, bytes: number): Promise<void> {
      const { take } = begin();
      await take(uploads, `upload ${portal.account} ${contact}`, uploads.duration, bytes);
    },

    /** They were counted, and never came. @param contact public id */
    async uploadTakenBack(portal: PortalSettings, contact: string, bytes: number): Promise<void> {
      await uploads.reward(await hideKey(deps.secret, `upload ${portal.account} ${contact}`), bytes);
    },
  };
}

export type Limits = ReturnType<typeof createLimits>;

interface Kept {
  readonly points: number;
  readonly expires_at: Date;
}

const count: Statement = { name: 'limit_count', text: 'SELECT * FROM count_limit($1, $2, $3, $4, $5)' };

/** Counts in our own database, by our own clock. */
class DatabaseLimiter extends RateLimiterStore<Kept> {
  readonly #deps: Pick<AppDeps, 'database' | 'clock'>;

  constructor(deps: Pick<AppDeps, 'database' | 'clock'>, options: { points: number; duration: number }) {
    super({ ...options, keyPrefix: '', storeClient: deps.database });
    this.#deps = deps;
  }

  protected override async _upsert(key: string, points: number, msDuration: number, force = false): Promise<Kept> {
    const now = this.#deps.clock();
    const params = [key, points, now, new Date(now.getTime() + msDuration), force];
    const [[row]] = (await this.#deps.database.batch({ role: 'app' }, [{ statement: count, params }])) as [[Kept]];
    return row;
  }

  protected override _getRateLimiterRes(_key: string, changedPoints: number, { points, expires_at: end }: Kept) {
    const left = Math.max(end.getTime() - this.#deps.clock().getTime(), 0);
    return new RateLimiterRes(Math.max(this.points - points, 0), left, points, points === changedPoints);
  }
}

/** The table shows neither who was tried nor from where. */
async function hideKey(secret: Uint8Array, purpose: string): Promise<string> {
  const key = await deriveKey(secret, `sign-in limit ${purpose}`);
  return Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What one customer of a provider has: an IPv4 address, or the first half of an IPv6 address, however it is written. */
export function networkOf(ip: string): string {
  const bare = ip.replace(/%.*$/, '');
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]/`)) return bare;
  const [head = '', tail = ''] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const groups = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  // An IPv4 address as a socket for both kinds shows it.
  if (groups.slice(0, 6).join() === '0,0,0,0,0,ffff') {
    return groups
      .slice(6)
      .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
      .join('.');
  }
  return groups.slice(0, 4).join(':');
}
