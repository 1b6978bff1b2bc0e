import type { Frame } from 'playwright-core';

/** What a page of somebody else's can make a browser do, while its user is signed in to the portal elsewhere. */
export interface HostileCase {
  readonly name: string;
  /** Runs in the page. Tells what it could read, and ends when the browser has done what it was asked to. */
  readonly run: (target: Target) => Promise<unknown>;
  /** Goes not to the portal’s data but to another page of it, or is not sent by every browser. */
  readonly elsewhere?: true;
  /** Leads the page itself away. */
  readonly leaves?: true;
}

export interface Target {
  /** `https://support.example.com/help/api/v1` */
  readonly api: string;
  /** A ticket of the one who is signed in. */
  readonly ticket: string;
  /** Leads a request on, with the `status` and `to` the address that it is asked with. */
  readonly detour: string;
}

export const attack = (frame: Frame, { run }: HostileCase, target: Target): Promise<unknown> =>
  frame.evaluate(run, target);

type Submit = (action: string, method: string, enctype: string, fields: Record<string, string>) => Promise<unknown>;
type Load = (tag: string, attributes: Record<string, string>) => Promise<unknown>;
declare global {
  /** Submits a form into a frame of its own. */
  var submitForm: Submit;
  /** Adds an element and waits until it has loaded or has not. */
  var loadInto: Load;
  /** The answer of `fetch`, as far as the page may read it. */
  var tryFetch: (url: string, init?: RequestInit) => Promise<unknown>;
}

/** What the cases use, put into the page before them. */
export function prepareAttacks(): void {
  const settled = (target: EventTarget, milliseconds = 3000) =>
    new Promise<string>((resolve) => {
      for (const type of ['load', 'error']) target.addEventListener(type, () => resolve(type), { once: true });
      setTimeout(() => resolve('nothing'), milliseconds);
    });
  const read = (frame: HTMLIFrameElement) => {
    try {
      return frame.contentDocument?.documentElement.outerHTML ?? 'unreadable';
    } catch {
      return 'unreadable';
    }
  };
  globalThis.submitForm = async (action, method, enctype, fields) => {
    const frame = document.createElement('iframe');
    frame.name = `into-${Math.random()}`;
    document.body.append(frame);
    const form = Object.assign(document.createElement('form'), { action, method, enctype, target: frame.name });
    for (const [name, value] of Object.entries(fields)) {
      form.append(Object.assign(document.createElement('textarea'), { name, value }));
    }
    document.body.append(form);
    const loaded = settled(frame);
    form.submit();
    return [await loaded, read(frame)];
  };
  globalThis.loadInto = async (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    const loaded = Promise.race([
      settled(element),
      new Promise((resolve) => element.addEventListener('loadstart', () => setTimeout(resolve, 100, 'started'))),
    ]);
    (tag === 'link' ? document.head : document.body).append(element);
    return [await loaded, element instanceof HTMLIFrameElement ? read(element) : ''];
  };
  globalThis.tryFetch = async (url, init) => {
    try {
      const response = await fetch(url, { credentials: 'include', ...init });
      return [response.type, response.status, [...response.headers], await response.text()];
    } catch (error) {
      return String(error);
    }
  };
}

/**
 * Each runs in the page and so takes nothing from outside of it. Reads differ by their limit: browsers would make one request
 * of two that are the same.
 */
