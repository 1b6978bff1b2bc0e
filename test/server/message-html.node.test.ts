import { beforeEach, expect, test } from 'vitest';

import type { ConnectorFactory, DeskTicket } from '../../src/server/connectors/connector.js';
import { followOnce } from '../../src/server/desks/follow.js';
import { htmlVersion, renewHtml } from '../../src/server/index/html.js';
import { removeOutdated } from '../../src/server/jobs.js';
import { askAdmin } from './admin-client.js';
import type { Visitor } from './app-fixture.js';
import { createStillDesk } from './desk/still-desk.js';
import { useSmallWorld } from './use-small-world.js';

const mail = '<p onclick="1">Hello <b>there</b></p><script>1</script>';
const harmless = '<p>Hello <b>there</b></p>';

const ann = { ref: 'ann', name: 'Ann', email: 'ann@example.com' };
const written: DeskTicket = {
  ref: '900',
  number: 900,
  inbox: 'support',
  subject: 'A mail',
  status: 'open',
  createdAt: new Date('2026-10-01T09:00:00.000Z'),
  deleted: false,
  requester: ann,
  contacts: [],
  participants: [],
  companies: [],
  properties: {},
  messages: [
    {
      ref: '901',
      kind: 'message',
      at: new Date('2026-10-01T09:00:00.000Z'),
      side: 'contact',
      author: ann,
      text: 'Hello there',
      html: mail,
      status: null,
      files: [{ ref: '902', name: 'hub.png', type: 'image/png', size: 70, inline: true, contentId: 'hub@mail' }],
    },
  ],
};

const createDesk: ConnectorFactory = (settings, fetch) => {
  const still = createStillDesk(settings, fetch);
  const changes = async () => ({ tickets: [{ ref: '900', stamp: 'new' }], cursor: 'now', more: false });
  return { ...still, feed: { ...still.feed!, changes, ticket: async () => written } };
};

const small = useSmallWorld({ mailing: createDesk });
let visitor: Visitor;
beforeEach(async () => {
  visitor = small.fixture.visitor();
  await visitor.signIn('ann@example.com');
});

interface Thread {
  readonly items: readonly {
    readonly html: string | null;
    readonly attachments: readonly Readonly<Record<string, unknown>>[];
  }[];
}

const thread = async (ticket = small.world.tickets.ann): Promise<Thread> =>
  (await visitor.request('GET', `/tickets/${ticket}/messages`)).json() as Promise<Thread>;

/** Gives the messages of a ticket what somebody has sent, as an older server has left it. */
const leave = (html: string, version: number | null) =>
  small.database.asSuperuser(
    `UPDATE messages SET raw_html = $$${mail}$$, html = $$${html}$$, html_version = ${version}
     WHERE ticket_id = (SELECT id FROM tickets WHERE public_id = '${small.world.tickets.ann}')`,
  );

test('what the rules of now have made is served', async () => {
  await leave(harmless, htmlVersion);
  expect((await thread()).items[0]?.html).toBe(harmless);
});

test.each([null, htmlVersion - 1, htmlVersion + 1])(
  'what other rules have made is not: version %s',
  async (version) => {
    await leave(mail, version);
    expect((await thread()).items[0]?.html).toBeNull();
  },
);

test('it is made anew by the jobs, in steps, and only it', async () => {
  await leave(mail, htmlVersion - 1);
  await small.database.asSuperuser(`INSERT INTO messages (account_id, ticket_id, public_id, kind, side, author_id, author_name,
      text, raw_html, created_at)
    SELECT account_id, id, 'many' || n, 'message', 'support', 'x', 'X', 'x', '<b>x</b><i onclick="1">', now()
    FROM tickets, generate_series(1, 45) n WHERE public_id = '${small.world.tickets.max}'`);
  const { deps } = small.fixture;
  const counted: string[] = [];
  const sanitise = (html: string) => {
    counted.push(html);
    return deps.sanitise(html);
  };
  await removeOutdated({ ...deps, sanitise });
  expect((await thread()).items[0]?.html).toBe(harmless);
  const before = counted.length;
  expect(before).toBeGreaterThan(45);
  const [row] = await small.database.asSuperuser<{ account: number }>(
    `SELECT account_id AS account FROM tickets WHERE public_id = '${small.world.tickets.ann}'`,
  );
  await renewHtml(deps.database, sanitise, row!.account);
  expect(counted).toHaveLength(before);
});

test('a mail of a help desk is made harmless once, and its pictures are named as it names them', async () => {
  await small.database.asSuperuser('UPDATE tickets SET desk_ref = id::text, deleted_at = now()');
  const put = await askAdmin(small, 'PUT', '/desk', { kind: 'mailing', settings: {}, secret: {} });
  expect(put.status).toBe(200);

  await small.database.asSuperuser(`INSERT INTO portal_inboxes (account_id, portal_id, inbox_id)
    SELECT i.account_id, p.id, i.id FROM inboxes i JOIN portals p USING (account_id)
    WHERE i.desk_ref = 'support' AND p.slug = 'help'`);
  const counted: string[] = [];
  const deps = {
    ...small.fixture.deps,
    sanitise: (html: string) => {
      counted.push(html);
      return small.fixture.deps.sanitise(html);
    },
  };
  const [row] = await small.database.asSuperuser<{ account: number }>('SELECT account_id AS account FROM desks');
  const desk = await deps.desks.of(row!.account);
  for (const reading of ['first', 'second']) await followOnce(deps, desk!, reading, new AbortController().signal);
  expect(counted).toEqual([mail]);
  const [ticket] = await small.database.asSuperuser<{ id: string }>(
    "SELECT public_id AS id FROM tickets WHERE desk_ref = '900'",
  );
  const { items } = await thread(ticket!.id);
  expect(items.map(({ html }) => html)).toEqual([harmless]);
  expect(items[0]?.attachments).toMatchObject([{ name: 'hub.png', inline: true, contentId: 'hub@mail' }]);
});
