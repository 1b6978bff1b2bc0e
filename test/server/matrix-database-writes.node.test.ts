import { beforeAll, describe, expect, test } from 'vitest';

import type { Param, Transaction } from '../../src/server/database.js';
import type { ViewerCase } from './matrix/viewers.js';
import { useWall } from './matrix/wall.js';
import { type Name, type TicketName, named } from './matrix/world.js';

// The second wall alone: what the database lets a visitor write who may write anything.

const wall = useWall();

/** What a visitor might try to write: each as who, and what. `who` may write the same thing about what is theirs. */
interface Forgery {
  readonly what: string;
  readonly who: Name;
  readonly at?: ViewerCase['at'];
  run(tx: Transaction): Promise<unknown[]>;
}

const message = (tx: Transaction, ticket: TicketName, more: Record<string, Param> = {}, author: Name = 'ann') => {
  const { world } = wall;
  const row: Record<string, Param> = {
    account_id: world.account.id,
    ticket_id: world.tickets[ticket].id,
    public_id: `forged${String(Math.random()).slice(2, 18)}`,
    kind: 'message',
    internal: false,
    side: 'contact',
    contact_id: world.people[author].id,
    author_id: 'x',
    author_name: 'x',
    created_at: new Date(),
    ...more,
  };
  return insert(tx, 'messages', row);
};

