/** The tables of `src/styles/README.md`, made from the manifest: tokens, parts and states, each where it belongs. */

const code = (text) => `\`${text}\``;
const list = (names) => names.map(code).join(' ');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const isShared = ({ inheritedFrom }) => inheritedFrom !== undefined;

function tokenTable(elements) {
  const tokens = new Map();
  // What every element reads comes first, in the order in which it is written down.
  const listed = elements.flatMap(({ tagName, cssProperties }) =>
    cssProperties.map((token) => ({ ...token, tagName })),
  );
  for (const { name, description, tagName, ...token } of [...listed.filter(isShared), ...listed]) {
    const known = tokens.get(name) ?? { description, defaults: new Set(), tags: new Set() };
    tokens.set(name, known);
    known.defaults.add(token.default);
    known.tags.add(tagName);
  }
  const readers = (tags) => {
    const others = elements.map(({ tagName }) => tagName).filter((tagName) => !tags.has(tagName));
    if (others.length === 0) return 'all';
    return others.length === 1 ? `all but ${list(others)}` : list([...tags]);
  };
  const rows = [...tokens].map(([name, { description, defaults, tags }]) => [
    code(name),
    [...defaults].map(code).join(' or '),
    readers(tags),
    description,
  ]);
  return table(['token', 'default', 'read by', 'what it is'], rows);
}

function partTable(elements) {
  const shared = elements[0].cssParts.filter(isShared);
  const rows = elements.map(({ tagName, cssParts }) => [
    code(`<${tagName}>`),
    list(cssParts.filter((part) => !isShared(part)).map(({ name }) => name)),
  ]);
  return table(['', 'parts'], [['all', list(shared.map(({ name }) => name))], ...rows]);
}

const stateTable = (elements) =>
  table(
    ['', 'states'],
    elements.map(({ tagName, cssStates }) => [code(`<${tagName}>`), list(cssStates.map(({ name }) => name))]),
  );

/** The document with its tables as the manifest has them. */
export function withTables(document, manifest) {
  // What has no tokens of its own, the owner's element, is not for pages that have a look.
  const elements = manifest.modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName, cssProperties }) => tagName && cssProperties);
  const tables = { tokens: tokenTable(elements), parts: partTable(elements), states: stateTable(elements) };
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(text)) throw new Error(`The document has no place for ${name}.`);
    return text.replace(place, (_, start, end) => `${start}\n${rows}\n\n${end}`);
  }, document);
}
