import * as z from 'zod/mini';
import { DeskError } from '../connector.js';
import { linksSchema } from './schemas.js';
import type { RtDeps, RtSettings } from './settings.js';

/** Milliseconds for which a refused password is not tried again: RT hashes every try, and may lock the account. */
const pause = 5000;
/** Milliseconds. */
const timeout = 10_000;

/** What a request of the session carries. */
export interface SessionHeaders {
  readonly cookie: string;
  readonly origin: string;
}

/**
 * The session of the service account: RT takes a cookie in a twentieth of the time that a password or a token costs it.
 * The cookie is in memory only.
 */
export class Session {
  readonly #settings: RtSettings;
  readonly #deps: RtDeps;
  #headers: Promise<SessionHeaders> | null = null;
  #refusedUntil = 0;

  constructor(settings: RtSettings, deps: RtDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** The headers of the session. Who asks while we log in waits for the same login. @throws DeskError */
  headers(): Promise<SessionHeaders> {
    if (this.#deps.clock().getTime() < this.#refusedUntil) return Promise.reject(refusal());
    this.#headers ??= this.#logIn();
    return this.#headers;
  }

  /** Forgets the cookie that RT did not take, unless another has taken its place since. */
  drop(headers: Promise<SessionHeaders>) {
    if (this.#headers === headers) this.#headers = null;
  }

  /** RT did not take a cookie that it has just given. */
  refuse(headers: Promise<SessionHeaders>): DeskError {
    this.drop(headers);
    this.#refusedUntil = this.#deps.clock().getTime() + pause;
    return refusal();
  }

  async #logIn(): Promise<SessionHeaders> {
    try {
      const { url, user, password } = this.#settings;
      const response = await this.#deps.fetch(`${url}/NoAuth/Login.html`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'user-agent': 'portico', referer: `${url}/` },
        body: new URLSearchParams({ user, pass: password }),
        signal: AbortSignal.timeout(timeout),
      });
      await response.body?.cancel();
      // RT gives a session to who fails, too: whether it is the account's shows when it is used.
      const [cookie] = response.headers
        .getSetCookie()
        .map((line) => line.split(';', 1)[0])
        .filter((pair) => pair?.startsWith('RT_SID_'));
      if (cookie === undefined) throw new DeskError('unavailable', `log in: RT answers ${response.status}`);
      return { cookie, origin: await this.#originOf(cookie) };
    } catch (error) {
      this.#headers = null;
      throw error instanceof DeskError ? error : new DeskError('unavailable', 'log in: no answer', { cause: error });
    }
  }

  /**
   * The origin that RT calls its own, whatever it is reached by: what a cookie changes has to come from there
   * (CVE-2026-108277). Where RT does not say it, the one that it is reached by.
   */
  async #originOf(cookie: string): Promise<string> {
    const { url, queues } = this.#settings;
    const response = await this.#deps.fetch(`${url}/REST/2.0/queue/${encodeURIComponent(queues[0])}`, {
      redirect: 'manual',
      headers: { 'user-agent': 'portico', cookie },
      signal: AbortSignal.timeout(timeout),
    });
    const { data } = z.safeParse(linksSchema, await response.json().catch(() => null));
    return new URL(data?._hyperlinks[0]?._url ?? url).origin;
  }
}

const refusal = () => new DeskError('misconfigured', 'RT refuses the service account');
