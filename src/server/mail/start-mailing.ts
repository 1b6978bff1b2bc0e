import type { AppDeps } from '../deps.js';
import { describeError } from '../http/request-log.js';
import { type TakenMail, createOutbox } from './outbox.js';
import { composeMail } from './templates/compose.js';
import { MailDeferred, MailFailed, MailRefused, type MailTransport, type OutgoingMail } from './transport.js';

/** Milliseconds between two looks into the outbox. */
const interval = 2_000;
/** Milliseconds that a mail on its way may still take when the server ends. */
const grace = 5_000;
/** Milliseconds between two tries to write down that a mail was sent. */
const insistence = 1_000;

type MailingDeps = Pick<AppDeps, 'database' | 'secret' | 'clock' | 'log'> & { readonly transport: MailTransport };

/** Mail that goes out by itself. */
export interface Mailing {
  /** Nothing is sent: mails stay readable in the outbox. */
  readonly keeps: boolean;
  /** Looks into the outbox at once. To be called when a mail's transaction has been committed. */
  wake(): void;
  /** Ends sending, and with it the transport: what is on its way has five seconds to arrive. */
  stop(): Promise<void>;
}

/**
 * Sends what is in the outbox, one mail after another, until it is stopped; any number of processes may do so. A mail is
 * taken, sent and then marked as sent. Whoever dies in between leaves it taken, and a minute later somebody takes it anew: no
 * mail is lost. One arrives twice only if the mail server has taken it and that was never heard or written down: its answer was
 * lost on the way, or the sender died, or the database stayed away, in the moment between the two. Nobody can close this gap;
 * both copies then have the same Message-ID.
 */
export function startMailing({ transport, ...deps }: MailingDeps): Mailing {
  const outbox = createOutbox(deps);
  const { clock, log } = deps;
  const keeps = transport.keeps === true;
  const abandoning = new AbortController();
  let stopping = false;
  /** No mail got through when it was last tried: said once, until one does. */
  let failing = false;
  let looking: Promise<void> | undefined;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function send(mail: OutgoingMail): Promise<void> {
    const { signal } = abandoning;
    signal.throwIfAborted();
    let abandon = () => {};
    const abandoned = new Promise<never>((_, reject) => {
      abandon = () => reject(signal.reason as Error);
    });
    signal.addEventListener('abort', abandon);
    try {
      await Promise.race([transport.send(mail, signal), abandoned]);
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  /** A mail that was sent must not be sent again because the database was away for a moment. */
  async function markSent(taken: TakenMail): Promise<void> {
    for (;;) {
      try {
        await outbox.finish(taken, 'sent', keeps);
        return;
      } catch (error) {
        if (stopping || clock() >= taken.heldUntil) throw error;
        await new Promise((resolve) => setTimeout(resolve, insistence));
      }
    }
  }

  async function giveUp(taken: TakenMail, event: string, status: number | null): Promise<void> {
    await outbox.finish(taken, 'refused');
    log({ level: 'error', event, account: taken.account, mail: taken.messageId, status });
  }

  /** Whether others may get through. */
  async function handle(taken: TakenMail): Promise<boolean> {
    const { account, mail } = taken;
    if (!mail) {
      await giveUp(taken, 'mail-unreadable', null);
      return true;
    }
    if (!mail.deliver) {
      await outbox.drop(taken);
      return true;
    }
    try {
      await send({ ...(await composeMail(mail)), messageId: taken.messageId });
    } catch (error) {
      if (error instanceof MailRefused) {
        await giveUp(taken, 'mail-refused', error.status);
        return true;
      }
      await (abandoning.signal.aborted ? outbox.release(taken) : outbox.putOff(taken));
      if (error instanceof MailDeferred) {
        log({ level: 'info', event: 'mail-deferred', account, mail: taken.messageId, status: error.status });
        return true;
      }
      if (!failing && !abandoning.signal.aborted) {
        failing = true;
        const detail = error instanceof MailFailed ? error.detail : null;
        log({ level: 'error', event: 'mail-failed', ...describeError(error), detail });
      }
      return false;
    }
    await markSent(taken);
    if (failing) log({ level: 'info', event: 'mail-back' });
    failing = false;
    return true;
  }

  /** One mail of each account in turn, so that none waits for all of another's. */
  async function empty(): Promise<void> {
    for (let accounts = await outbox.accounts(); accounts.length > 0; ) {
      const further: number[] = [];
      for (const account of accounts) {
        if (stopping) return;
        const { taken, outdated } = await outbox.take(account);
        if (outdated > 0) log({ level: 'error', event: 'mail-outdated', account, count: outdated });
        if (!taken) continue;
        if (!(await handle(taken))) return;
        further.push(account);
      }
      accounts = further;
    }
  }

  async function lookRepeatedly(): Promise<void> {
    do {
      again = false;
      try {
        await empty();
      } catch (error) {
        if (!stopping) log({ level: 'error', event: 'mail-failed', ...describeError(error) });
      }
    } while (again && !stopping);
    looking = undefined;
    if (!stopping) timer = setTimeout(look, interval);
  }

  function look(): void {
    clearTimeout(timer);
    if (stopping) return;
    if (looking) again = true;
    else looking = lookRepeatedly();
  }
  look();

  return {
    keeps,
    wake: look,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const patience = setTimeout(() => abandoning.abort(), grace);
      await looking;
      clearTimeout(patience);
      await transport.close();
    },
  };
}
