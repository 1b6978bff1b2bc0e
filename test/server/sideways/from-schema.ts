import fc from 'fast-check';

/** As much of JSON Schema as our document has. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** Texts at which something has broken before, somewhere. */
export const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '😀'.repeat(100),
  'e\u0301',
  '\u202e',
  '\uffff',
  "' OR 1=1 --",
  '%00',
  '%',
  '../..',
  '{"a":[1',
  'NaN',
  '-1',
  '0',
  '99999999999999999999',
  '1e400',
  'null',
  'constructor',
  '__proto__',
  'a'.repeat(300),
  'a'.repeat(2001),
  'ż'.repeat(20_001),
);

const weighted = (usual: fc.Arbitrary<unknown>, rare: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: usual, weight: 12 }, { arbitrary: rare, weight: 1 });

/** Another kind of value than any schema asks for. */
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), nasty);

/**
 * Mostly what the schema allows, now and then something else.
 *
 * @param text what to write where any text goes
 */
export function fromSchema(schema: Schema, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return weighted(allowed(schema, text), anything);
}

function allowed(schema: Schema, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fromSchema(choice, text)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectFrom(schema, text);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, text), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer(), fc.double());
    case 'null':
      return fc.constant(null);
    default:
      return text;
  }
}

function objectFrom({ properties = {}, required = [], additionalProperties }: Schema, text: fc.Arbitrary<string>) {
  const members = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fromSchema(one, text)]));
  const known = weighted(
    fc.record(members, { requiredKeys: [...required] }),
    fc.record(members, { requiredKeys: [] }),
  ) as fc.Arbitrary<Record<string, unknown>>;
  const more = typeof additionalProperties === 'object' ? fromSchema(additionalProperties, text) : anything;
  const often = typeof additionalProperties === 'object' ? 1 : 12;
  const further = fc.oneof(
    { arbitrary: fc.constant({}), weight: often },
    { arbitrary: fc.dictionary(text, more, { maxKeys: 2 }), weight: 1 },
  );
  return fc.tuple(known, further).map(([one, other]) => ({ ...one, ...other }));
}
