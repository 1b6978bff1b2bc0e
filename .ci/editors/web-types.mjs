/** Web-types for WebStorm and its kin: https://plugins.jetbrains.com/docs/intellij/websymbols-web-types.html */
import { defaultOf } from './manifest.mjs';

const named = ({ name, description }) => ({ name, description });

/** Types as in the manifest; a class is a symbol of the package itself. */
function typeOf({ type }, module) {
  const members = type.text.split(' | ').filter((member) => member !== 'undefined');
  const types = members.map((name) => (/^[A-Z]\w*$/.test(name) ? { module, name } : name));
  return types.length === 1 ? types[0] : types;
}

const withDefault = (one) => {
  const value = defaultOf(one);
  return value && { default: value };
};

/** All of the manifest but methods, which the format leaves to the types of the package. */
export function webTypes({ elements }, { name: library, version }) {
  // Inside the portal the parts of its elements bear the name of their place first.
  const inside = elements.flatMap(({ place, parts }) =>
    (place ? parts : []).map(({ name, description }) => ({ name: `${place}-${name}`, description })),
  );
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: library,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tag,
          description: element.description,
          source: { module: library, symbol: element.className },
          attributes: element.attributes.map((attribute) => ({
            ...named(attribute),
            value: { type: typeOf(attribute, library), ...withDefault(attribute) },
          })),
          slots: element.slots.map(({ name, description }) => ({ name: name || 'default', description })),
          js: {
            properties: element.properties.map((property) => ({
              ...named(property),
              type: typeOf(property, library),
              ...withDefault(property),
            })),
            events: element.events.map((event) => ({ ...named(event), type: typeOf(event, library) })),
          },
          css: {
            properties: element.cssProperties.map((property) => ({ ...named(property), ...withDefault(property) })),
            parts: [...element.parts.map(named), ...(element.tag === 'customer-portal' ? inside : [])],
            'pseudo-classes': element.states.map(({ name, description }) => ({ name: `state(${name})`, description })),
          },
        })),
      },
    },
  };
}