const insert = (tx: Transaction, table: string, row: Record<string, Param>) => {
  const names = Object.keys(row);
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`;
  // No RETURNING: it would ask the policy for reading as well.
  return tx.query(named(text), Object.values(row)).then(() => ['written']);
};

const ticket = (tx: Transaction, more: Record<string, Param>) =>
  insert(tx, 'tickets', {
    account_id: wall.world.account.id,
    public_id: `forged${String(Math.random()).slice(2, 18)}`,
    number: 5000 + Math.floor(Math.random() * 1e6),
    inbox_id: 1,
    subject: 's',
    status: 'new',
    requester_id: wall.world.people.ann.id,
    created_at: new Date(),
    updated_at: new Date(),
    ...more,
  });

const touch = (tx: Transaction, name: TicketName) =>
  tx.query(named(`UPDATE tickets SET status = 'closed' WHERE id = $1 RETURNING id`), [wall.world.tickets[name].id]);
const blindTouch = async (tx: Transaction) => {
  // Reads no column, so that only the policy for writing is asked.
  await tx.query(named(`UPDATE tickets SET status = 'waiting'`));
  return [];
};
/** Of these properties, whatever they say. */
const edit = (tx: Transaction, name: TicketName) =>
  tx.query(named(`UPDATE tickets SET properties = '{"site": "forged"}' WHERE id = $1 RETURNING id`), [
    wall.world.tickets[name].id,
  ]);
const tie = (tx: Transaction, name: TicketName, contact: Name, role: string) =>
  insert(tx, 'ticket_contacts', {
    account_id: wall.world.account.id,
    contact_id: wall.world.people[contact].id,
    ticket_id: wall.world.tickets[name].id,
    role,
  });
const companyTie = (tx: Transaction, name: TicketName, company: 'acme' | 'globex' | 'umbrella') =>
  insert(tx, 'ticket_companies', {
    account_id: wall.world.account.id,
    company_id: wall.world.companies[company].id,
    ticket_id: wall.world.tickets[name].id,
  });
const mark = (tx: Transaction, contact: Name, name: TicketName) =>
  insert(tx, 'read_marks', {
    account_id: wall.world.account.id,
    contact_id: wall.world.people[contact].id,
    ticket_id: wall.world.tickets[name].id,
    read_at: new Date(),
  });
const follow = (tx: Transaction, name: TicketName, earlier: TicketName) =>
  insert(tx, 'follow_ups', {
    account_id: wall.world.account.id,
    ticket_id: wall.world.tickets[name].id,
    earlier_id: wall.world.tickets[earlier].id,
  });
const rate = (tx: Transaction, contact: Name, name: TicketName) =>
  insert(tx, 'ratings', {
    account_id: wall.world.account.id,
    contact_id: wall.world.people[contact].id,
    ticket_id: wall.world.tickets[name].id,
    rating: 5,
    rated_at: new Date(),
  });
const session = (tx: Transaction, contact: Name, portal: 'help' | 'firm') =>
  insert(tx, 'sessions', {
    account_id: wall.world.account.id,
    token_hash: new Uint8Array([1, 2, 3]),
    portal_id: wall.world.portals[portal],
    contact_id: wall.world.people[contact].id,
    method: 'password',
    created_at: new Date(),
    last_seen_at: new Date(),
    idle_until: new Date(),
    absolute_until: new Date(),
  });
const key = (tx: Transaction, contact: Name) =>
  insert(tx, 'idempotency_keys', {
    account_id: wall.world.account.id,
    contact_id: wall.world.people[contact].id,
    key: crypto.randomUUID(),
    request_hash: new Uint8Array(1),
    created_at: new Date(),
  });
const deskWrite = (tx: Transaction, contact: Name, name: TicketName | null) =>
  insert(tx, 'desk_writes', {
    account_id: wall.world.account.id,
    contact_id: wall.world.people[contact].id,
    key: crypto.randomUUID(),
    request_hash: new Uint8Array(1),
    public_id: 'forged',
    portal_id: wall.world.portals.help,
    ticket_id: name && wall.world.tickets[name].id,
    request: '{}',
    created_at: new Date(),
  });

const upload = (tx: Transaction, contact: Name) =>
  insert(tx, 'uploads', {
    account_id: wall.world.account.id,
    public_id: 'forged',
    contact_id: wall.world.people[contact].id,
    name: 'a.txt',
    type: 'text/plain',
    size: 1,
    file_key: 'forged',
    created_at: new Date(),
  });
const prefer = (tx: Transaction, contact: Name) =>
  insert(tx, 'preferences', { account_id: wall.world.account.id, contact_id: wall.world.people[contact].id });
const reprefer = (tx: Transaction) =>
  tx.query(named('UPDATE preferences SET follows_company = true WHERE contact_id <> $1 RETURNING 1'), [
    wall.world.people.ann.id,
  ]);
/** Somebody's upload as a file of a message that somebody has written. */
const attach = (tx: Transaction, name: TicketName, author: Name, sender: Name, key = sender) => {
  const { tickets, people: contacts } = wall.world;
  const text = `INSERT INTO attachments (account_id, ticket_id, message_id, public_id, name, type, size, file_key)
    SELECT account_id, ticket_id, id, 'upload of ' || $3::bigint, 'a.txt', 'text/plain', 1, 'key of ' || $4::bigint
    FROM messages WHERE ticket_id = $1 AND contact_id = $2 ORDER BY id LIMIT 1`;
  const ids = [tickets[name].id, contacts[author].id, contacts[sender].id, contacts[key].id];
  return tx.query(named(text), ids).then(() => ['written']);
};

const forgeries: readonly Forgery[] = [
  { what: 'a message in a foreign ticket', who: 'ann', run: (tx) => message(tx, 'gus') },
  { what: 'a message in a colleague’s ticket under own', who: 'bea', run: (tx) => message(tx, 'ann', {}, 'bea') },
  { what: 'a message in a ticket of another inbox', who: 'ann', run: (tx) => message(tx, 'sales') },
  { what: 'a message in a deleted ticket', who: 'ann', run: (tx) => message(tx, 'deleted') },
  { what: 'an internal note', who: 'ann', run: (tx) => message(tx, 'ann', { internal: true, side: 'support' }) },
  { what: 'a message of support', who: 'ann', run: (tx) => message(tx, 'ann', { side: 'support' }) },
  { what: 'a message of somebody else', who: 'ann', run: (tx) => message(tx, 'ann', {}, 'max') },
  { what: 'a message of nobody', who: 'ann', run: (tx) => message(tx, 'ann', { contact_id: null }) },
  { what: 'a ticket of somebody else', who: 'max', run: (tx) => ticket(tx, {}) },
  { what: 'a ticket in another inbox', who: 'ann', run: (tx) => ticket(tx, { inbox_id: 2 }) },
  { what: 'a change of a foreign ticket', who: 'ann', run: (tx) => touch(tx, 'gus') },
  { what: 'a change of a deleted ticket', who: 'ann', run: (tx) => touch(tx, 'deleted') },
  { what: 'a change of a ticket of another inbox', who: 'ann', run: (tx) => touch(tx, 'sales') },
  { what: 'other properties of a foreign ticket', who: 'ann', run: (tx) => edit(tx, 'gus') },
  { what: 'other properties of a colleague’s ticket under own', who: 'bea', run: (tx) => edit(tx, 'ann') },
  { what: 'other properties of a deleted ticket', who: 'ann', run: (tx) => edit(tx, 'deleted') },
  { what: 'other properties of a ticket of another inbox', who: 'ann', run: (tx) => edit(tx, 'sales') },
  { what: 'taking part in a foreign ticket', who: 'ann', run: (tx) => tie(tx, 'gus', 'ann', 'participant') },
  { what: 'taking part in a deleted ticket', who: 'max', run: (tx) => tie(tx, 'deleted', 'max', 'participant') },
  { what: 'taking part in another inbox', who: 'max', run: (tx) => tie(tx, 'sales', 'max', 'participant') },
  {
    what: 'taking part where only own is seen',
    who: 'tom',
    at: 'mine',
    run: (tx) => tie(tx, 'ann', 'tom', 'participant'),
  },
  { what: 'being associated by oneself', who: 'max', run: (tx) => tie(tx, 'ann', 'max', 'contact') },
  { what: 'bringing somebody else in', who: 'ann', run: (tx) => tie(tx, 'ann', 'gus', 'participant') },
  { what: 'bringing in a disabled colleague', who: 'ann', run: (tx) => tie(tx, 'ann', 'dis', 'participant') },
  {
    what: 'bringing in a colleague who is not verified',
    who: 'ann',
    run: (tx) => tie(tx, 'ann', 'una', 'participant'),
  },
  { what: 'bringing in a colleague who has left', who: 'ann', run: (tx) => tie(tx, 'ann', 'lia', 'participant') },
  { what: 'bringing in somebody without a company', who: 'zoe', run: (tx) => tie(tx, 'zoe', 'cat', 'participant') },
  { what: 'a colleague as an associated contact', who: 'ann', run: (tx) => tie(tx, 'ann', 'bea', 'contact') },
  { what: 'a colleague as the requester', who: 'ann', run: (tx) => tie(tx, 'ann', 'bea', 'requester') },
  { what: 'a colleague in a foreign ticket', who: 'ann', run: (tx) => tie(tx, 'gus', 'bea', 'participant') },
  {
    what: 'a colleague in a ticket that one does not see',
    who: 'bea',
    run: (tx) => tie(tx, 'ann', 'tom', 'participant'),
  },
  { what: 'a colleague in a deleted ticket', who: 'ann', run: (tx) => tie(tx, 'deleted', 'bea', 'participant') },
  { what: 'a colleague in another inbox', who: 'ann', run: (tx) => tie(tx, 'sales', 'bea', 'participant') },
  { what: 'a colleague by who is locked out', who: 'dis', run: (tx) => tie(tx, 'dis', 'bea', 'participant') },
  { what: 'a company of one’s own on a foreign ticket', who: 'ann', run: (tx) => companyTie(tx, 'gus', 'acme') },
  {
    what: 'a company of one’s own on a ticket that one takes part in',
    who: 'gus',
    run: (tx) => companyTie(tx, 'zoe', 'globex'),
  },
  { what: 'a foreign company on one’s own ticket', who: 'ann', run: (tx) => companyTie(tx, 'ann', 'globex') },
  { what: 'a further company on one’s own ticket', who: 'fay', run: (tx) => companyTie(tx, 'fay', 'acme') },
  { what: 'a read mark of somebody else', who: 'cat', run: (tx) => mark(tx, 'gus', 'ann') },
  { what: 'a read mark on a foreign ticket', who: 'cat', run: (tx) => mark(tx, 'cat', 'umbrella') },
  { what: 'a ticket of one’s own as a follow-up of a foreign one', who: 'ann', run: (tx) => follow(tx, 'ann', 'gus') },
  {
    what: 'a ticket of one’s own as a follow-up of a deleted one',
    who: 'ann',
    run: (tx) => follow(tx, 'ann', 'deleted'),
  },
  { what: 'a ticket of a colleague as a follow-up', who: 'max', run: (tx) => follow(tx, 'ann', 'max') },
  { what: 'a rating of somebody else', who: 'cat', run: (tx) => rate(tx, 'gus', 'ann') },
  { what: 'a rating of a foreign ticket', who: 'cat', run: (tx) => rate(tx, 'cat', 'umbrella') },
  {
    what: 'another rating of somebody else',
    who: 'ann',
    run: (tx) =>
      tx.query(named('UPDATE ratings SET rating = 5 WHERE contact_id <> $1 RETURNING 1'), [wall.world.people.ann.id]),
  },
  { what: 'a key of somebody else', who: 'ann', run: (tx) => key(tx, 'max') },
  { what: 'a write for the desk by somebody else', who: 'ann', run: (tx) => deskWrite(tx, 'max', null) },
  { what: 'a write for the desk into a foreign ticket', who: 'ann', run: (tx) => deskWrite(tx, 'ann', 'gus') },
  { what: 'an upload of somebody else', who: 'ann', run: (tx) => upload(tx, 'max') },
  { what: 'a file that somebody else has sent', who: 'ann', run: (tx) => attach(tx, 'ann', 'ann', 'max') },
  { what: 'the bytes that somebody else has sent', who: 'ann', run: (tx) => attach(tx, 'ann', 'ann', 'ann', 'max') },
  {
    what: 'a file of one’s own that is half there',
    who: 'ann',
    run: async (tx) => {
      await tx.query(named('UPDATE uploads SET received = 0 WHERE contact_id = $1'), [wall.world.people.ann.id]);
      return attach(tx, 'ann', 'ann', 'ann');
    },
  },
  {
    what: 'how much is there of what somebody else sends',
    who: 'ann',
    run: (tx) =>
      tx.query(named('UPDATE uploads SET received = NULL WHERE contact_id <> $1 RETURNING 1'), [
        wall.world.people.ann.id,
      ]),
  },
  { what: 'a file on a message of somebody else', who: 'max', run: (tx) => attach(tx, 'ann', 'ann', 'max') },
  { what: 'preferences of somebody else', who: 'ann', run: (tx) => prefer(tx, 'max') },
  { what: 'other preferences of somebody else', who: 'ann', run: reprefer },
  {
    what: 'the end of somebody else’s consent',
    who: 'ann',
    run: (tx) =>
      tx.query(named('UPDATE consent_records SET withdrawn_at = now() WHERE contact_id <> $1 RETURNING 1'), [
        wall.world.people.ann.id,
      ]),
  },
  {
    what: 'another version that they have agreed to',
    who: 'ann',
    run: (tx) => tx.query(named('UPDATE consent_records SET version = 2 RETURNING 1')),
  },
  { what: 'a session of somebody else', who: 'ann', run: (tx) => session(tx, 'max', 'help') },
  { what: 'a session at another portal', who: 'ann', run: (tx) => session(tx, 'ann', 'firm') },
  {
    what: 'the end of somebody else’s session',
    who: 'ann',
    run: (tx) => tx.query(named('DELETE FROM sessions WHERE contact_id <> $1 RETURNING 1'), [wall.world.people.ann.id]),
  },
  {
    what: 'a longer session of somebody else',
    who: 'ann',
    run: (tx) =>
      tx.query(named(`UPDATE sessions SET idle_until = 'infinity' WHERE contact_id <> $1 RETURNING 1`), [
        wall.world.people.ann.id,
      ]),
  },
];

describe('a visitor cannot write', () => {
  beforeAll(async () => {
    // What is there already would be refused for being there. Gus takes part in a ticket without a company.
    await wall.database.asSuperuser('DELETE FROM read_marks');
    await wall.database.asSuperuser(`DELETE FROM ratings WHERE contact_id <> ${wall.world.people.max.id}`);
    await wall.database.asSuperuser(
      `DELETE FROM preferences WHERE contact_id IN (SELECT id FROM contacts WHERE name IN ('ann', 'max'))`,
    );
    await wall.database.asSuperuser(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      SELECT account_id, ${wall.world.people.gus.id}, id, 'participant' FROM tickets
      WHERE id = ${wall.world.tickets.zoe.id}`);
  });

  test.each(forgeries)('$what', async ({ who, at = 'help', run }) => {
    const refused = new Error('rolled back');
    let done: unknown[] | undefined;
    const outcome = await wall.database
      .tx(wall.contextOf({ who, at }), async (tx) => {
        done = await run(tx);
        throw refused;
      })
      .catch((error: unknown) => error);
    // Either refused, or no row was there to change.
    if (outcome === refused) expect(done).toEqual([]);
    else expect(outcome).toMatchObject({ code: '42501' });
  });

  test('more tickets than they see, even without looking', async () => {
    const touched = await wall.database
      .tx(wall.contextOf({ who: 'ann', at: 'help' }), async (tx) => {
        await blindTouch(tx);
        throw new Error('kept');
      })
      .catch((error: Error) => error.message);
    expect(touched).toBe('kept');
    await wall.database.tx(wall.contextOf({ who: 'ann', at: 'help' }), blindTouch);
    const changed = await wall.database.asSuperuser<{ id: number }>(`SELECT id FROM tickets WHERE status = 'waiting'`);
    expect(changed).toEqual([{ id: wall.world.tickets.ann.id }]);
  });

  test('but can write what is theirs', async () => {
    const mine: Forgery['run'][] = [
      (tx) => message(tx, 'ann'),
      (tx) => ticket(tx, {}),
      (tx) => mark(tx, 'ann', 'ann'),
      (tx) => key(tx, 'ann'),
      (tx) => deskWrite(tx, 'ann', 'ann'),
      (tx) => session(tx, 'ann', 'help'),
      (tx) => upload(tx, 'ann'),
      (tx) => prefer(tx, 'ann'),
      (tx) => attach(tx, 'ann', 'ann', 'ann'),
    ];
    for (const run of mine)
      expect(await wall.database.tx(wall.contextOf({ who: 'ann', at: 'help' }), run)).toEqual(['written']);
    expect(
      await wall.database.tx(wall.contextOf({ who: 'max', at: 'help' }), (tx) => tie(tx, 'ann', 'max', 'participant')),
    ).toEqual(['written']);
    // A colleague through a company that is not the primary one of both.
    for (const colleague of ['bea', 'fay'] as const) {
      const run = (tx: Transaction) => tie(tx, 'ann', colleague, 'participant');
      expect(await wall.database.tx(wall.contextOf({ who: 'ann', at: 'help' }), run)).toEqual(['written']);
    }
  });
});
