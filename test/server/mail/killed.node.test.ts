import { createHash, randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';

import { createMailQueue } from '../../../src/server/mail/queue.js';
import { startMailing } from '../../../src/server/mail/start-mailing.js';
import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { createSmtpTransport } from '../../../src/server/node/smtp.js';
import { deferred } from '../../support/deferred.js';
import { temporaryFolder } from '../../support/folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { startServerProcess } from '../../support/server-process.js';
import { startMailServer } from './mail-server.js';
import { link, minute, seedPortal } from './mail-world.js';

const passphrase = 'a secret that is thirty-two characters long, or more';
const secret = createHash('sha256').update(passphrase).digest();
const from = 'help@support.example';
const mails = 20;

test('a server that is killed in the middle of its mails loses none, and only the one on its way can arrive twice', {
  timeout: 240_000,
}, async () => {
  const folder = temporaryFolder();
  await makeMigratedFolder(folder, 'live');
  const seeding = await openEmbeddedDatabase({ folder });
  const portal = await seedPortal(seeding);
  const newId = () => randomBytes(16).toString('base64url');
  const queue = createMailQueue({ secret, newId, clock: () => new Date() });
  for (let number = 0; number < mails; number++) {
    const step = await queue(
      portal,
      {
        to: { email: `p${number}@example.com`, name: null },
        locale: 'en',
        portal: 'Small Support',
        content: { kind: 'sign-in', code: 'K7QM3XN4', link, minutes: 10 },
        expiresAt: new Date(Date.now() + 10 * minute),
      },
      true,
    );
    await seeding.batch({ role: 'staff', account: portal.account }, [step]);
  }
  await seeding.close();

  const server = await startMailServer();
  onTestFinished(() => server.close());
  const seventh = deferred<string | undefined>();
  server.text = ({ messageId }) => {
    if (server.begun < 7) return 'take';
    seventh.resolve(messageId);
    return 'take silently';
  };
  const portico = await startServerProcess('start', {
    PORTICO_DATA: folder,
    PORTICO_SECRET: passphrase,
    PORTICO_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    PORTICO_MAIL_FROM: from,
  });
  const unheard = await seventh.promise;
  expect(await portico.end('SIGKILL')).toBeNull();
  expect(server.received).toHaveLength(7);

  server.text = () => 'take';
  const database = await openEmbeddedDatabase({ folder });
  const mailing = startMailing({
    database,
    secret,
    // A minute later nobody can be at what was taken.
    clock: () => new Date(Date.now() + minute),
    log: () => {},
    transport: createSmtpTransport({ host: '127.0.0.1', port: server.port, tls: 'none', login: null, from }),
  });
  const ids = () => server.received.map(({ messageId }) => messageId);
  await expect.poll(() => server.received.length, { timeout: 60_000, interval: 20 }).toBe(mails + 1);
  await mailing.stop();
  await database.close();

  const recipients = server.received.flatMap(({ to }) => [to ?? []].flat().map(({ text }) => text));
  expect(new Set(recipients).size).toBe(mails);
  const twice = ids().filter((id, at) => ids().indexOf(id) !== at);
  expect(twice).toEqual([unheard]);
});
