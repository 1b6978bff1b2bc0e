import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import type {
  Action,
  ActionSettings,
  Category,
  Filter,
  PortalFacts,
  Relation,
  TicketFacts,
  TicketPermission,
  Viewer,
} from '../../src/policy/index.js';
import { actionsFor, relationOf, visible } from '../../src/policy/index.js';

/** Reads one row of words. Anything that it does not know fails, so that a typing error cannot pass as "no". */
function readRow(line: string) {
  const cells = line.split('|').map((cell) => cell.trim());
  const [, number, permission = '', contact = '', tie = '', ticket = '', sees = '', actions = ''] = cells;
  const me = 7;
  const viewer = readContact(contact, me);
  return {
    title: `${number}: ${permission}, ${contact}, ${tie}, ${ticket}`,
    viewer,
    portal: {
      account: contact.includes('portal of another account') ? 2 : 1,
      inboxes: [1, 2],
      permission: readPermission(permission),
    } satisfies PortalFacts,
    ...readTicket(ticket, tie, me),
    sees,
    actions: actions === '' ? [] : actions.split(' '),
  };
}

const filterForms: readonly [RegExp, (property: string, value: string) => Filter][] = [
  [/^(\w+)=(.+)$/, (property, value) => ({ property, operator: 'is', value })],
  [/^(\w+) is any of (.+)$/, (property, value) => ({ property, operator: 'is-any-of', value: value.split('/') })],
  [/^(\w+) is not (.+)$/, (property, value) => ({ property, operator: 'is-not', value })],
  [/^(\w+) is known$/, (property) => ({ property, operator: 'is-known' })],
  [/^(\w+) is unknown$/, (property) => ({ property, operator: 'is-unknown' })],
  [/^(\w+) contains (.+)$/, (property, value) => ({ property, operator: 'contains', value })],
  [/^(\w+) greater (.+)$/, (property, value) => ({ property, operator: 'greater', value })],
  [/^(\w+) less (.+)$/, (property, value) => ({ property, operator: 'less', value })],
  [/^(\w+) before (.+)$/, (property, value) => ({ property, operator: 'before', value })],
  [/^(\w+) after (.+)$/, (property, value) => ({ property, operator: 'after', value })],
];

const readFilters = (text: string): Filter[] =>
  text.split(' and ').map((part) => {
    for (const [form, make] of filterForms) {
      const [, property, value = ''] = form.exec(part) ?? [];
      if (property) return make(property, value);
    }
    throw new Error(`filter ${part}`);
  });

function readPermission(text: string): TicketPermission {
  if (text === 'own' || text === 'company') return { kind: text };
  if (text === 'company-if') return { kind: 'company-if', groups: [readFilters('role=manager')] };
  if (text === 'company-if without a group') return { kind: 'company-if', groups: [] };
  if (text === 'company-if with an empty group') return { kind: 'company-if', groups: [[]] };
  const [, filters] = /^company-if (.+)$/.exec(text) ?? [];
  if (!filters) throw new Error(`permission ${text}`);
  return { kind: 'company-if', groups: filters.split(' or ').map(readFilters) };
}

/** What the policy is not told, because it makes no difference. */
const beside = /^(also (Acme|Globex)|no company|portal of another account|moved from Acme|left Acme|Acme deleted)$/;

function readContact(text: string, id: number): Viewer {
  let viewer: Viewer = { account: 1, id, enabled: true, verified: true, primaryCompany: null, properties: {} };
  for (const word of text.split(', ')) {
    const [property, value] = word.split('=');
    if (word === 'Acme' || word === 'Globex') viewer = { ...viewer, primaryCompany: word };
    else if (word === 'disabled' || word === 'merged into another') viewer = { ...viewer, enabled: false };
    else if (word === 'unverified') viewer = { ...viewer, verified: false };
    else if (property && value) viewer = { ...viewer, properties: { ...viewer.properties, [property]: value } };
    // Further companies are kept and shown; the policy is not even told of them.
    else if (!beside.test(word)) throw new Error(word);
  }
  return viewer;
}

function categoryOf(word = ''): Category {
  const categories: Record<string, Category> = { open: 'open', waiting: 'waiting_on_contact', closed: 'closed' };
  const category = categories[word];
  if (!category) throw new Error(`status ${word}`);
  return category;
}

function readTicket(text: string, tie: string, me: number): { ticket: TicketFacts; category: Category } {
  const [companies = '', state = '', ...more] = text.split(', ');
  const category = categoryOf(state);
  if (more.some((word) => !/^(deleted|other inbox|other account)$/.test(word))) throw new Error(text);
  if (!/^(requester|contact|participant|none)$/.test(tie)) throw new Error(tie);
  const others = [8, 9];
  return {
    category,
    ticket: {
      account: more.includes('other account') ? 2 : 1,
      inbox: more.includes('other inbox') ? 3 : 2,
      deleted: more.includes('deleted'),
      requester: tie === 'requester' ? me : 8,
      contacts: tie === 'contact' ? [...others, me] : others,
      participants: tie === 'participant' ? [10, me] : [10],
      companies: companies === 'no company' ? [] : companies.split('+'),
    },
  };
}

/** A row of the second table: what a portal changed, and what follows. */
function readSetting(line: string) {
  const [, number, setting = '', relation = '', status = '', actions = ''] = line.split('|').map((cell) => cell.trim());
  const [, role, asked, words = ''] = /^(requester|participant|colleague), (\w+): (.+)$/.exec(setting) ?? [];
  if (!role || !/^(requester|contact|participant|company)$/.test(relation)) throw new Error(line);
  const chosen = (words === 'nothing' ? [] : words.split(' ')) as Action[];
  return {
    title: `${number}: ${setting}, ${relation}, ${status}`,
    settings: { [role]: { [categoryOf(asked)]: chosen } } as ActionSettings,
    relation: relation as Relation,
    category: categoryOf(status),
    actions: actions === '' ? [] : actions.split(' '),
  };
}

const lines = readFileSync(new URL('truth.md', import.meta.url), 'utf8').split('\n');
const rows = lines.filter((line) => /^\| \d{1,2} \||^\| 1\d\d \|/.test(line)).map(readRow);
const settings = lines.filter((line) => /^\| 2\d\d \|/.test(line)).map(readSetting);

describe('the truth table', () => {
  test('has at least 80 rows, yes and no, every relation', () => {
    expect(rows.length).toBeGreaterThanOrEqual(80);
    expect(new Set(rows.map((row) => row.sees))).toEqual(
      new Set(['requester', 'contact', 'participant', 'company', 'no']),
    );
  });

  test.each(rows)('row $title', ({ viewer, ticket, portal, category, sees, actions }) => {
    const relation = relationOf(viewer, ticket, portal);
    expect(relation ?? 'no').toBe(sees);
    expect(visible(viewer, ticket, portal)).toBe(sees !== 'no');
    expect(relation === null ? [] : actionsFor(relation, category)).toEqual(actions);
  });

  test.each(settings)('row $title', ({ settings, relation, category, actions }) => {
    expect(actionsFor(relation, category, settings)).toEqual(actions);
  });
});
