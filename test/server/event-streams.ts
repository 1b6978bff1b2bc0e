import { afterEach, expect, vi } from 'vitest';

import { type EventReader, readEvents } from '../support/event-reader.js';
import type { Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

/** The small world with what tests of event streams do in it. Streams that a test leaves open end with it. */
export function useEventStreams() {
  const small = useSmallWorld();
  afterEach(() => {
    vi.useRealTimers();
    small.fixture.stopping.abort();
    expect(small.fixture.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  async function signIn(name: string): Promise<Visitor> {
    const visitor = small.fixture.visitor();
    expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
    return visitor;
  }

  /** A stream that has said that it is ready, and its position then. */
  async function open(visitor: Visitor, after?: string): Promise<EventReader & { readonly position: string }> {
    const headers = after === undefined ? {} : { 'last-event-id': after };
    const response = await visitor.request('GET', '/events', { headers });
    expect(response.status).toBe(200);
    const events = readEvents(response);
    const ready = await events.next();
    expect(ready).toMatchObject({ event: 'ready', data: '{}' });
    return { ...events, position: ready?.id ?? '' };
  }

  const staff = { authorization: 'Bearer test-admin-token' };

  /** Support answers, a second later. */
  async function answer(id: string, text = 'Hi'): Promise<void> {
    small.fixture.pass(1000);
    const path = `/staff/api/v1/tickets/${id}/messages`;
    const response = await small.fixture.visitor().request('POST', path, { body: { body: text }, headers: staff });
    expect(response.status).toBe(201);
  }

  async function change(id: string, body: object): Promise<void> {
    small.fixture.pass(1000);
    const response = await small.fixture
      .visitor()
      .request('PATCH', `/staff/api/v1/tickets/${id}`, { body, headers: staff });
    expect(response.status).toBe(200);
  }

  const sql = <Row = unknown>(text: string) => small.database.asSuperuser<Row>(text);

  return { small, signIn, open, answer, change, sql, staff };
}
