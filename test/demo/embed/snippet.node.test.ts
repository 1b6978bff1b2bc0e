import { describe, expect, it } from 'vitest';

import { toHtml } from '../../../demo/scripts/embed/html.js';
import { options } from '../../../demo/scripts/embed/options.js';
import { toReact } from '../../../demo/scripts/embed/react.js';
import { readSettings } from '../../../demo/scripts/embed/settings.js';
import { makeSnippet, type Snippet } from '../../../demo/scripts/embed/snippet.js';
import { toVue } from '../../../demo/scripts/embed/vue.js';
import manifest from '../../../custom-elements.json' with { type: 'json' };

const portal = 'https://support.example.com/help';

const snippetOf = (query: string, language: 'en' | 'pl' = 'en', integrity: string | null = null): Snippet =>
  makeSnippet(readSettings(new URLSearchParams(query)), { portal, language, integrity });

describe('the snippet', () => {
  it('is a rule, a script and a tag with a link', () => {
    expect(toHtml(snippetOf(''))).toBe(`<style>
  customer-portal:not(:defined) { display: block; min-block-size: 20em; }
</style>
<script type="module" src="https://support.example.com/help/embed.js"></script>
<customer-portal>
  <a href="https://support.example.com/help/">Your tickets</a>
</customer-portal>`);
  });

  it('is two lines where nothing else is wanted', () => {
    expect(toHtml(snippetOf('fallback=no&space=no'))).toBe(`<script type="module" src="${portal}/embed.js"></script>
<customer-portal></customer-portal>`);
  });

  it('has a hash only where one is wanted', () => {
    expect(toHtml(snippetOf('integrity=yes', 'en', 'sha384-abc'))).toContain(
      'embed.js" integrity="sha384-abc" crossorigin></script>',
    );
    expect(toHtml(snippetOf('', 'en', 'sha384-abc'))).not.toContain('integrity');
  });

  it('has a list of its own inside the portal where something is said of lists', () => {
    expect(toHtml(snippetOf('state=open&level=3&language=pl&fallback=no'))).toContain(
      `<customer-portal lang="pl" heading-level="3">
  <ticket-list slot="list" state="open" heading-level="3"></ticket-list>
</customer-portal>`,
    );
  });

  it('has its link in the language that the portal speaks, else in that of the page', () => {
    expect(toHtml(snippetOf('', 'pl'))).toContain('Twoje zgłoszenia');
    expect(toHtml(snippetOf('language=en', 'pl'))).toContain('Your tickets');
    expect(toHtml(snippetOf('language=pl', 'en'))).toContain('Twoje zgłoszenia');
  });

  it('says only of an element what the element has', () => {
    expect(toHtml(snippetOf('parts=portal-login,ticket-list&routing=hash&state=closed&fallback=no'))).toContain(
      '<portal-login></portal-login>\n<ticket-list state="closed"></ticket-list>',
    );
  });

  it('writes black on an accent that white cannot be read on, and nothing on any other', () => {
    expect(toHtml(snippetOf('accent=%23ffcc00'))).toContain('--portal-color-on-accent: #000;');
    expect(toHtml(snippetOf('accent=%237a3e9d'))).not.toContain('on-accent');
  });

  it('brings a theme along, in each language as it is done there', () => {
    const themed = { ...snippetOf('space=no'), sheet: `${portal}/themes/calm.css` };
    expect(toHtml(themed)).toContain(`<link rel="stylesheet" href="${themed.sheet}">`);
    expect(toReact(themed)).toContain(`<link rel="stylesheet" href="${themed.sheet}" precedence="default" />`);
    expect(toVue(themed)).toContain(`<style>\n@import url("${themed.sheet}");\n</style>`);
  });

  it('is one element in React where it is one', () => {
    expect(toReact(snippetOf('fallback=no&space=no'))).toContain(`return (
    <customer-portal backend="${portal}" />
  );`);
  });
});

it('offers no attribute that an element does not have, and no value that it does not know', () => {
  const declared = manifest.modules
    .flatMap(({ declarations }) => declarations as readonly Declared[])
    .filter(({ tagName }) => tagName);
  const missing = options.flatMap(({ attribute, tags, values }) =>
    tags.flatMap((tag) => {
      const found = declared.find(({ tagName }) => tagName === tag)?.attributes?.find(({ name }) => name === attribute);
      const words = [...(found?.type?.text ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word);
      if (words.length === 0) return found || attribute === 'lang' ? [] : [`${tag} ${attribute}`];
      return values.filter(({ value }) => !words.includes(value)).map(({ value }) => `${tag} ${attribute}=${value}`);
    }),
  );
  expect(missing).toEqual([]);
});

interface Declared {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string; readonly type?: { readonly text: string } }[];
}
