import { onTestFinished } from 'vitest';

import type { LogEntry } from '../../../src/server/deps.js';
import type { Mail } from '../../../src/server/mail/mail.js';
import { createMailQueue } from '../../../src/server/mail/queue.js';
import { type Mailing, startMailing } from '../../../src/server/mail/start-mailing.js';
import type { MailTransport } from '../../../src/server/mail/transport.js';
import { createSmtpTransport } from '../../../src/server/node/smtp.js';
import type { TestDatabase } from '../../support/database.js';
import { nextId } from '../app-fixture.js';
import { type MailServer, startMailServer } from './mail-server.js';

export const minute = 60_000;

export interface MailRow {
  readonly attempts: number;
  readonly outcome: string | null;
  readonly sealed: string | null;
  readonly next_at: Date;
}

/** An outbox, a mail server of the test's own, and a clock that is moved by hand. */
export interface MailWorld {
  readonly database: TestDatabase;
  readonly server: MailServer;
  readonly log: LogEntry[];
  readonly account: number;
  readonly portal: { readonly account: number; readonly id: number };
  readonly deps: {
    readonly database: TestDatabase;
    readonly secret: Uint8Array;
    readonly clock: () => Date;
    readonly newId: () => string;
    readonly log: (entry: LogEntry) => void;
  };
  pass(milliseconds: number): void;
  /** Puts a mail into the outbox as the sign-in flow does, as a visitor of the portal. */
  put(mail?: Partial<Mail>, deliver?: boolean): Promise<void>;
  /** A job that sends to the server, or by what it is given; stopped when the test ends. */
  start(transport?: MailTransport, database?: TestDatabase): Mailing;
  rows(): Promise<MailRow[]>;
}

export const link = 'https://kb.example.com/help#portal_code=K7QM3XN4';

/** Puts an account with a portal into a database that is to be used for one file. */
export async function seedPortal(database: Pick<TestDatabase, 'tx'>, name = 'help') {
  return database.tx({ role: 'staff' }, async (tx) => {
    const [row] = await tx.query<{ account: number }>(
      {
        name: 'mail_test_account',
        text: `INSERT INTO accounts (public_id, name) VALUES ($1, 'Mail') RETURNING account_id AS account`,
      },
      [nextId()],
    );
    const account = row!.account;
    await tx.query({ name: 'mail_test_enter', text: `SELECT set_config('app.account', $1, true)` }, [String(account)]);
    const [portal] = await tx.query<{ id: number }>(
      {
        name: 'mail_test_portal',
        text: `INSERT INTO portals (account_id, slug, name, locale, locales)
          VALUES ($1, $2, 'Small Support', 'en', '{en,pl}') RETURNING id`,
      },
      [account, name],
    );
    return { account, id: portal!.id };
  });
}

export async function createMailWorld(database: TestDatabase, portal: MailWorld['portal']): Promise<MailWorld> {
  await database.asSuperuser('DELETE FROM mails');
  const server = await startMailServer();
  let now = new Date('2026-11-01T09:00:00.000Z').getTime();
  const log: LogEntry[] = [];
  const deps = {
    database,
    secret: new Uint8Array(32).fill(7),
    clock: () => new Date(now),
    newId: nextId,
    log: (entry: LogEntry) => void log.push(entry),
  };
  const queue = createMailQueue(deps);
  const jobs: Mailing[] = [];
  onTestFinished(async () => {
    await Promise.all(jobs.map((job) => job.stop()));
    await server.close();
  });
  const settings = {
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    login: null,
    from: 'help@support.example',
  } as const;
  return {
    database,
    server,
    log,
    account: portal.account,
    portal,
    deps,
    pass(milliseconds) {
      now += milliseconds;
    },
    async put(more = {}, deliver = true) {
      const mail: Mail = {
        to: { email: 'ann@example.com', name: 'Ann' },
        locale: 'en',
        portal: 'Small Support',
        content: { kind: 'sign-in', code: 'K7QM3XN4', link, minutes: 10 },
        expiresAt: new Date(now + 10 * minute),
        ...more,
      };
      const context = { role: 'app', account: portal.account, portal: portal.id } as const;
      await database.batch(context, [await queue(portal, mail, deliver)]);
    },
    start(transport = createSmtpTransport(settings), over = database) {
      const job = startMailing({ ...deps, transport, database: over });
      jobs.push(job);
      return job;
    },
    rows: () =>
      database.asSuperuser<MailRow>('SELECT attempts, outcome, sealed, next_at FROM mails ORDER BY account_id, id'),
  };
}
