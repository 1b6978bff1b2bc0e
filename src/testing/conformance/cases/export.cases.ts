import type { ExportQuery } from '../../../model/index.js';
import type { RequestOptions } from '../../../backend/portal-backend.js';
import { equal, fails, holds } from '../check.js';
import { secret } from '../seed.js';
import type { ConformanceCase, PersonName, Visitor } from '../world.js';
import { allTickets, key, statusOf } from './asking.js';
import { readCsv } from './csv.js';

const needs = ['exportTickets'] as const;
const people: readonly PersonName[] = ['alice', 'bob', 'carol', 'dave', 'erin'];

async function exported(visitor: Visitor, query?: ExportQuery, options?: RequestOptions) {
  const text = await (await visitor.exportTickets(query, options)).text();
  const [head = [], ...rows] = readCsv(text);
  return { head, rows, text };
}

/** Numbers as the file has them; the first column holds them. */
const numbersIn = ({ rows }: { rows: readonly (readonly string[])[] }) => rows.map(([number]) => Number(number));

/** A query that the wire has no way to write in TypeScript. */
const wrong = (query: object) => query as ExportQuery;

export const exportCases: readonly ConformanceCase[] = [
  {
    name: 'exports exactly what the list shows, in its order, in every scope and state',
    needs,
    async run(world) {
      const acme = world.seed.companies.find(({ name }) => name === 'Acme')?.id ?? '';
      const company = `company:${await world.idOf('company', acme)}` as const;
      const queries: readonly ExportQuery[] = [
        {},
        { state: 'open' },
        { state: 'closed', sort: 'number' },
        { scope: 'mine', sort: '-created' },
        { scope: 'participating', state: 'open' },
        { scope: 'company', state: 'all', sort: 'status' },
        { scope: company, state: 'open' },
        { status: statusOf(world, 3).id },
        { q: 'ticket 1' },
        { turn: 'support', sort: 'number' },
      ];
      for (const person of people) {
        const visitor = await world.visitor(person);
        for (const query of queries) {
          const shown = (await allTickets(visitor, query)).map(({ number }) => number);
          equal(numbersIn(await exported(visitor, query)), shown, `${JSON.stringify(query)} of ${person}`);
        }
      }
    },
  },
  {
    name: 'exports each ticket as the list shows it, under a head of as many cells',
    needs,
    async run(world) {
      const bob = await world.visitor('bob');
      const { head, rows } = await exported(bob);
      for (const [place, ticket] of (await allTickets(bob)).entries()) {
        const row = rows[place] ?? [];
        equal(row.length, head.length, 'cells of a row');
        const cells = [ticket.subject, ticket.status.label, ticket.requester.name, ticket.company?.name ?? ''];
        equal([row[1], row[2], row[4], row[5]], cells, `cells of ticket ${ticket.number}`);
        const times = [row[6], row[7]].map((time) => Date.parse(`${time}Z`));
        const seconds = [ticket.createdAt, ticket.updatedAt].map((time) => Math.floor(Date.parse(time) / 1000) * 1000);
        equal(times, seconds, `times of ticket ${ticket.number}`);
      }
    },
  },
  {
    name: 'exports labels in the language that is asked for',
    needs,
    async run(world) {
      const alice = await world.visitor('alice');
      const [english, polish] = [await exported(alice), await exported(alice, {}, { locale: 'pl' })];
      holds(english.head.join() !== polish.head.join(), 'the heads are in two languages');
      const labels = async (locale: string) =>
        (await alice.listTickets({}, { locale })).items.map((one) => one.status.label);
      equal(
        polish.rows.map((row) => row[2]),
        await labels('pl'),
        'labels of statuses',
      );
    },
  },
  {
    name: 'exports no formula that a spreadsheet would run',
    needs: ['exportTickets', 'createTicket'],
    async run(world) {
      const dave = await world.visitor('dave');
      const subjects = ['=1+1', '+1', '-1+1', '@SUM(1)', 'Costs "10", =1+1'];
      for (const subject of subjects) await dave.createTicket({ subject, message: 'Hello' }, { idempotencyKey: key() });
      const { rows } = await exported(dave, { sort: 'number' });
      equal(
        rows.slice(-subjects.length).map((row) => row[1]),
        ["'=1+1", "'+1", "'-1+1", "'@SUM(1)", 'Costs "10", =1+1'],
        'subjects',
      );
    },
  },
  {
    name: 'exports nothing of internal notes, and nothing to who is signed out',
    needs,
    async run(world) {
      const { text } = await exported(await world.visitor('bob'));
      holds(!text.toLowerCase().includes(secret), 'no word of a note is in the file');
      equal((await exported(await world.visitor('bob'), { q: secret })).rows, [], 'rows by a word of a note');
      await fails((await world.visitor()).exportTickets(), 'unauthenticated');
    },
  },
  {
    name: 'refuses to export by filters that do not exist and names them',
    needs,
    async run(world) {
      const alice = await world.visitor('alice');
      for (const query of [{ scope: 'everybody' }, { state: 'lost' }, { sort: 'subject' }]) {
        const { fields } = await fails(alice.exportTickets(wrong(query)), 'invalid');
        equal(
          fields?.map(({ path }) => path),
          Object.keys(query),
          `fields for ${JSON.stringify(query)}`,
        );
      }
    },
  },
];
