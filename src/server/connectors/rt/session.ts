import { DeskError } from '../connector.js';
import type { RtDeps, RtSettings } from './settings.js';

/** Milliseconds for which a refused password is not tried again: RT hashes every try, and may lock the account. */
const pause = 5000;
/** Milliseconds. */
const timeout = 10_000;

/**
 * The session of the service account: RT takes a cookie in a twentieth of the time that a password or a token costs it.
 * The cookie is in memory only.
 */
export class Session {
  readonly #settings: RtSettings;
  readonly #deps: RtDeps;
  #cookie: Promise<string> | null = null;
  #refusedUntil = 0;

  constructor(settings: RtSettings, deps: RtDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** The cookie header of the session. Who asks while we log in waits for the same login. @throws DeskError */
  cookie(): Promise<string> {
    if (this.#deps.clock().getTime() < this.#refusedUntil) return Promise.reject(refusal());
    this.#cookie ??= this.#logIn();
    return this.#cookie;
  }

  /** Forgets the cookie that RT did not take, unless another has taken its place since. */
  drop(cookie: Promise<string>) {
    if (this.#cookie === cookie) this.#cookie = null;
  }

  /** RT did not take a cookie that it has just given. */
  refuse(cookie: Promise<string>): DeskError {
    this.drop(cookie);
    this.#refusedUntil = this.#deps.clock().getTime() + pause;
    return refusal();
  }

  async #logIn(): Promise<string> {
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
      return cookie;
    } catch (error) {
      this.#cookie = null;
      throw error instanceof DeskError ? error : new DeskError('unavailable', 'log in: no answer', { cause: error });
    }
  }
}

const refusal = () => new DeskError('misconfigured', 'RT refuses the service account');
