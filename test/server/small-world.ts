import { wordsOf } from '../../src/policy/index.js';
import type { AppDeps } from '../../src/server/deps.js';
import type { Statement, Transaction } from '../../src/server/database.js';
import { nextId, password } from './app-fixture.js';

/**
 * The smallest world with everybody in it: Acme (ann, and max who manages it), Globex (gus), nobody's zoe, who takes part
 * in one Acme ticket, and eve, who left the access group. Portal `help` shows the inbox "Support", not "Sales".
 */
export interface SmallWorld {
  readonly account: number;
  readonly companies: { readonly acme: string; readonly globex: string };
  /** Public ids of tickets by what they are. */
  readonly tickets: Readonly<Record<'ann' | 'max' | 'gus' | 'zoe' | 'sales' | 'deleted' | 'closed', string>>;
  readonly noteText: string;
  readonly attachments: { readonly ann: string; readonly note: string };
}

export const noteText = 'internal: the zebra discount is ours alone';

export async function seedSmallWorld(deps: AppDeps): Promise<SmallWorld> {
  const { database } = deps;
  const one = async <Row>(tx: Transaction, text: string, params: Parameters<Transaction['query']>[1]): Promise<Row> => {
    const [row] = await tx.query<Row>(named(text), params);
    return row as Row;
  };
  const { account_id: account } = await database.tx({ role: 'staff' }, (tx) =>
    one<{ account_id: number }>(
      tx,
      `INSERT INTO accounts (public_id, name, inner_addresses) VALUES ($1, 'Small', true) RETURNING account_id`,
      [nextId()],
    ),
  );
  return database.tx({ role: 'staff', account }, async (tx) => {
    const insert = async (table: string, row: Record<string, string | number | boolean | Date | string[] | null>) => {
      const columns = ['account_id', ...Object.keys(row)];
      const values = columns.map((name, at) =>
        name === 'words' ? `array_to_tsvector($${at + 1}::text[])` : `$${at + 1}`,
      );
      const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
      const id = /^(inboxes|companies|contacts|portals|access_groups|tickets|messages)$/.test(table);
      return one<{ id: number }>(tx, id ? `${text} RETURNING id` : text, [account, ...Object.values(row)]);
    };
    const at = new Date(deps.clock().getTime() - 60_000);

    const support = (await insert('inboxes', { public_id: nextId(), name: 'Support' })).id;
    const sales = (await insert('inboxes', { public_id: nextId(), name: 'Sales' })).id;
    const statuses = [
      ['new', 'open', 'New', 'Nowe'],
      ['working', 'open', 'In progress', 'W toku'],
      ['waiting', 'waiting_on_contact', 'Awaiting your reply', 'Czekamy na Twoją odpowiedź'],
      ['closed', 'closed', 'Closed', 'Zamknięte'],
    ] as const;
    for (const [position, [id, category, en, pl]] of statuses.entries()) {
      await insert('statuses', { id, position, category, label: JSON.stringify({ en, pl }) });
    }
    const [acmeId, globexId] = [nextId(), nextId()];
    const acme = (await insert('companies', { public_id: acmeId, name: 'Acme' })).id;
    const globex = (await insert('companies', { public_id: globexId, name: 'Globex' })).id;
    await insert('staff', { public_id: nextId(), name: 'Sam' });
    const permission = { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] };
    const portal = await insert('portals', {
      slug: 'help',
      name: 'Small Support',
      locale: 'en',
      locales: ['en', 'pl'],
      permission: JSON.stringify(permission),
    });
    await insert('portal_inboxes', { portal_id: portal.id, inbox_id: support, is_default: true });
    const group = (await insert('access_groups', { name: 'Customers' })).id;
    await insert('portal_access_groups', { portal_id: portal.id, group_id: group });

    const people = new Map<string, { id: number; publicId: string; name: string }>();
    const person = async (name: string, company: number | null, role: string | null, member: boolean) => {
      const publicId = nextId();
      const { id } = await insert('contacts', {
        public_id: publicId,
        email: `${name}@example.com`,
        name,
        locale: 'en',
        properties: JSON.stringify(role ? { role } : {}),
        verified: true,
      });
      people.set(name, { id, publicId, name });
      await insert('credentials', { contact_id: id, password_hash: `plain:${password}` });
      if (company !== null)
        await insert('contact_companies', { contact_id: id, company_id: company, is_primary: true });
      if (member) await insert('access_group_members', { group_id: group, contact_id: id });
    };
    await person('ann', acme, null, true);
    await person('max', acme, 'manager', true);
    await person('gus', globex, 'manager', true);
    await person('zoe', null, null, true);
    await person('eve', acme, 'manager', false);

    const get = (name: string) => people.get(name) as { id: number; publicId: string; name: string };
    let number = 0;
    const ticket = async (
      by: string,
      subject: string,
      company: number | null,
      more: { inbox?: number; status?: string; deleted_at?: Date } = {},
    ) => {
      const publicId = nextId();
      number += 1;
      const { id } = await insert('tickets', {
        public_id: publicId,
        number,
        inbox_id: more.inbox ?? support,
        subject,
        status: more.status ?? 'new',
        requester_id: get(by).id,
        created_at: at,
        updated_at: new Date(at.getTime() + number * 1000),
        last_contact_id: get(by).id,
        deleted_at: more.deleted_at ?? null,
        words: wordsOf(subject),
      });
      if (company !== null) await insert('ticket_companies', { company_id: company, ticket_id: id });
      const message = await insert('messages', {
        ticket_id: id,
        public_id: nextId(),
        kind: 'message',
        side: 'contact',
        contact_id: get(by).id,
        author_id: get(by).publicId,
        author_name: by,
        text: `First words of ${by}: ${subject}`,
        words: wordsOf(`First words of ${by}: ${subject}`),
        created_at: at,
      });
      return { id, publicId, message: message.id };
    };
    const ofAnn = await ticket('ann', 'Router is offline', acme);
    const ofMax = await ticket('max', 'Invoice is missing', acme);
    const ofGus = await ticket('gus', 'Globex gateway', globex);
    const ofZoe = await ticket('zoe', 'No company here', null);
    const inSales = await ticket('ann', 'A quote please', acme, { inbox: sales });
    const deleted = await ticket('ann', 'Deleted long ago', acme, { deleted_at: at });
    const closed = await ticket('ann', 'Done and closed', acme, { status: 'closed' });
    await insert('ticket_contacts', { contact_id: get('zoe').id, ticket_id: ofAnn.id, role: 'participant' });
    const note = await insert('messages', {
      ticket_id: ofAnn.id,
      public_id: nextId(),
      kind: 'message',
      internal: true,
      side: 'support',
      author_id: 'staff',
      author_name: 'Sam',
      text: noteText,
      words: wordsOf(noteText),
      created_at: new Date(at.getTime() + 30_000),
    });
    const attach = async (ticketId: number, messageId: number, text: string) => {
      const publicId = nextId();
      await deps.files.put(account, publicId, new TextEncoder().encode(text));
      await insert('attachments', {
        ticket_id: ticketId,
        message_id: messageId,
        public_id: publicId,
        name: 'żółty "log".txt',
        type: 'text/plain',
        size: text.length,
        file_key: publicId,
      });
      return publicId;
    };
    const attachments = {
      ann: await attach(ofAnn.id, ofAnn.message, 'log of ann'),
      note: await attach(ofAnn.id, note.id, 'log of the note'),
    };
    await tx.query(named('UPDATE accounts SET next_number = $2 WHERE account_id = $1'), [account, number + 1]);
    return {
      account,
      companies: { acme: acmeId, globex: globexId },
      tickets: {
        ann: ofAnn.publicId,
        max: ofMax.publicId,
        gus: ofGus.publicId,
        zoe: ofZoe.publicId,
        sales: inSales.publicId,
        deleted: deleted.publicId,
        closed: closed.publicId,
      },
      noteText,
      attachments,
    };
  });
}

const names = new Map<string, Statement>();

/** One name a text, as the driver wants it. */
function named(text: string): Statement {
  const known = names.get(text) ?? { name: `seed_${names.size}`, text };
  names.set(text, known);
  return known;
}
