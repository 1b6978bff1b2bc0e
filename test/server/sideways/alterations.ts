import fc from 'fast-check';

/** Makes another text of a genuine one; `others` are genuine texts that belong somewhere else. */
export type Alter = (genuine: string, others: readonly string[]) => string;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const place = fc.nat({ max: 1_000_000 });
const letter = fc.constantFrom(...alphabet, '.', '=', '+', '/', '~', ' ', '%');

const put = (text: string, at: number, removed: number, added: string) =>
  text.slice(0, at % (text.length + 1)) + added + text.slice((at % (text.length + 1)) + removed);

const encode = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');

const alterations: readonly fc.Arbitrary<{ readonly kind: string; readonly alter: Alter }>[] = [
  fc.tuple(place, fc.nat({ max: 6 })).map(([at, bit]) => ({
    kind: `bit ${bit} at ${at}`,
    alter: (text) => {
      const code = text.charCodeAt(at % text.length) ^ (1 << bit);
      return put(text, at % text.length, 1, String.fromCharCode(code));
    },
  })),
  // The last letters of a part carry bits that decoders drop.
  fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(...alphabet)).map(([part, other]) => ({
    kind: `${other} at the end of part ${part}`,
    alter: (text) =>
      text
        .split('.')
        .map((one, at, all) => (at === part % all.length ? one.slice(0, -1) + other : one))
        .join('.'),
  })),
  fc.tuple(place, letter).map(([at, other]) => ({
    kind: `${other} instead at ${at}`,
    alter: (text) => put(text, at % text.length, 1, other),
  })),
  fc
    .tuple(place, letter)
    .map(([at, other]) => ({ kind: `${other} more at ${at}`, alter: (text) => put(text, at, 0, other) })),
  fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(([at, length]) => ({
    kind: `${length} less at ${at}`,
    alter: (text) => put(text, at, length, ''),
  })),
  place.map((at) => ({ kind: `cut at ${at}`, alter: (text) => text.slice(0, at % text.length) })),
  fc.tuple(place, place).map(([at, which]) => ({
    kind: `spliced at ${at} with ${which}`,
    alter: (text, others) =>
      text.slice(0, at % text.length) + (others[which % others.length] ?? '').slice(at % text.length),
  })),
  place.map((which) => ({
    kind: `somebody else’s ${which}`,
    alter: (_, others) => others[which % others.length] ?? '',
  })),
  fc.tuple(fc.nat({ max: 4 }), place).map(([part, which]) => ({
    kind: `part ${part} of ${which}`,
    alter: (text, others) => {
      const parts = (others[which % others.length] ?? '').split('.');
      return text
        .split('.')
        .map((one, at) => (at === part ? (parts[at] ?? one) : one))
        .join('.');
    },
  })),
  fc
    .constantFrom<Alter>(
      (text) => Buffer.from(text, 'base64url').toString('base64'),
      (text) => `${text}=`,
      (text) => ` ${text}`,
      (text) => `${text}\t`,
      (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
      (text) => text.replaceAll('.', '.\n'),
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => [...text].reverse().join(''),
      (text) => encodeURIComponent(encodeURIComponent(text)),
      (text) => `${text}${text}`,
      (text) => `W/${text}`,
      () => '',
      () => '*',
      () => '\0',
      () => 'A'.repeat(1999),
    )
    .map((alter) => ({ kind: String(alter), alter })),
  fc
    .constantFrom(
      { alg: 'none' },
      { alg: 'dir', enc: 'A128GCM' },
      { alg: 'dir', enc: 'A256GCM', zip: 'DEF' },
      { alg: 'A256KW', enc: 'A256GCM' },
      { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 1, p2s: 'AAAA' },
      { enc: 'A256GCM', alg: 'dir' },
      {},
    )
    .map((header) => ({
      kind: `header ${JSON.stringify(header)}`,
      alter: (text) => [encode(header), ...text.split('.').slice(1)].join('.'),
    })),
  fc.string({ maxLength: 60 }).map((text) => ({ kind: `made up ${JSON.stringify(text)}`, alter: () => text })),
];

export const alteration = fc.oneof(...alterations);
