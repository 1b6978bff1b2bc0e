import fc from 'fast-check';
import { expect } from 'vitest';

import { type Visitor, password as firstPassword } from '../app-fixture.js';
import { type SignInFixture, enter, inviteTo, problemOf, start, whoIs } from './sign-in-fixture.js';

const minute = 60_000;
const hour = 60 * minute;
/** A member, somebody who is none, and somebody whom nobody knows yet. */
const emails = ['ann@example.com', 'eve@example.com', 'nora@example.org'] as const;
type Email = (typeof emails)[number];
const passwords = ['seven quiet herons', 'a lamp in the attic'] as const;
const browserCount = 2;

export type Command =
  | {
      readonly type: 'start';
      readonly browser: number;
      readonly kind: 'email' | 'reset' | 'register';
      readonly email: Email;
      readonly password: string;
    }
  | {
      readonly type: 'enter' | 'set';
      readonly browser: number;
      /** Whose code: that of the same browser, of the next one, or none. */
      readonly code: 'own' | 'other' | 'none';
      readonly password: string;
    }
  | { readonly type: 'sign-in'; readonly browser: number; readonly email: Email; readonly password: string }
  | { readonly type: 'sign-out'; readonly browser: number; readonly scope: 'this' | 'others' | 'all' }
  | { readonly type: 'invite' | 'disable' | 'enable'; readonly email: Email }
  | { readonly type: 'accept'; readonly browser: number; readonly email: Email; readonly password: string }
  | { readonly type: 'access'; readonly kind: 'open' | 'access-groups' }
  | { readonly type: 'pass'; readonly minutes: number };

const browser = fc.nat({ max: browserCount - 1 });
const email = fc.constantFrom(...emails);
const password = fc.constantFrom(...passwords);

/** The first is as frequent as four of the others. */
const often = <T>(first: T, ...others: T[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(first) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );

/** Mostly what leads somewhere: a code is more often the right one than not. */
export const commands = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('start' as const),
        browser,
        kind: fc.constantFrom('email' as const, 'reset' as const, 'register' as const),
        email,
        password,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constantFrom('enter' as const, 'enter' as const, 'set' as const),
        browser,
        code: often('own' as const, 'other' as const, 'none' as const),
        password,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('sign-in' as const),
        browser,
        email,
        password: fc.constantFrom(...passwords, firstPassword),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('sign-out' as const),
        browser,
        scope: fc.constantFrom('this' as const, 'others' as const, 'all' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constantFrom('invite' as const, 'disable' as const, 'enable' as const), email }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('accept' as const), browser, email, password }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('access' as const),
        kind: fc.constantFrom('open' as const, 'access-groups' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('pass' as const), minutes: fc.constantFrom(1, 5, 11, 61) }) },
  ),
  // As long as that: by itself it would be a handful.
  { minLength: 30, maxLength: 60, size: 'max' },
);

interface Person {
  enabled: boolean;
  verified: boolean;
  member: boolean;
  password: string | null;
}

interface Flow {
  readonly kind: 'email' | 'reset' | 'register';
  readonly email: Email;
  readonly password: string;
  /** `null` when no mail was sent. */
  readonly code: string | null;
  readonly expires: number;
  attempts: number;
}

/** What ought to be true, written from the rules and not from the code. */
class Reference {
  readonly people = new Map<Email, Person>([
    ['ann@example.com', { enabled: true, verified: true, member: true, password: firstPassword }],
    ['eve@example.com', { enabled: true, verified: true, member: false, password: firstPassword }],
  ]);
  readonly sessions: (Email | null)[] = Array<null>(browserCount).fill(null);
  readonly flows: (Flow | null)[] = Array<null>(browserCount).fill(null);
  readonly invitations = new Map<Email, { token: string; expires: number }>();
  readonly asked = new Map<Email, number[]>(emails.map((one) => [one, []]));
  open = false;
  now = 0;

  isLetIn(one: Email): boolean {
    const person = this.people.get(one);
    return !!person?.enabled && (this.open || person.member);
  }

