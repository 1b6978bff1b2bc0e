import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import type { Category, Filter, PortalFacts, TicketFacts, TicketPermission, Viewer } from '../../src/policy/index.js';
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

function readFilters(text: string): Filter[] {
  return text.split(' and ').map((part) => {
    const [property, is] = part.split('=');
    if (!property || !is) throw new Error(`filter ${part}`);
    return { property, is };
  });
}

function readPermission(text: string): TicketPermission {
  if (text === 'own' || text === 'company') return { kind: text };
  if (text === 'company-if') return { kind: 'company-if', groups: [readFilters('role=manager')] };
  if (text === 'company-if without a group') return { kind: 'company-if', groups: [] };
  if (text === 'company-if with an empty group') return { kind: 'company-if', groups: [[]] };
  const [, filters] = /^company-if (.+)$/.exec(text) ?? [];
  if (!filters) throw new Error(`permission ${text}`);
  return { kind: 'company-if', groups: filters.split(' or ').map(readFilters) };
}

function readContact(text: string, id: number): Viewer {
  let viewer: Viewer = { account: 1, id, enabled: true, verified: true, primaryCompany: null, properties: {} };
  for (const word of text.split(', ')) {
    const [property, value] = word.split('=');
    if (word === 'Acme' || word === 'Globex') viewer = { ...viewer, primaryCompany: word };
    else if (word === 'disabled') viewer = { ...viewer, enabled: false };
    else if (word === 'unverified') viewer = { ...viewer, verified: false };
    else if (property && value) viewer = { ...viewer, properties: { ...viewer.properties, [property]: value } };
    // Further companies are kept and shown; the policy is not even told of them.
    else if (!/^(also (Acme|Globex)|no company|portal of another account)$/.test(word)) throw new Error(word);
  }
  return viewer;
}

function readTicket(text: string, tie: string, me: number): { ticket: TicketFacts; category: Category } {
  const [companies = '', state = '', ...more] = text.split(', ');
  const categories: Record<string, Category> = { open: 'open', waiting: 'waiting_on_contact', closed: 'closed' };
  const category = categories[state];
  if (!category || more.some((word) => !/^(deleted|other inbox|other account)$/.test(word))) throw new Error(text);
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

const rows = readFileSync(new URL('truth.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map(readRow);

describe('the truth table', () => {
  test('has at least 30 rows, yes and no, every relation', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
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
});
