/** The elements on a page or two, for language models and for whoever wants no more: https://llmstxt.org */
import { defaultOf } from './manifest.mjs';

const code = (text) => `\`${text}\``;

const withDefault = (one) => {
  const value = defaultOf(one);
  return value ? `, default ${code(value)}` : '';
};

const property = (one) => {
  const from = one.attribute ? code(one.attribute) : `${code(one.name)}, from script only`;
  return `- ${from} (${code(one.type.text)}${withDefault(one)}): ${one.description}`;
};

const method = ({ name, parameters = [], description }) =>
  `- ${code(`${name}(${parameters.map((one) => `${one.name}: ${one.type.text}`).join(', ')})`)}: ${description}`;

const event = (fields) => (one) => {
  const list = fields.get(one.type.text).map(({ name, type }) => code(`${name}: ${type.text}`));
  const fieldsOf = list.length > 0 ? ` with ${list.join(', ')}` : '';
  return `- ${code(one.name)} (${code(one.type.text)}${fieldsOf}): ${one.description}`;
};

const plain = ({ name, description }) => `- ${name ? code(name) : 'without a name'}: ${description}`;

/** A heading and its lines, unless there are none. */
const section = (title, lines) => (lines.length > 0 ? [`${title}:`, '', ...lines, ''] : []);

const line = (title, list) =>
  list.length > 0 ? [`${title}: ${list.map(({ name }) => code(name)).join(', ')}`, ''] : [];

/** First what all elements have, then each with its own, then the custom properties, which are one set for all. */
export function llmsText({ elements, base, events }, { name, description }) {
  const said = new Set([...base.properties, ...base.methods].map((one) => one.description));
  const own = (list) => list.filter((one) => !said.has(one.description));
  const byName = new Map(
    elements.flatMap(({ cssProperties }) => cssProperties.map((one) => [one.name, one])).toReversed(),
  );
  const cssProperties = [...byName.values()].toReversed();
  return [
    `# ${name}`,
    '',
    `> ${description}`,
    '',
    `Import \`define\` from \`${name}/define\` and call it, or include the \`embed.js\` that the portal's server serves.`,
    'The attribute `backend` says which portal is shown: an address, or `demo`. Events bubble out of shadow roots.',
    '',
    '## Every element',
    '',
    ...section('Attributes and properties', base.properties.map(property)),
    ...section('Methods', base.methods.map(method)),
    ...elements.flatMap((element) => [
      `## <${element.tag}>`,
      '',
      element.description,
      '',
      ...section('Attributes and properties', own(element.properties).map(property)),
      ...section('Methods', own(element.methods).map(method)),
      ...section('Events', element.events.map(event(events))),
      ...section('Slots', element.slots.map(plain)),
      ...line(
        `Parts${element.place ? `, inside \`<customer-portal>\` after \`${element.place}-\`` : ''}`,
        element.parts,
      ),
      ...line('States, each in `:state(…)`', element.states),
    ]),
    '## Custom properties',
    '',
    ...cssProperties.map((one) => `- ${code(one.name)}${withDefault(one)}: ${one.description}`),
    '',
  ].join('\n');
}
