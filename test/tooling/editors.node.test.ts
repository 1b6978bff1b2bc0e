import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { getCSSLanguageService, newCSSDataProvider } from 'vscode-css-languageservice';
import cssSchema from 'vscode-css-languageservice/docs/customData.schema.json' with { type: 'json' };
import { getLanguageService, newHTMLDataProvider, TextDocument } from 'vscode-html-languageservice';
import htmlSchema from 'vscode-html-languageservice/docs/customData.schema.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';

import { dataFiles, writeEditorData } from '../../.ci/editors/index.mjs';
import manifest from '../../custom-elements.json' with { type: 'json' };
import { temporaryFolder } from '../support/folder.js';

interface Named {
  readonly name: string;
}
type Lists = Readonly<Record<string, readonly Named[]>>;

/** Those that pages write: the owner's stands on the server's own page. */
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations as unknown as (Lists & { readonly tagName?: string })[])
  .filter(({ tagName }) => tagName && tagName !== 'portal-setup');

/** Every name in one of the manifest's lists, element after element. */
const namesOf = (list: string) => elements.flatMap((element) => (element[list] ?? []).map(({ name }) => name));

/** What the package would hold, as text by file. */
function generate(): Record<string, string> {
  const folder = temporaryFolder();
  const described = { name: '@portico/elements', version: '1.2.3', description: 'A portal' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(described));
  writeEditorData(folder);
  return Object.fromEntries(dataFiles.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** A text with a `|` where the cursor is, as a language service takes it. */
function at(language: string, text: string): { document: TextDocument; offset: number } {
  const document = TextDocument.create(`file:///page.${language}`, language, 1, text.replace('|', ''));
  return { document, offset: text.indexOf('|') };
}

/** What VS Code offers at the cursor in HTML. */
function offeredInHtml(text: string): string[] {
  const data = newHTMLDataProvider('portico', JSON.parse(generate()['html-custom-data.json'] ?? ''));
  const service = getLanguageService({ customDataProviders: [data] });
  const { document, offset } = at('html', text);
  const parsed = service.parseHTMLDocument(document);
  return service.doComplete(document, document.positionAt(offset), parsed).items.map(({ label }) => label);
}

/** What VS Code offers at the cursor in CSS, and what it says of each. */
function offeredInCss(text: string): Map<string, unknown> {
  const data = newCSSDataProvider(JSON.parse(generate()['css-custom-data.json'] ?? ''));
  const service = getCSSLanguageService({ customDataProviders: [data] });
  const { document, offset } = at('css', text);
  const { items } = service.doComplete(document, document.positionAt(offset), service.parseStylesheet(document));
  return new Map(items.map(({ label, documentation }) => [label, documentation]));
}

describe('in VS Code', () => {
  it.each([
    ['html', htmlSchema],
    ['css', cssSchema],
  ])('the custom data for %s is what its format asks for', (language, schema) => {
    const validate = new Ajv({ strict: false }).compile(schema);
    validate(JSON.parse(generate()[`${language}-custom-data.json`] ?? ''));
    expect(validate.errors).toBeNull();
  });

  it('all our tags are offered', () => {
    const tags = elements.map(({ tagName }) => tagName);
    expect(offeredInHtml('<|')).toEqual(expect.arrayContaining(tags));
  });

  it('a tag is offered with its own attributes, and those of no other', () => {
    const offered = offeredInHtml('<ticket-list |>');
    expect(offered).toEqual(expect.arrayContaining(['state', 'backend', 'heading-level']));
    expect(offered).not.toContain('ticket-id');
  });

  it('the words of an attribute are offered', () => {
    expect(offeredInHtml('<ticket-list state="|">')).toEqual(['all', 'open', 'closed']);
    expect(offeredInHtml('<customer-portal routing="|">')).toEqual(['query', 'hash', 'none']);
  });

  it('every custom property is offered once, with what it is for and its default', () => {
    const offered = offeredInCss('ticket-list { --portal| }');
    const ours = [...offered.keys()].filter((name) => name.startsWith('--portal-'));
    expect(ours.toSorted()).toEqual([...new Set(namesOf('cssProperties'))].sort());
    expect(offered.get('--portal-row-padding')).toMatchObject({
      value: expect.stringMatching(/^\w.+\. Default: `\S+`\. `<ticket-list>`$/) as string,
    });
  });

  it('every part and state is offered, and under the name of its place inside the portal', () => {
    const offered = [...offeredInCss('ticket-list:| {}').keys()];
    expect(offered).toEqual(expect.arrayContaining(namesOf('cssParts').map((name) => `::part(${name})`)));
    expect(offered).toEqual(expect.arrayContaining(namesOf('cssStates').map((name) => `:state(${name})`)));
    expect(offered).toEqual(expect.arrayContaining(['::part(list-subject)', '::part(login-submit)']));
    expect(offered).not.toContain('::part(list-reply)');
  });
});

describe('in WebStorm', () => {
  interface Contribution extends Named {
    readonly attributes: readonly Named[];
    readonly js: Lists;
    readonly css: Lists;
  }

  it('web-types have all that the manifest has', () => {
    const { version, contributions } = JSON.parse(generate()['web-types.json'] ?? '') as {
      readonly version: string;
      readonly contributions: { readonly html: { readonly elements: readonly Contribution[] } };
    };
    const found = contributions.html.elements;
    const names = (list: (of: Contribution) => readonly Named[] | undefined) =>
      found.flatMap((of) => list(of) ?? []).map(({ name }) => name);

    expect(version).toBe('1.2.3');
    expect(found.map(({ name }) => name)).toEqual(elements.map(({ tagName }) => tagName));
    expect(names(({ attributes }) => attributes)).toEqual(namesOf('attributes'));
    expect(names(({ js }) => js['events'])).toEqual(namesOf('events'));
    expect(names(({ css }) => css['properties'])).toEqual(namesOf('cssProperties'));
    expect(names(({ css }) => css['parts'])).toEqual(expect.arrayContaining(namesOf('cssParts')));
    expect(names(({ css }) => css['parts'])).toContain('list-subject');
  });
});

describe('llms.txt', () => {
  it('names every tag, attribute, event, slot, part, state and custom property in a few pages', () => {
    const text = generate()['llms.txt'] ?? '';
    const lists = ['attributes', 'events', 'slots', 'cssParts', 'cssStates', 'cssProperties'];
    const names = lists.flatMap(namesOf).filter(Boolean);
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    expect(elements.filter(({ tagName }) => !text.includes(`## <${tagName}>`))).toEqual([]);
    expect(text.length).toBeLessThan(19_000);
  });
});
