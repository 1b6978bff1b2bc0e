import { describe, expect, test } from 'vitest';

import manifest from '../../custom-elements.json' with { type: 'json' };
import { readsOf, sheets } from './sheets.js';

interface Token {
  readonly name: string;
  readonly default: string;
  readonly description: string;
}

/** Of what pages theme: the owner's element, which stands on the server's own page, documents none. */
const documented = new Map(
  manifest.modules
    .flatMap(({ declarations }) => declarations as unknown as { tagName?: string; cssProperties?: Token[] }[])
    .flatMap(({ tagName, cssProperties }) => (tagName && cssProperties ? [[tagName, cssProperties] as const] : [])),
);

/** As it is documented: other tokens by their names alone, and what the sheets keep between them as what it is. */
function shorten(fallback = ''): string {
  const before = fallback;
  const [first] = readsOf(fallback);
  if (!first) return before;
  const whole = `var(${first.name}, ${first.fallback})`;
  const short = first.name.startsWith('--portal-') ? `\0${first.name}\0` : shorten(first.fallback);
  return shorten(fallback.replace(whole, short)).replaceAll(/\0([\w-]+)\0/g, 'var($1)');
}

/** Around a main button, whose text is no colour to mix from. */
const exceptions: Readonly<Record<string, string>> = { '--portal-color-focus': 'var(--portal-color-accent)' };

describe.each([...documented])('<%s>', (tag, tokens) => {
  const reads = readsOf(sheets[tag] ?? '');

  test('reads every token that it documents, and documents every one that it reads', () => {
    const used = new Set(reads.map(({ name }) => name).filter((name) => name.startsWith('--portal-')));
    expect([...used].sort()).toEqual(tokens.map(({ name }) => name).sort());
  });

  test('ends every chain in a literal, and documents the very one', () => {
    for (const { name, fallback } of reads) {
      expect(fallback, `${name} has no fallback`).toBeTruthy();
      const token = tokens.find((candidate) => candidate.name === name);
      if (token) expect([token.default, exceptions[name]], name).toContain(shorten(fallback));
    }
  });
});

test('a token has one default, whatever reads it; only the form to sign in with is narrower than that for a ticket', () => {
  const all = [...documented.values()].flat();
  const first = new Map(all.toReversed().map((token) => [token.name, token.default]));
  const others = all.filter((token) => token.default !== first.get(token.name));
  expect(new Set(others.map(({ name }) => name))).toEqual(new Set(['--portal-form-width']));
});
