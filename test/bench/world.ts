import type { ScriptSession } from '../../src/server/sql/session.js';
import { vocabulary } from './vocabulary.js';
import * as sql from './world-sql.js';

/** Sees only their own tickets; all of a middling company; all of the largest company. */
export type BenchViewer = 'own' | 'company' | 'largest';

/** A world of any size: N tickets with ten messages each, of N/5 contacts in N/20 companies, few of which have most of it. */
export interface BenchWorld {
  readonly tickets: number;
  readonly slug: string;
  readonly viewers: Readonly<Record<BenchViewer, Viewer>>;
  /** What to search for, by how many tickets have it. */
  readonly words: Readonly<Record<'common' | 'medium' | 'rare', string>>;
}

export interface Viewer {
  readonly contact: number;
  readonly company: number | null;
  /** Of a live session. */
  readonly token: string;
  /** Tickets that this contact asked, newest first, at most a page. */
  readonly tickets: readonly { readonly id: number; readonly publicId: string }[];
  /** How many tickets this contact sees. */
  readonly visible: number;
}

/** Tickets whose messages are written by one statement. */
const chunk = 50_000;

/**
 * Fills a migrated, empty database and leaves it vacuumed and analysed. The session is a superuser's: triggers and foreign
 * keys rest meanwhile.
 *
 * @param now the end of the two years in which all of it happened
 */
export async function loadWorld(session: ScriptSession, tickets: number, now: Date): Promise<void> {
  const [companies, contacts] = [Math.ceil(tickets / 20), Math.ceil(tickets / 5)];
  // The planner knows nothing of rows that were written a moment ago: what fits in hash tables is to be hashed.
  // An index of text is built in as much memory as it may have; PGlite has little.
  const memory = tickets > 200_000 ? '2GB' : '256MB';
  await session.script(`SET session_replication_role = replica; SET maintenance_work_mem = '${memory}'; SET work_mem = '256MB';
    SET enable_nestloop = off; SET jit = off`);
  await session.script(sql.helpers);
  await session.script(sql.dropIndexes);
  await session.script(sql.people(companies, contacts, now));
  await session.script(sql.ticketsAndParties(tickets, contacts, now));
  for (let from = 1; from <= tickets; from += chunk) {
    await session.script(sql.messages(from, Math.min(from + chunk - 1, tickets)));
  }
  await session.script(sql.createIndexes);
  await session.script(sql.sequences);
  await session.script('RESET ALL');
  await session.script('VACUUM ANALYZE');
}

/** Signs the three viewers in, for a day, and tells who they are. The session is a superuser's. */
export async function enterWorld(session: ScriptSession, now: Date): Promise<BenchWorld> {
  const ask = async <Row>(name: string, text: string): Promise<Row> => {
    const [found] = await session.run([{ statement: { name: `bench.${name}`, text } }]);
    return found?.[0] as Row;
  };
  const enter = async (name: BenchViewer): Promise<Viewer> => {
    const facts = await ask<Omit<Viewer, 'token'>>(name, viewerFacts(viewerQueries[name]));
    const token = `bench-session-${name}`.padEnd(44, '-');
    await session.script(`
      INSERT INTO sessions
        (account_id, token_hash, portal_id, contact_id, created_at, last_seen_at, idle_until, absolute_until, method)
      SELECT ${sql.account}, sha256(${sql.literal(token)}), 1, ${facts.contact}, n, n, n + interval '1 day', n + interval '1 day',
        'password'
      FROM (SELECT ${sql.time(now)} AS n) clock
      ON CONFLICT (account_id, token_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at,
        idle_until = excluded.idle_until, absolute_until = excluded.absolute_until`);
    return { ...facts, token };
  };
  const { tickets } = await ask<{ tickets: number }>('tickets', 'SELECT max(id) AS tickets FROM tickets');
  const viewers = { own: await enter('own'), company: await enter('company'), largest: await enter('largest') };
  const words = {
    common: vocabulary[30] ?? '',
    medium: vocabulary[700] ?? '',
    rare: sql.rareWord(viewers.largest.tickets.at(-1)?.id ?? 1),
  };
  return { tickets, slug: 'help', viewers, words };
}

/** Of like size in worlds of every size: with more tickets than a page, as few as a real contact may have. */
const viewerQueries: Record<BenchViewer, string> = {
  own: `SELECT c.contact_id AS id, NULL::bigint AS company FROM ticket_contacts c
    WHERE ${sql.isListed} AND NOT EXISTS (SELECT FROM contact_companies cc WHERE cc.contact_id = c.contact_id)
    GROUP BY 1 ORDER BY abs(count(*) - 60), 1 LIMIT 1`,
  company: `SELECT contact_id AS id, company_id AS company FROM contact_companies
    WHERE is_primary AND company_id = (SELECT c.company_id FROM ticket_companies c WHERE ${sql.isListed}
      GROUP BY 1 ORDER BY abs(count(*) - 120), 1 LIMIT 1)
    ORDER BY 1 LIMIT 1`,
  largest: `SELECT contact_id AS id, company_id AS company FROM contact_companies
    WHERE is_primary AND company_id = ${sql.largestCompany} ORDER BY 1 LIMIT 1`,
};

const viewerFacts = (contact: string) => `
  SELECT v.id AS contact, v.company,
    (SELECT jsonb_agg(jsonb_build_object('id', x.id, 'publicId', x.public_id) ORDER BY x.updated_at DESC)
      FROM (SELECT t.id, t.public_id, t.updated_at FROM tickets t WHERE t.requester_id = v.id AND ${sql.isShown}
        ORDER BY t.updated_at DESC LIMIT 25) x) AS tickets,
    (SELECT count(*) FROM (
      SELECT ticket_id FROM ticket_contacts c WHERE c.contact_id = v.id AND ${sql.isListed}
      UNION SELECT ticket_id FROM ticket_companies c WHERE c.company_id = v.company AND ${sql.isListed}) s) AS visible
  FROM (${contact}) v`;