  mayEnter(one: Email): boolean {
    return this.isLetIn(one) && !!this.people.get(one)?.verified;
  }

  isDelivered(kind: Flow['kind'], one: Email): boolean {
    const recent = this.asked.get(one)?.filter((at) => at > this.now - hour) ?? [];
    if (recent.length >= 3) return false;
    return kind === 'register' ? this.open && this.people.get(one)?.enabled !== false : this.isLetIn(one);
  }

  /** What becomes of a code: of use, wrong, or no longer taken. Wrong ones are counted. */
  tryCode(at: number, code: string, kinds: readonly Flow['kind'][]): Flow | 'wrong' | 'expired' {
    const flow = this.flows[at];
    if (!flow || !kinds.includes(flow.kind) || this.now >= flow.expires || flow.attempts >= 5) return 'expired';
    if (code !== flow.code) {
      flow.attempts += 1;
      return 'wrong';
    }
    const known = this.people.get(flow.email);
    const let_in = flow.kind === 'register' && !known ? this.open : this.isLetIn(flow.email);
    return let_in ? flow : 'expired';
  }

  endAll(one: Email): void {
    for (const [at, who] of this.sessions.entries()) if (who === one) this.sessions[at] = null;
  }
}

let place = 0;

export async function playFlows(fixture: SignInFixture, list: readonly Command[]): Promise<void> {
  const reference = new Reference();
  const browsers = Array.from({ length: browserCount }, () => fixture.visitor());
  const admin = (path: string, body: unknown) => fixture.admin('PATCH', path, body);

  for (const [at, command] of list.entries()) {
    const title = `${at}: ${JSON.stringify(command)}`;
    await play(command, title);
    for (const [number, visitor] of browsers.entries()) {
      const expected = reference.sessions[number] ?? null;
      // Who may not enter any more is nobody at once, and has to sign in again afterwards.
      if (expected && !reference.mayEnter(expected)) reference.sessions[number] = null;
      expect(await whoIs(visitor), `browser ${number} after ${title}`).toBe(reference.sessions[number] ?? null);
    }
  }

  /** From another place each time: limits are tested elsewhere. */
  function elsewhere(visitor: Visitor): Visitor {
    const headers = { 'x-test-ip': `2001:db8:${(++place).toString(16)}::1` };
    return {
      ...visitor,
      request: (method, path, options = {}) =>
        visitor.request(method, path, { ...options, headers: { ...options.headers, ...headers } }),
    };
  }

  async function play(command: Command, title: string): Promise<void> {
    const number = 'browser' in command ? command.browser : 0;
    const visitor = elsewhere(browsers[number] as Visitor);
    switch (command.type) {
      case 'start': {
        const { kind, email: to, password: own } = command;
        const registration = kind === 'register' ? { name: 'Nora', password: own } : {};
        const { status } = await start(visitor, { method: kind, email: to, ...registration });
        if (kind === 'register' && !reference.open) return expect(status, title).toBe(403);
        expect(status, title).toBe(200);
        const delivered = reference.isDelivered(kind, to);
        const mails = await fixture.mailsTo(to);
        const sent = mails.filter(({ content }) => 'code' in content);
        const code = delivered ? await fixture.codeTo(to) : null;
        expect(sent.length, title).toBe(delivered ? codes.get(to)! + 1 : codes.get(to));
        codes.set(to, sent.length);
        reference.asked.get(to)?.push(reference.now);
        reference.flows[number] = {
          kind,
          email: to,
          password: own,
          code,
          expires: reference.now + 10 * minute,
          attempts: 0,
        };
        return;
      }
      case 'enter':
      case 'set': {
        const { password: own } = command;
        const of = { own: number, other: (number + 1) % browserCount, none: -1 }[command.code];
        const code = reference.flows[of]?.code ?? 'ZZZZZZZZ';
        const kinds = command.type === 'enter' ? (['email', 'register'] as const) : (['reset'] as const);
        const outcome = reference.tryCode(number, code, kinds);
        const response =
          command.type === 'enter'
            ? await enter(visitor, code)
            : await visitor.request('POST', '/session/password', { body: { code, password: own } });
        if (typeof outcome === 'string') {
          const fields = [{ path: 'code', code: outcome }];
          return expect(await problemOf(response), title).toEqual({ status: 401, code: 'unauthenticated', fields });
        }
        expect(response.status, title).toBe(command.type === 'enter' ? 200 : 204);
        reference.flows[number] = null;
        const person = reference.people.get(outcome.email) ?? {
          enabled: true,
          verified: true,
          member: false,
          password: null,
        };
        reference.people.set(outcome.email, person);
        person.verified = true;
        if (outcome.kind === 'register') person.password ??= outcome.password;
        if (command.type === 'enter') {
          reference.sessions[number] = outcome.email;
        } else {
          person.password = own;
          reference.endAll(outcome.email);
        }
        return;
      }
      case 'sign-in': {
        const { email: as, password: own } = command;
        const isRight = reference.mayEnter(as) && reference.people.get(as)?.password === own;
        const body = { method: 'password', email: as, password: own };
        expect((await visitor.request('POST', '/session', { body })).status, title).toBe(isRight ? 200 : 401);
        if (isRight) reference.sessions[number] = as;
        return;
      }
      case 'sign-out': {
        const { scope } = command;
        await visitor.request('DELETE', '/session', { body: { scope } });
        const who = reference.sessions[number];
        for (const [other, one] of reference.sessions.entries()) {
          const isMeant = scope === 'all' || (scope === 'this') === (other === number);
          if (who && one === who && isMeant) reference.sessions[other] = null;
        }
        return;
      }
      case 'invite': {
        const { email: to } = command;
        const { status } = await inviteTo(fixture, { email: to });
        if (reference.people.get(to)?.enabled === false) return expect(status, title).toBe(409);
        expect(status, title).toBe(201);
        if (!reference.people.has(to)) {
          reference.people.set(to, { enabled: true, verified: false, member: false, password: null });
        }
        const link = (await fixture.mailsTo(to)).at(-1)?.content.link ?? '';
        const token = link.split('#portal_invitation=')[1] ?? '';
        reference.invitations.set(to, { token, expires: reference.now + 7 * 24 * hour });
        return;
      }
      case 'accept': {
        const { email: to, password: own } = command;
        const invitation = reference.invitations.get(to);
        const person = reference.people.get(to);
        const isGood = !!invitation && reference.now < invitation.expires && !!person?.enabled;
        const body = { method: 'invitation', token: invitation?.token ?? 'a'.repeat(44), password: own };
        expect((await visitor.request('POST', '/session', { body })).status, title).toBe(isGood ? 200 : 401);
        if (!isGood || !person) return;
        reference.invitations.delete(to);
        Object.assign(person, { verified: true, member: true, password: own });
        reference.endAll(to);
        reference.sessions[number] = to;
        return;
      }
      case 'disable':
      case 'enable': {
        const { email: to } = command;
        const person = reference.people.get(to);
        if (!person) return;
        const found = (await (await fixture.admin('GET', `/contacts?q=${to}`)).json()) as { items: { id: string }[] };
        const enabled = command.type === 'enable';
        expect((await admin(`/contacts/${found.items[0]?.id}`, { enabled })).status, title).toBe(200);
        person.enabled = enabled;
        if (!enabled) reference.endAll(to);
        return;
      }
      case 'access': {
        const access = command.kind === 'open' ? { kind: 'open', emailDomains: [] } : { kind: 'access-groups' };
        await fixture.setPortal({ access });
        reference.open = command.kind === 'open';
        return;
      }
      case 'pass':
        fixture.pass(command.minutes * minute);
        reference.now += command.minutes * minute;
    }
  }
}

/** Mails with a code so far, by address. */
const codes = new Map<string, number>();
export const forgetMails = (): void => {
  for (const one of emails) codes.set(one, 0);
};