export const hostileCases: readonly HostileCase[] = [
  {
    name: 'a form, as it comes',
    run: ({ api, ticket }) =>
      submitForm(`${api}/tickets/${ticket}/messages`, 'post', 'application/x-www-form-urlencoded', { body: 'Forged' }),
  },
  {
    name: 'a form with a file',
    run: ({ api }) => submitForm(`${api}/attachments`, 'post', 'multipart/form-data', { file: 'Forged' }),
  },
  {
    name: 'a form whose text is JSON',
    run: ({ api, ticket }) =>
      submitForm(`${api}/tickets/${ticket}/messages`, 'post', 'text/plain', { '{"body":"Forged","x":"': '"}' }),
  },
  {
    name: 'a form that signs somebody else in',
    run: ({ api }) =>
      submitForm(`${api}/session`, 'post', 'text/plain', {
        '{"method":"password","email":"dave@example.com","password":"portico-demo-2026","x":"': '"}',
      }),
  },
  {
    name: 'a form that says that it means another method',
    run: ({ api }) =>
      submitForm(`${api}/session?_method=DELETE`, 'post', 'application/x-www-form-urlencoded', { _method: 'DELETE' }),
  },
  {
    name: 'a form that reads',
    run: ({ api }) =>
      submitForm(`${api}/tickets?limit=11`, 'get', 'application/x-www-form-urlencoded', { scope: 'mine' }),
  },
  {
    name: 'a form that is led on from here, its body with it',
    run: ({ api, detour, ticket }) =>
      submitForm(
        `${detour}&status=307&to=${encodeURIComponent(`${api}/tickets/${ticket}/close`)}`,
        'post',
        'text/plain',
        {
          '{"x":"': '"}',
        },
      ),
  },
  { name: 'an image', run: ({ api }) => loadInto('img', { src: `${api}/tickets?limit=12` }) },
  {
    name: 'an image with credentials',
    run: ({ api }) => loadInto('img', { src: `${api}/session`, crossorigin: 'use-credentials' }),
  },
  { name: 'a script', run: ({ api }) => loadInto('script', { src: `${api}/tickets?limit=13` }) },
  {
    name: 'a module',
    run: ({ api }) =>
      loadInto('script', { src: `${api}/tickets?limit=14`, type: 'module', crossorigin: 'use-credentials' }),
  },
  { name: 'a style sheet', run: ({ api }) => loadInto('link', { rel: 'stylesheet', href: `${api}/tickets?limit=15` }) },
  { name: 'a video', run: ({ api }) => loadInto('video', { src: `${api}/tickets?limit=16`, preload: 'auto' }) },
  { name: 'an object', run: ({ api }) => loadInto('object', { data: `${api}/tickets?limit=17` }) },
  {
    name: 'a frame of what only elements ask for',
    run: ({ api }) => loadInto('iframe', { src: `${api}/tickets?limit=18` }),
  },
  {
    name: 'a frame of the portal’s own page',
    elsewhere: true,
    run: ({ api }) => loadInto('iframe', { src: api.replace('api/v1', '') }),
  },
  {
    name: 'a look ahead',
    elsewhere: true,
    run: ({ api }) =>
      loadInto('link', {
        rel: 'prefetch',
        href: `${api}/tickets?limit=19`,
        as: 'fetch',
        crossorigin: 'use-credentials',
      }),
  },
  {
    name: 'a load ahead',
    run: ({ api }) =>
      loadInto('link', {
        rel: 'preload',
        href: `${api}/tickets?limit=20`,
        as: 'fetch',
        crossorigin: 'use-credentials',
      }),
  },
  {
    name: 'a link',
    leaves: true,
    run: async ({ api }) => {
      const link = Object.assign(document.createElement('a'), { href: `${api}/tickets?limit=21` });
      document.body.append(link);
      link.click();
    },
  },
  {
    name: 'an address that it goes to',
    leaves: true,
    run: async ({ api }) => location.assign(`${api}/session`),
  },
  {
    name: 'a window of its own',
    run: async ({ api }) => {
      const opened = window.open(`${api}/tickets?limit=22`);
      // The empty page that a window begins with can be read; what comes next must not be.
      let read: string | undefined;
      try {
        for (const end = Date.now() + 15_000; Date.now() < end; ) {
          read = opened?.document.documentElement.outerHTML;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      } catch {
        return 'unreadable';
      }
      return read;
    },
  },
  {
    name: 'a request without CORS of the type text/plain',
    run: ({ api, ticket }) =>
      tryFetch(`${api}/tickets/${ticket}/messages`, {
        mode: 'no-cors',
        method: 'POST',
        body: '{"body":"Forged"}',
      }),
  },
  {
    name: 'a request without CORS of the type application/x-www-form-urlencoded',
    run: ({ api, ticket }) =>
      tryFetch(`${api}/tickets/${ticket}/messages`, {
        mode: 'no-cors',
        method: 'POST',
        body: new URLSearchParams({ body: 'Forged' }),
      }),
  },
  {
    name: 'a request without CORS and without a type',
    run: ({ api, ticket }) =>
      tryFetch(`${api}/tickets/${ticket}/messages`, {
        mode: 'no-cors',
        method: 'POST',
        body: new Blob(['{"body":"Forged"}']),
      }),
  },
  {
    name: 'a request without CORS that claims to be JSON',
    run: ({ api, ticket }) =>
      tryFetch(`${api}/tickets/${ticket}/messages`, {
        mode: 'no-cors',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-portal-client': 'evil/1' },
        body: '{"body":"Forged"}',
      }),
  },
  {
    name: 'a request without CORS that uploads',
    run: ({ api }) => {
      const form = new FormData();
      form.set('file', new File(['Forged'], 'forged.txt', { type: 'text/plain' }));
      return tryFetch(`${api}/attachments`, { mode: 'no-cors', method: 'POST', body: form });
    },
  },
  { name: 'a read without CORS', run: ({ api }) => tryFetch(`${api}/tickets?limit=23`, { mode: 'no-cors' }) },
  { name: 'a read with CORS, without a word of its own', run: ({ api }) => tryFetch(`${api}/tickets?limit=24`) },
  {
    name: 'a read that says what our elements say',
    run: ({ api }) => tryFetch(`${api}/tickets?limit=25`, { headers: { 'x-portal-client': 'portico-elements/1' } }),
  },
  {
    name: 'a reply that says what our elements say',
    run: ({ api, ticket }) =>
      tryFetch(`${api}/tickets/${ticket}/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-portal-client': 'portico-elements/1',
          'idempotency-key': '6f1c1a52-8d3b-4b5e-9a57-0c9f6d1f2b30',
        },
        body: '{"body":"Forged"}',
      }),
  },
  {
    name: 'a sign-in of somebody else',
    run: ({ api }) =>
      tryFetch(`${api}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-portal-client': 'portico-elements/1' },
        body: '{"method":"password","email":"dave@example.com","password":"portico-demo-2026"}',
      }),
  },
  {
    name: 'a sign-in that keeps its token in memory',
    run: ({ api }) =>
      tryFetch(`${api}/session`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-portal-client': 'portico-elements/1',
          'x-portal-carrier': 'memory',
        },
        body: '{"method":"password","email":"dave@example.com","password":"portico-demo-2026"}',
      }),
  },
  {
    name: 'a sign-out',
    run: ({ api }) =>
      tryFetch(`${api}/session`, {
        method: 'DELETE',
        headers: { 'content-type': 'application/json', 'x-portal-client': 'portico-elements/1' },
        body: '{"scope":"all"}',
      }),
  },
  {
    name: 'a request that is led on from here',
    run: ({ api, detour, ticket }) =>
      tryFetch(`${detour}&status=307&to=${encodeURIComponent(`${api}/tickets/${ticket}/messages`)}`, {
        mode: 'no-cors',
        method: 'POST',
        body: '{"body":"Forged"}',
      }),
  },
  {
    name: 'a read that is led on from here',
    run: ({ api, detour }) => tryFetch(`${detour}&status=302&to=${encodeURIComponent(`${api}/tickets?limit=26`)}`),
  },
  {
    name: 'a request that claims to be of the portal’s own origin',
    elsewhere: true,
    run: ({ api }) => tryFetch(`${api}/tickets?limit=27`, { mode: 'same-origin' }),
  },
  {
    name: 'a beacon of text',
    run: async ({ api, ticket }) => navigator.sendBeacon(`${api}/tickets/${ticket}/messages`, '{"body":"Forged"}'),
  },
  {
    name: 'a beacon of JSON',
    run: async ({ api, ticket }) =>
      navigator.sendBeacon(
        `${api}/tickets/${ticket}/messages`,
        new Blob(['{"body":"Forged"}'], { type: 'application/json' }),
      ),
  },
  {
    name: 'a beacon of a form',
    run: async ({ api }) => {
      const form = new FormData();
      form.set('file', new File(['Forged'], 'forged.txt'));
      return navigator.sendBeacon(`${api}/attachments`, form);
    },
  },
  {
    name: 'a stream of events',
    run: ({ api }) =>
      new Promise((resolve) => {
        const source = new EventSource(`${api}/events`, { withCredentials: true });
        const end = (event: Event) => {
          source.close();
          resolve([event.type, (event as MessageEvent<string>).data]);
        };
        for (const type of ['error', 'ready', 'message']) source.addEventListener(type, end);
      }),
  },
  {
    name: 'an old request that watches its upload',
    run: ({ api, ticket }) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${api}/tickets/${ticket}/messages`);
        request.withCredentials = true;
        request.upload.addEventListener('progress', () => {});
        request.addEventListener('loadend', () => resolve([request.status, request.responseText]));
        request.send('{"body":"Forged"}');
      }),
  },
  {
    name: 'a socket',
    run: ({ api }) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${api.replace('http', 'ws')}/events`);
        for (const type of ['open', 'error']) socket.addEventListener(type, () => resolve(type));
      }),
  },
];
