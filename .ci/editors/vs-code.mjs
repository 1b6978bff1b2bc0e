/** Custom data for VS Code, and for all that share its language services: https://github.com/microsoft/vscode-custom-data */
import { defaultOf, wordsOf } from './manifest.mjs';

const schema = (language) =>
  `https://raw.githubusercontent.com/microsoft/vscode-${language}-languageservice/main/docs/customData.schema.json`;

const markdown = (...paragraphs) => ({ kind: 'markdown', value: paragraphs.filter(Boolean).join('\n\n') });

const said = (one) => {
  const value = defaultOf(one);
  return value ? `${one.description} Default: \`${value}\`.` : one.description;
};

const listed = (title, list) =>
  list.length > 0 &&
  [`**${title}**`, ...list.map(({ name, description }) => `- ${name && `\`${name}\`: `}${description}`)].join('\n');

/** What is offered while somebody writes HTML: tags, their attributes, and the words that these take. */
export const htmlCustomData = ({ elements }) => ({
  $schema: schema('html'),
  version: 1.1,
  tags: elements.map(({ tag, description, attributes, events, slots }) => ({
    name: tag,
    description: markdown(description, listed('Slots', slots), listed('Events', events)),
    attributes: attributes.map((attribute) => ({
      name: attribute.name,
      description: markdown(said(attribute)),
      values: wordsOf(attribute).map((name) => ({ name })),
    })),
  })),
});

/** One entry a name, which says of what elements each of its descriptions holds. */
function merge(found) {
  const byName = new Map();
  for (const { name, saying, where } of found) {
    const sayings = byName.get(name) ?? new Map();
    byName.set(name, sayings.set(saying, [...(sayings.get(saying) ?? []), where]));
  }
  return [...byName].map(([name, sayings]) => ({
    name,
    description: markdown(...[...sayings].map(([saying, where]) => `${saying} ${where.join(', ')}`)),
  }));
}

/** What is offered while somebody writes CSS: custom properties, parts and states. */
export function cssCustomData({ elements }) {
  const all = (list, nameOf) =>
    elements.flatMap(({ tag, [list]: found }) =>
      found.map((one) => ({ name: nameOf(one.name), saying: said(one), where: `\`<${tag}>\`` })),
    );
  const inside = elements.flatMap(({ place, parts }) =>
    (place ? parts : []).map(({ name, description }) => ({
      name: `::part(${place}-${name})`,
      saying: description,
      where: `\`<customer-portal>\``,
    })),
  );
  return {
    $schema: schema('css'),
    version: 1.1,
    properties: merge(all('cssProperties', (name) => name)),
    pseudoElements: merge([...all('parts', (name) => `::part(${name})`), ...inside]),
    pseudoClasses: merge(all('states', (name) => `:state(${name})`)),
  };
}
