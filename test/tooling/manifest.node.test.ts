import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import schema from 'custom-elements-manifest/schema.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';

import manifest from '../../custom-elements.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Described {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly parameters?: readonly Described[];
}

interface Declaration extends Described {
  readonly tagName?: string;
  readonly superclass: { readonly name: string };
  readonly attributes?: readonly (Described & { readonly fieldName: string })[];
  readonly members: readonly (Described & { readonly kind: string; readonly attribute?: string })[];
  readonly events?: readonly Described[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
  readonly cssStates?: readonly Described[];
}

const declarations = manifest.modules.flatMap((module) => module.declarations as unknown as Declaration[]);
const elements = declarations.filter(({ tagName }) => tagName);
const eventClasses = declarations.filter(({ superclass }) => superclass.name === 'Event');

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

/** Names of the event classes that are made in some files, as often as they are. */
function firedIn(paths: RegExp): string[] {
  const code = sources.filter((path) => paths.test(path)).map((path) => readFileSync(`${root}src/${path}`, 'utf8'));
  return code.flatMap((text) => [...text.matchAll(/new (Portal\w+Event)\(/g)].map(([, name]) => name!));
}

/** What every element fires, and what the elements fire each for itself. */
const inAll = /^elements\/[^/]+\.ts$/;
const inAny = /^elements\/.+\/.+\.ts$/;

/** `PortalErrorEvent` is `portal-error`. */
const nameOf = (eventClass: string) =>
  eventClass
    .replace(/Event$/, '')
    .replace(/(?!^)[A-Z]/g, '-$&')
    .toLowerCase();

const unique = (names: readonly string[]) => [...new Set(names)].sort();

describe('custom-elements.json', () => {
  it('says what the elements say, and so do the tables of the page on theming', async () => {
    const check = promisify(execFile)(process.execPath, ['.ci/manifest.mjs', '--check'], { cwd: root });
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it('is what its format asks for', () => {
    const validate = new Ajv({ strict: false }).compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  it('has every element and every event', () => {
    const tags = sources.flatMap((path) => /^elements\/(.+)\/define\.ts$/.exec(path)?.[1] ?? []);
    expect(elements.map(({ tagName }) => tagName)).toEqual(tags.toSorted());
    const files = sources.filter((path) => /^events\/.+-event\.ts$/.test(path));
    expect(eventClasses.map(({ name }) => nameOf(name))).toEqual(
      files.map((path) => basename(path, '-event.ts')).sort(),
    );
  });

  it.each(declarations)('leaves nothing of $name without a description', (declaration) => {
    const { attributes = [], members, events = [], slots = [], cssParts = [] } = declaration;
    const { cssProperties = [], cssStates = [] } = declaration;
    const parameters = members.flatMap((member) => member.parameters ?? []);
    const all = [
      declaration,
      attributes,
      members,
      parameters,
      events,
      slots,
      cssParts,
      cssProperties,
      cssStates,
    ].flat();
    expect(all.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });

  it.each(elements)('knows a type for every property of <$tagName>, and a property for every attribute', (element) => {
    const { attributes = [], members } = element;
    const fields = members.filter(({ kind }) => kind === 'field');
    expect(fields.filter(({ type }) => !type?.text)).toEqual([]);
    expect(attributes.filter(({ type }) => !type?.text)).toEqual([]);
    expect(attributes.map(({ name, fieldName }) => [name, fieldName])).toEqual(
      attributes.map(({ name }) => [name, fields.find(({ attribute }) => attribute === name)?.name]),
    );
  });

  it.each(elements)('gives <$tagName> the events that its code fires, and no other', (element) => {
    const { tagName, events = [], slots = [] } = element;
    // What an element in a slot fires goes through the element around it: `<ticket-list>` in the slot `list`.
    const slotted = slots.map(({ name }) => elements.find((other) => name && other.tagName?.endsWith(`-${name}`)));
    const tags = [tagName, ...slotted.flatMap((other) => other?.tagName ?? [])];
    // The owner's element stands on a page of its own, and on nothing that customers' elements have in common.
    const shared = element.superclass?.name === 'LitElement' ? [] : firedIn(inAll);
    const fired = unique([...firedIn(new RegExp(`^elements/(${tags.join('|')})/`)), ...shared]);
    expect(unique(events.map(({ type }) => type!.text))).toEqual(fired);
    expect(unique(events.map(({ name }) => name))).toEqual(fired.map(nameOf).toSorted());
  });

  it('misses no place where an event is made', () => {
    const anywhere = firedIn(/\.ts$/);
    expect(anywhere).toHaveLength(firedIn(inAny).length + firedIn(inAll).length);
    expect(unique(anywhere)).toEqual(unique(eventClasses.map(({ name }) => name)));
  });
});
