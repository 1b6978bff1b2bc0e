import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';

import type { Exchange } from './front.js';

/** Where a token was found: the kind of place, and which one. */
export interface Sighting {
  readonly place: string;
  readonly where: string;
}

/** Tokens that the portal gave out, by whatever way. */
export function tokensIn(traffic: readonly Exchange[]): ReadonlySet<string> {
  const given = traffic.flatMap(({ answered }) =>
    answered.map(([name, value]) => {
      if (name === 'set-cookie') return /^__Host-portal_[sf]_[^=]+=([^;]+)/.exec(value)?.[1];
      return name === 'x-portal-session' || name === 'x-portal-flow' ? value : undefined;
    }),
  );
  return new Set(given.filter((token): token is string => token !== undefined && token !== ''));
}

/** As it is, in the ways that texts are written for others, and as the database keeps it. */
function formsOf(token: string): readonly string[] {
  const hash = createHash('sha256').update(token).digest();
  const encoded = [token, token.split('').toReversed().join('')].map((text) => Buffer.from(text));
  return [
    token,
    ...encoded.flatMap((bytes) => [bytes.toString('hex'), bytes.toString('base64').replace(/.{0,2}=*$/, '')]),
    ...(['hex', 'base64', 'base64url'] as const).map((form) => hash.toString(form)),
  ];
}

/** Each place of the traffic and of the pages where one of the tokens is. */
export function scan(
  tokens: ReadonlySet<string>,
  traffic: readonly Exchange[],
  pages: readonly (readonly [place: string, text: string])[],
): readonly Sighting[] {
  const forms = [...tokens].flatMap(formsOf);
  return [...traffic.flatMap(textsOf), ...pages.map(([place, text]) => ({ place, where: 'the page', text }))].flatMap(
    ({ text, ...sighting }) => (forms.some((form) => text.includes(form)) ? [sighting] : []),
  );
}

function textsOf({ method, url, asked, sent, answered, body }: Exchange) {
  const texts: readonly (readonly [place: string, text: string])[] = [
    ['address', url],
    ...asked.map(([name, value]) => [`request header ${name}`, value] as const),
    ['request body', Buffer.concat(sent).toString('latin1')],
    ...answered.map(([name, value]) => [`answer header ${name}`, value] as const),
    ['answer body', Buffer.concat(body).toString('latin1')],
  ];
  return texts.map(([place, text]) => ({ place, where: `${method} ${new URL(url).pathname}`, text }));
}

/** Everything that scripts of these pages can find, and what their consoles say. */
export interface Looks {
  readonly console: string[];
  /** Looks into each page that is open now. */
  all(): Promise<readonly (readonly [place: string, text: string])[]>;
}

export function watchPages(context: BrowserContext): Looks {
  const written: string[] = [];
  context.on('console', (message) => written.push(message.text()));
  return {
    console: written,
    async all() {
      const pages = context.pages().filter((page) => page.url().startsWith('http'));
      const looks = await Promise.all(pages.map(lookInto));
      return [...looks.flat(), ['console', written.join('\n')]];
    },
  };
}

const lookInto = (page: Page): Promise<[string, string][]> =>
  page.evaluate(async () => {
    const fields: string[] = [];
    const read = (root: Document | ShadowRoot | Element): string => {
      let text = '';
      for (const node of root.children) {
        const { attributes, localName, shadowRoot } = node;
        if ('value' in node) fields.push(String(node.value));
        text += `<${localName} ${[...attributes].map(({ name, value }) => `${name}=${value}`).join(' ')}>`;
        text += [...node.childNodes].map((child) => (child instanceof Element ? '' : child.nodeValue)).join(' ');
        text += (shadowRoot ? read(shadowRoot) : '') + read(node);
      }
      return text;
    };
    const databases = async (): Promise<string> => {
      const found: unknown[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(request.error));
        });
        for (const store of database.objectStoreNames) {
          const request = database.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => request.addEventListener('success', resolve));
          found.push(name, store, request.result);
        }
        database.close();
      }
      return JSON.stringify(found);
    };
    const cached = async (): Promise<string> => {
      const texts: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          texts.push(name, request.url, (await (await cache.match(request))?.text()) ?? '');
        }
      }
      return texts.join(' ');
    };
    return [
      ['document', read(document)],
      ['fields', fields.join(' ')],
      ['local storage', JSON.stringify({ ...localStorage })],
      ['session storage', JSON.stringify({ ...sessionStorage })],
      ['databases', await databases()],
      ['caches', 'caches' in globalThis ? await cached() : ''],
      ['cookies of scripts', document.cookie],
      ['address of the page', location.href],
      ['history', JSON.stringify(history.state)],
      ['name of the window', window.name],
      [
        'requests of the page',
        performance
          .getEntries()
          .map(({ name }) => name)
          .join(' '),
      ],
    ];
  });

/** The kinds of places that a scan looks into, as `leaveEverywhere` fills them. */
export const everyPlace = [
  'address',
  'request header x-note',
  'request body',
  'answer header x-echo',
  'answer body',
  'document',
  'fields',
  'local storage',
  'session storage',
  'databases',
  'caches',
  'cookies of scripts',
  'address of the page',
  'history',
  'name of the window',
  'requests of the page',
  'console',
];

/** Leaves a token in each of these places. */
export const leaveEverywhere = (page: Page, token: string): Promise<void> =>
  page.evaluate(async (text) => {
    await fetch(`/echo?${text}`);
    await fetch('/echo', { headers: { 'x-note': text } });
    await fetch('/echo', { method: 'POST', body: text });
    const element = document.createElement('p');
    element.attachShadow({ mode: 'open' }).append(Object.assign(document.createElement('i'), { title: text }));
    document.body.append(element, Object.assign(document.createElement('input'), { value: text }));
    localStorage.setItem('kept', text);
    sessionStorage.setItem('kept', text);
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('kept');
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('kept').put(text, 1));
      request.addEventListener('success', () => {
        request.result.close();
        resolve();
      });
    });
    await (await caches.open('kept')).put('/kept', new Response(text));
    history.replaceState(text, '', `#${text}`);
    window.name = text;
    console.info(text);
    document.cookie = `kept=${text}`;
  }, token);
