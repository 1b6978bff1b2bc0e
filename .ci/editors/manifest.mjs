/** `custom-elements.json` as the generators beside this file read it. */
import { readFileSync } from 'node:fs';

const file = new URL('../../custom-elements.json', import.meta.url);

/** A description on one line: line breaks in comments are only where a line of code was full. */
const flow = (text) => text.replaceAll('\n', ' ');

const withFlow = (list = []) => list.map((one) => ({ ...one, description: flow(one.description) }));

const readClass = (found) => ({
  tag: found.tagName,
  className: found.name,
  description: flow(found.description),
  attributes: withFlow(found.attributes),
  properties: withFlow(found.members.filter(({ kind }) => kind === 'field')),
  methods: withFlow(found.members.filter(({ kind }) => kind === 'method')),
  events: withFlow(found.events),
  slots: withFlow(found.slots),
  parts: withFlow(found.cssParts),
  cssProperties: withFlow(found.cssProperties),
  states: withFlow(found.cssStates),
});

/**
 * @returns The elements with all that their comments promise; `base`, what they inherit; `events`, the fields of each
 * event class by its name. An element's `place` is the slot of `<customer-portal>` that it stands in, and the name that its
 * parts are exported under.
 */
export function readManifest() {
  const { modules } = JSON.parse(readFileSync(file, 'utf8'));
  const classes = modules.flatMap(({ declarations }) => declarations);
  // The owner's element stands on the server's own page: nobody writes its tag, and `index` does not have its class.
  const isForPages = ({ customElement, tagName }) => customElement && tagName !== 'portal-setup';
  const elements = classes.filter(isForPages).map(readClass);
  const slots = elements.flatMap((element) => element.slots).map(({ name }) => name);
  const placeOf = ({ tag }) => slots.find((name) => name && tag.endsWith(`-${name}`));
  const isEvent = ({ superclass }) => superclass.name === 'Event';
  return {
    elements: elements.map((element) => ({ ...element, place: placeOf(element) })),
    base: readClass(
      classes.find(({ superclass, customElement }) => superclass.name === 'LitElement' && !customElement),
    ),
    events: new Map(classes.filter(isEvent).map((found) => [found.name, withFlow(found.members)])),
  };
}

/** The words that an attribute may have, of a type such as `'a' | 'b'`; none when it takes any text. */
export const wordsOf = ({ type }) => [...type.text.matchAll(/'([^']*)'/g)].map(([, word]) => word);

/** A default as it is written in HTML, if there is one to speak of. */
export const defaultOf = ({ default: value }) => (value === "''" ? undefined : value?.replaceAll("'", ''));
