import { describe, expect, it } from 'vitest';

import { relationOf } from '../../src/policy/index.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { publicIdOf } from '../../src/world/public-id.js';
import { portalFacts, viewerOf } from '../../src/world/records.js';
import type { WorldTicket } from '../../src/world/world.js';

const { tickets, contacts, companies, staff, statuses, inboxes, portal, accessGroup } = demoWorld;
const people = [...contacts, ...staff].map(({ id }) => id);

const seenBy = (id: string): WorldTicket[] => {
  const contact = contacts.find((one) => one.id === id);
  if (!contact) throw new Error(id);
  const viewer = viewerOf(demoWorld, contact);
  return tickets.filter((ticket) =>
    relationOf(viewer, { ...ticket, account: demoWorld.account }, portalFacts(demoWorld)),
  );
};

const repeated = (values: readonly unknown[]) => values.filter((value, index) => values.indexOf(value) !== index);
const messages = tickets.flatMap((ticket) => ticket.messages);

describe('the demo world', () => {
  it('names nothing twice, nor after it has become public', () => {
    const files = messages.flatMap((message) => message.attachments ?? []);
    expect(repeated(people)).toEqual([]);
    expect(repeated(contacts.map(({ email }) => email))).toEqual([]);
    expect(repeated(tickets.map(({ number }) => number))).toEqual([]);
    const named = [
      ...tickets.map(({ id }) => publicIdOf('ticket', id)),
      ...messages.map(({ id }) => publicIdOf('message', id)),
      ...files.map(({ id }) => publicIdOf('file', id)),
      ...contacts.map(({ id }) => publicIdOf('contact', id)),
      ...companies.map(({ id }) => publicIdOf('company', id)),
      ...staff.map(({ id }) => publicIdOf('staff', id)),
    ];
    expect(repeated(named)).toEqual([]);
    expect(named.filter((id) => !/^[A-Za-z0-9_-]{22}$/.test(id))).toEqual([]);
  });

  it('refers only to what it has', () => {
    const strangers = tickets.filter(
      (ticket) =>
        ![
          ticket.requester,
          ...ticket.contacts,
          ...ticket.participants,
          ...ticket.readBy,
          ...ticket.messages.map(({ author }) => author),
        ].every((id) => people.includes(id)) ||
        !ticket.companies.every((id) => companies.some((company) => company.id === id)) ||
        !inboxes.some(({ id }) => id === ticket.inbox),
    );
    expect(strangers.map(({ id }) => id)).toEqual([]);
    expect(portal.inboxes.every((id) => inboxes.some((inbox) => inbox.id === id))).toBe(true);
    expect(accessGroup.members.every((id) => contacts.some((contact) => contact.id === id))).toBe(true);
  });

  it('has every primary company among the companies of its contact', () => {
    const astray = contacts.filter(
      ({ primaryCompany, companies }) => primaryCompany !== null && !companies.includes(primaryCompany),
    );
    expect(astray).toEqual([]);
  });

  it('numbers tickets in the order in which they came', () => {
    const began = tickets.map((ticket) => ticket.messages[0]?.minutesAgo ?? 0);
    expect(tickets.map(({ number }) => number)).toEqual(tickets.map(({ number }) => number).sort((a, b) => a - b));
    expect(began).toEqual([...began].sort((a, b) => b - a));
    expect(Math.max(...began)).toBeLessThan(366 * 1440);
  });

  it('keeps each thread in order, begun by its requester', () => {
    for (const ticket of tickets) {
      const times = ticket.messages.map(({ minutesAgo }) => minutesAgo);
      expect(times, ticket.id).toEqual([...times].sort((a, b) => b - a));
      expect(times.at(-1), ticket.id).toBeGreaterThan(0);
      expect(ticket.messages[0], ticket.id).toMatchObject({ kind: 'public', author: ticket.requester });
    }
  });

  it('leads each status from the one before to the one of now', () => {
    for (const ticket of tickets) {
      let status = statuses[0]?.id;
      for (const message of ticket.messages.filter(({ kind }) => kind === 'status')) {
        expect(message.status?.from, message.id).toBe(status);
        status = message.status?.to;
      }
      expect(status, ticket.id).toBe(ticket.status);
      expect(statuses.some(({ id }) => id === ticket.status)).toBe(true);
    }
  });

  it('has what the design asks for', () => {
    const visible = tickets.filter((ticket) => !ticket.deleted && portal.inboxes.includes(ticket.inbox));
    expect(visible.length).toBeGreaterThanOrEqual(64);
    for (const { id } of statuses)
      expect(
        visible.some(({ status }) => status === id),
        id,
      ).toBe(true);
    expect(messages.filter(({ kind }) => kind === 'note').length).toBeGreaterThan(30);
    expect(messages.filter(({ html }) => html !== undefined)).toHaveLength(2);
    expect(messages.filter(({ text }) => /\p{Script=Hebrew}/u.test(text)).length).toBeGreaterThan(1);
    expect(tickets.filter(({ deleted }) => deleted)).toHaveLength(1);
    expect(tickets.filter(({ inbox }) => !portal.inboxes.includes(inbox))).toHaveLength(1);
    const long = tickets.filter((ticket) => ticket.messages.filter(({ kind }) => kind === 'public').length === 200);
    expect(long).toHaveLength(1);
    expect(tickets.every(({ subject }) => subject.length <= 200)).toBe(true);
  });

  it('shows each demo contact what their line promises', () => {
    const count = (id: string, company?: string) =>
      seenBy(id).filter((ticket) => company === undefined || ticket.companies.includes(company)).length;
    const hint = (id: string) => contacts.find((contact) => contact.id === id)?.hint.en;

    expect(hint('alice')).toBe('no role: sees only her own 9');
    expect(count('alice')).toBe(9);
    expect(hint('bob')).toBe('manager: sees all 24 of Acme');
    expect([count('bob'), count('bob', 'acme')]).toEqual([24, 24]);
    expect(hint('carol')).toBe('manager: sees all 31 of Globex');
    expect([count('carol'), count('carol', 'globex')]).toEqual([31, 31]);
    expect(hint('dave')).toContain('one of Acme');
    expect(count('dave', 'acme')).toBe(1);
    expect(hint('erin')).toBe('Globex first, Acme too: her own of both');
    expect([count('erin', 'globex') > 0, count('erin', 'acme') > 0]).toEqual([true, true]);
    expect(count('erin')).toBe(count('erin', 'globex') + count('erin', 'acme'));
  });
});
