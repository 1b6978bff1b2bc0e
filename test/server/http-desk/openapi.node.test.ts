import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

import { httpOpenApi } from '../../../src/server/connectors/http/openapi.js';

const file = '../../../src/server/connectors/http/openapi.json';

test('the contract that is published is the one that answers are read by', async () => {
  // `npx vitest run test/server/http-desk/openapi.node.test.ts -u` writes it anew.
  await expect(`${JSON.stringify(httpOpenApi(), null, 2)}\n`).toMatchFileSnapshot(file);
});

test('every schema of the contract is one, and every reference leads somewhere', () => {
  const document = httpOpenApi() as { components: { schemas: Record<string, object> } };
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, 'document');
  const names = Object.keys(document.components.schemas);
  expect(names).toHaveLength(19);
  for (const name of names) ajv.compile({ $ref: `document#/components/schemas/${name}` });
});
