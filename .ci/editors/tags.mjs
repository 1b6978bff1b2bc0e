/** The one table behind all typings of frameworks: what each tag is, takes and fires. */
import { wordsOf } from './manifest.mjs';

const comment = ({ description }) => `/** ${description} */`;

/** What may stand in markup: the words, a number also as digits, otherwise any text. */
function attributeType(attribute) {
  if (wordsOf(attribute).length > 0) return attribute.type.text;
  return attribute.type.text === 'number' ? 'number | `${number}`' : attribute.type.text;
}

const members = (lines) => `{\n${lines.map((line) => `      ${line.replaceAll('\n', '\n      ')}\n`).join('')}    }`;

const optional = (one, name, type) => `${comment(one)}\n${name}?: ${type} | undefined;`;

function entry({ tag, className, description, attributes, properties, events }) {
  const ofAttribute = (one) => optional(one, one.name.includes('-') ? `'${one.name}'` : one.name, attributeType(one));
  const ofProperty = (one) => optional(one, one.name, `${className}['${one.name}']`);
  const ofEvent = (one) => `${comment(one)}\n'${one.name}': ${one.type.text};`;
  return `  ${comment({ description })}
  '${tag}': {
    element: ${className};
    attributes: ${members(attributes.map(ofAttribute))};
    properties: ${members(properties.map(ofProperty))};
    events: ${members(events.map(ofEvent))};
  };`;
}

/**
 * The table as a declaration file, with the two types that the frameworks' files are made with. Types of properties are those
 * of the classes, so that nothing can be said here that the elements do not say.
 */
export function tagTypes({ elements, events }) {
  const names = [...elements.map(({ className }) => className), ...events.keys()];
  return `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from '../index.js';

/** What each tag is, takes in markup, takes from script, and fires: made from \`custom-elements.json\`. */
export interface PortalTags {
${elements.map(entry).join('\n')}
}

export type PortalTag = keyof PortalTags;

/** What a template may set: properties by their names, and what only markup has, such as \`heading-level\`. */
export type PortalProps<Tag extends PortalTag> = PortalTags[Tag]['properties'] &
  Omit<PortalTags[Tag]['attributes'], keyof PortalTags[Tag]['properties']>;

/** Listeners for what a tag fires, each under the event's name after a prefix: \`onportal-error\`, \`on:portal-error\`. */
export type PortalListeners<Tag extends PortalTag, Prefix extends string> = {
  [Name in keyof PortalTags[Tag]['events'] as \`\${Prefix}\${Name & string}\`]?:
    | ((event: PortalTags[Tag]['events'][Name] & { readonly currentTarget: PortalTags[Tag]['element'] }) => void)
    | undefined;
};
`;
}
