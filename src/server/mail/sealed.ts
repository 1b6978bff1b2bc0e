import type { AppDeps } from '../deps.js';
import { createSealer, deriveKey } from '../seal.js';
import type { Mail } from './mail.js';

/** What the outbox knows of a mail beyond its times. */
export interface SealedMail extends Omit<Mail, 'expiresAt'> {
  /** `false` for an address that nobody has: it is made and kept like any other, and then dropped. */
  readonly deliver: boolean;
}

/** Seconds for which a seal outlives its mail: the demo's stays readable for a day. */
const beyond = 25 * 3600;

/** Seals mails for the database. */
export function createMailSealer({ secret, clock }: Pick<AppDeps, 'secret' | 'clock'>) {
  const sealer = createSealer(secret, 'mail', clock);
  return {
    seal(mail: SealedMail, expiresAt: Date): Promise<string> {
      const left = Math.max(0, Math.ceil((expiresAt.getTime() - clock().getTime()) / 1000));
      return sealer.seal({ ...mail }, left + beyond);
    },
    /** `null` for what another secret has sealed. */
    open: (text: string) => sealer.open(text) as Promise<SealedMail | null>,
  };
}

/**
 * What an address is known by in the outbox of an account, whatever its letters: who has the secret finds its mails without
 * opening others, and who reads the table learns no address from it.
 */
export function createRecipients({ secret }: Pick<AppDeps, 'secret'>) {
  const key = deriveKey(secret, 'mail recipient').then((bytes) =>
    crypto.subtle.importKey('raw', bytes as BufferSource, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  );
  return async (account: number, email: string): Promise<Uint8Array> => {
    const text = new TextEncoder().encode(`${account} ${email.toLowerCase()}`);
    return new Uint8Array(await crypto.subtle.sign('HMAC', await key, text));
  };
}
