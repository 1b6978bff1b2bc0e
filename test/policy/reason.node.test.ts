import { expect, test } from 'vitest';

import type { Filter, TicketRecord, Viewer } from '../../src/policy/index.js';
import { projectTicket } from '../../src/policy/index.js';

const at = new Date('2026-03-01T12:00:00.000Z');
const ticket: TicketRecord = {
  account: 1,
  inbox: 1,
  deleted: false,
  publicId: 'ticket',
  number: 1,
  subject: 'Cold',
  status: { id: 'new', category: 'open', label: 'New' },
  parties: [{ id: 8, publicId: 'other', name: 'Other', role: 'requester' }],
  companies: [{ id: 3, publicId: 'acme', name: 'Acme' }],
  createdAt: at,
  updatedAt: at,
  lastContact: 8,
  readAt: null,
  rating: null,
  followUpOf: null,
  followUps: [],
  properties: {},
};

/** Why a colleague with the property `role` sees it, by one group of filters. */
function reasonBy(...group: Filter[]) {
  const viewer: Viewer = {
    account: 1,
    id: 7,
    enabled: true,
    verified: true,
    primaryCompany: 3,
    properties: { role: 'manager' },
  };
  const permission = { kind: 'company-if', groups: [group] } as const;
  return projectTicket(viewer, ticket, { account: 1, inboxes: [1], permission, properties: [], actions: {}, lacks: [] })
    ?.why;
}

test('the reason names the first property of the group that the contact has', () => {
  const why = reasonBy({ property: 'badge', operator: 'is-unknown' }, { property: 'role', operator: 'is-known' });
  expect(why?.condition).toEqual({ property: 'role', value: 'manager' });
});

test('the reason names no property that every object brings along', () => {
  const why = reasonBy({ property: 'constructor', operator: 'is-unknown' });
  expect(why).toMatchObject({ relation: 'company', condition: null });
});
