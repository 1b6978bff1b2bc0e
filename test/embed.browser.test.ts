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

  it('puts a tag into what an editor has left of it, with its attributes and what the page has put inside', async () => {
    const page = await open(
      '<div class="help" data-customer-portal data-backend="demo" data-heading-level="3"><a href="/help/">Tickets</a></div>',
    );
    await until(page, 'started');
    const place = page.document.querySelector('.help');
    expect(place?.outerHTML).to.equal(
      '<div class="help"><customer-portal backend="demo" heading-level="3"><a href="/help/">Tickets</a></customer-portal></div>',
    );
  });

  it('finds what stands in for a tag and is added later', async () => {
    const page = await open('');
    page.document.body.append(
      Object.assign(page.document.createElement('div'), { innerHTML: '<p data-ticket-list></p>' }),
    );
    await until(page, 'started');
    expect(page.document.querySelector('p')?.innerHTML).to.equal('<ticket-list></ticket-list>');
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
