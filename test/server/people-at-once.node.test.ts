import { describe, expect, test } from 'vitest';

import { askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Versioned {
  readonly version: string;
  readonly name: string;
}

const refused = { status: 409, body: { fields: [{ path: 'version', code: 'changed' }] } };
const contact = async () => `/contacts/${await contactId(small, 'max')}`;
const read = async (path: string) => (await askAdmin<Versioned>(small, 'GET', path)).body;
const change = (path: string, body: object) => askAdmin<Versioned>(small, 'PATCH', path, body);

describe('of two owners at once, the second', () => {
  test('changes nothing of a contact that the first has changed', async () => {
    const path = await contact();
    const { version } = await read(path);
    const first = await change(path, { name: 'First', version });
    expect(first).toMatchObject({ status: 200, body: { name: 'First' } });
    expect(await change(path, { name: 'Second', version })).toMatchObject(refused);
    expect(await read(path)).toEqual(first.body);
    expect(await change(path, { name: 'Second', version: first.body.version })).toMatchObject({ status: 200 });
  });

  test('changes nothing of a company that the first has changed', async () => {
    const path = `/companies/${small.world.companies.acme}`;
    const { version } = await read(path);
    const first = await change(path, { emailDomains: ['acme.example'], version });
    expect(first.status).toBe(200);
    expect(first.body).toEqual(await read(path));
    expect(await change(path, { name: 'Second', version })).toMatchObject(refused);
    expect(await change(path, { name: 'Second', version: first.body.version })).toMatchObject({ status: 200 });
  });

  const others: [what: string, body: () => object][] = [
    ['companies', () => ({ companies: [small.world.companies.globex] })],
    ['primary company', () => ({ primaryCompany: null })],
    ['access groups', () => ({ accessGroups: [] })],
    ['properties', () => ({ properties: {} })],
    ['address', () => ({ email: 'max@new.example' })],
    ['way in', () => ({ enabled: false })],
  ];
  test.each(others)('hears of other %s as well', async (_, body) => {
    const path = await contact();
    const { version } = await read(path);
    const { body: after } = await change(path, body());
    expect(after.version).not.toBe(version);
    expect(await change(path, { name: 'Second', version })).toMatchObject(refused);
  });

  test('is not held up by a change that came to nothing', async () => {
    const path = await contact();
    const { version, name } = await read(path);
    await change(path, { name });
    expect((await change(path, { name: 'Second', version })).status).toBe(200);
  });
});
