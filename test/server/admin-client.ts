import type { SmallWorldHeld } from './use-small-world.js';

export const administrator = { authorization: 'Bearer test-admin-token' };

export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Asks the admin API as the administrator, with a path below `/admin/api/v1`. */
export async function askAdmin<Body = Record<string, unknown>>(
  { fixture }: Pick<SmallWorldHeld, 'fixture'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered<Body>> {
  const options = { headers: administrator, ...(body !== undefined && { body }) };
  const response = await fixture.visitor().request(method, `/admin/api/v1${path}`, options);
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
}

/** The public id of a contact of the small world. */
export async function contactId(small: SmallWorldHeld, name: string): Promise<string> {
  const { body } = await askAdmin<{ items: { id: string }[] }>(small, 'GET', `/contacts?q=${name}@`);
  const [contact] = body.items;
  if (!contact || body.items.length > 1) throw new Error(`One contact ${name}, not ${body.items.length}`);
  return contact.id;
}
