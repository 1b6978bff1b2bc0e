import { expect, waitUntil } from '@open-wc/testing';

interface Host extends Window {
  /** Addresses that elements were started with. */
  started?: string[];
  failed?: string[];
}

const chunk = 'data:text/javascript,export const start = (address) => (globalThis.started ??= []).push(address);';
const brokenChunk = 'data:text/javascript,throw new Error("broken");';

/** A page of its own with the loader in it. The build puts the chunk's name in; here the page does. */
async function open(body: string, elements = chunk): Promise<Host & typeof globalThis> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html>
    <script>
      __PORTICO_CHUNK__ = ${JSON.stringify(elements)};
      addEventListener('portal-load-error', ({ target }) => (globalThis.failed ??= []).push(target.localName));
    </script>
    <script type="module" src="/src/embed.ts"></script>
    ${body}`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  return frame.contentWindow as Host & typeof globalThis;
}

const until = (page: Host, what: 'started' | 'failed') =>
  waitUntil(() => page[what], `nothing ${what}`, { timeout: 10_000 });

const frames = (page: Window, count = 3): Promise<void> =>
  new Promise((resolve) => page.requestAnimationFrame(() => resolve(count > 0 ? frames(page, count - 1) : undefined)));

describe('the loader', () => {
  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('loads nothing on a page without our tags', async () => {
    const page = await open('<p>Hello</p>');
    page.document.body.append(page.document.createElement('article'));
    await frames(page);
    expect(page.started).to.equal(undefined);
  });

  it('starts the elements with the address that the server has written into it', async () => {
    const page = await open('<portal-login></portal-login><ticket-list></ticket-list>');
    await until(page, 'started');
    expect(page.started).to.deep.equal(['__PORTICO_ADDRESS__']);
  });

  it('finds a tag that is added later, deep inside what is added', async () => {
    const page = await open('');
    const section = page.document.createElement('section');
    section.append(page.document.createElement('support-form'));
    page.document.body.append(section);
    await until(page, 'started');
    expect(page.started).to.have.length(1);
  });

  it('starts the elements once, however many tags are added', async () => {
    const page = await open('<customer-portal></customer-portal>');
    await until(page, 'started');
    page.document.body.append(page.document.createElement('ticket-detail'));
    await frames(page);
    expect(page.started).to.have.length(1);
  });

  it('finds what stands in for a tag where an editor strips unknown ones, and what is added later', async () => {
    const page = await open('<div data-customer-portal></div>');
    await until(page, 'started');
    const other = await open('');
    other.document.body.append(
      Object.assign(other.document.createElement('div'), { innerHTML: '<p data-ticket-list></p>' }),
    );
    await until(other, 'started');
  });

  it('does its work once when a page includes it twice', async () => {
    const page = await open('<script type="module" src="/src/embed.ts?again"></script><ticket-list></ticket-list>');
    await until(page, 'started');
    await frames(page);
    expect(page.started).to.have.length(1);
  });

  it('tells every element when the elements cannot be loaded, and leaves what the page put inside', async () => {
    const page = await open(
      '<ticket-list><a href="/help/">Tickets</a></ticket-list><p><portal-login></portal-login></p>',
      brokenChunk,
    );
    await until(page, 'failed');
    expect(page.failed).to.deep.equal(['ticket-list', 'portal-login']);
    expect(page.document.querySelector('a')?.checkVisibility()).to.equal(true);
  });

  it('tries again with the next tag after a failure', async () => {
    const page = await open('<ticket-list></ticket-list>', brokenChunk);
    await until(page, 'failed');
    Object.assign(page, { __PORTICO_CHUNK__: chunk });
    page.document.body.append(page.document.createElement('portal-login'));
    await until(page, 'started');
    expect(page.started).to.have.length(1);
  });
});

const portal = 'https://support.example.com/help';

/** What the loader of a portal asks on a page before the elements do, `language path` each. */
async function askedAhead(body: string, contact: object | null = { id: 'alice' }, setUp = ''): Promise<string[]> {
  const script = (await (await fetch('/src/embed.ts')).text()).replace('__PORTICO_ADDRESS__', portal);
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><html lang="pl">
    <script>
      __PORTICO_CHUNK__ = ${JSON.stringify(chunk.replace('(address) =>', '(address, _, early) => (globalThis.early = early) &&'))};
      __PORTICO_VERSION__ = '1';
      globalThis.asked = [];
      fetch = async (url, { headers }) => {
        asked.push(headers['accept-language'] + ' ' + url);
        return new Response(JSON.stringify({ contact: ${JSON.stringify(contact)} }));
      };
      ${setUp}
    </script>
    ${body}
    <script type="module">${script.replaceAll('</', '<\\/')}</script>`;
  document.body.append(frame);
  const page = frame.contentWindow as Host & { asked: string[]; early: Map<string, Promise<unknown>> };
  await waitUntil(() => page.started, 'nothing started', { timeout: 10_000 });
  await Promise.all(page.early.values());
  return page.asked.map((line) => line.replace(`${portal}/api/v1/`, ''));
}

describe('what the loader asks ahead', () => {
  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
    localStorage.clear();
  });

  it('is who is signed in, the portal, and then the list', async () => {
    expect(await askedAhead('<customer-portal></customer-portal>')).to.deep.equal([
      'pl session',
      'pl portal',
      'pl tickets?state=all&limit=25',
    ]);
  });

  it('is the list at once for who was signed in at the last page', async () => {
    localStorage.setItem(`portico:${portal}`, '1');
    expect(await askedAhead('<ticket-list state="open"></ticket-list>', null)).to.deep.equal([
      'pl session',
      'pl portal',
      'pl tickets?state=open&limit=25',
    ]);
  });

  it('is no list when nobody is signed in, when none is shown, or when it is another one', async () => {
    const first = ['pl session', 'pl portal'];
    expect(await askedAhead('<customer-portal></customer-portal>', null)).to.deep.equal(first);
    expect(await askedAhead('<support-form></support-form>')).to.deep.equal(first);
    expect(await askedAhead('<ticket-list scope="mine"></ticket-list>')).to.deep.equal(first);
    for (const address of ['#ticket=abc', '#tickets.state=open', '#guide&ticket=new']) {
      const there = `location.hash = '${address}'`;
      expect(await askedAhead('<customer-portal></customer-portal>', {}, there), address).to.deep.equal(first);
    }
  });

  it('is in the language of the element, and in English where we have no words', async () => {
    const [session] = await askedAhead('<p lang="de"><portal-login></portal-login></p>');
    const [other] = await askedAhead('<portal-login lang="fr"></portal-login>');
    expect([session, other]).to.deep.equal(['de session', 'en session']);
  });

  it('is nothing for elements with a backend of their own, and nothing where the browser keeps nothing', async () => {
    expect(await askedAhead('<ticket-list backend="demo"></ticket-list>')).to.deep.equal([]);
    const nothing = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('no') } })";
    expect(await askedAhead('<ticket-list></ticket-list>', {}, nothing)).to.deep.equal([]);
  });
});
