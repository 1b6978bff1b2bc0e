import { expect } from '@open-wc/testing';

import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { Message, MessageQuery } from '../../src/model/index.js';
import { fakeBackend, messageOf, ticketOf } from './fake-backend.js';
import { all, button, heading, part, show, until } from './screen.js';

defineTicketDetail();

const mia = { id: 'mia', name: 'Mia Lindqvist', side: 'support' as const };
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const open = (items: readonly Message[], more: Parameters<typeof fakeBackend>[0] = {}) =>
  show('ticket-detail', {
    backend: fakeBackend({
      listMessages: async () => ({ items, nextCursor: null, previousCursor: null }),
      ...more,
    }),
    ticketId: 't1',
  });

/** The root that the HTML of the first such message stands in. */
const htmlRoot = async (): Promise<ShadowRoot> => (await part('html')).shadowRoot as ShadowRoot;

describe('<ticket-detail>, its thread', () => {
  it('makes links of addresses in plain text', async () => {
    open([messageOf({ text: 'See https://example.com/hub, please.' })]);
    const link = (await part('text-link')) as HTMLAnchorElement;
    expect([link.textContent, link.href, link.target, link.rel]).to.deep.equal([
      'https://example.com/hub',
      'https://example.com/hub',
      '_blank',
      'noopener noreferrer nofollow ugc',
    ]);
    expect((await part('text')).textContent).to.equal('See https://example.com/hub, please.');
  });

  it('folds what hangs below an answer, and unfolds it', async () => {
    open([messageOf({ text: 'It is fine now.\n\nOn Monday, Mia wrote:\n> Is it better?' })]);
    expect((await part('text')).textContent).to.equal('It is fine now.');
    const toggle = await part('quote-toggle');
    expect(all('[part=quote-text]')).to.be.empty;
    toggle.click();
    expect((await part('quote-text')).innerText).to.equal('On Monday, Mia wrote:\n> Is it better?');
  });

  it('shows HTML where nothing of the page reaches it, and it reaches nothing', async () => {
    open([
      messageOf({ text: 'Loud', html: '<p class="x">A <b onclick="1">loud</b> word</p><style>*{color:red}</style>' }),
    ]);
    const root = await htmlRoot();
    expect(root.querySelector('div')?.innerHTML).to.equal('<p>A <b>loud</b> word</p>');
    expect(all('[part=text]')).to.be.empty;
  });

  it('shows HTML of earlier messages as well, when the newest are plain', async () => {
    open([], {
      listMessages: async (_, { before }: MessageQuery = {}) => ({
        items: [before ? messageOf({ id: 'm1', html: '<p>The <i>first</i></p>' }) : messageOf({ id: 'm2' })],
        nextCursor: null,
        previousCursor: before ? null : 'earlier',
      }),
    });
    (await button('Show earlier messages')).click();
    expect((await htmlRoot()).textContent).to.equal('The first');
  });

  it('shows the text of HTML that is too large', async () => {
    open([messageOf({ text: 'Much of it', html: '<br>'.repeat(6000) })]);
    expect((await part('text')).textContent).to.equal('Much of it');
    expect(all('[part=html]')).to.be.empty;
  });

  it('asks for no picture of the web until the reader wants it', async () => {
    open([messageOf({ html: `<p>Look:</p><img alt="The hub" src="${location.origin}/picture.png">` })]);
    const image = (await htmlRoot()).querySelector('img') as HTMLImageElement;
    expect(image.hasAttribute('src')).to.equal(false);
    (await button('Show pictures')).click();
    await until(() => image.src === `${location.origin}/picture.png`);
    expect(image.referrerPolicy).to.equal('no-referrer');
    expect(all('[part~=show-images]')).to.be.empty;
  });

  it('shows a picture that came with the message where it belongs, and not among the files', async () => {
    const file = { id: 'f9', name: 'hub.png', type: 'image/png', size: 70, inline: true, contentId: 'hub@mail' };
    const bytes = Uint8Array.from(atob(pixel), (char) => char.charCodeAt(0));
    const asked: string[] = [];
    open([messageOf({ html: '<img alt="The hub" src="cid:hub@mail">', attachments: [file] })], {
      async download(id) {
        asked.push(id);
        return new Blob([bytes], { type: 'image/png' });
      },
    });
    const image = (await htmlRoot()).querySelector('img') as HTMLImageElement;
    await until(() => image.naturalWidth === 1);
    expect(asked).to.deep.equal(['f9']);
    expect(all('[part~=attachment]')).to.be.empty;
  });

  it('shows no file as a picture that is none', async () => {
    const file = { id: 'f9', name: 'x.svg', type: 'image/svg+xml', size: 70, inline: true, contentId: 'x' };
    let asked = false;
    open([messageOf({ html: '<p>a</p><img alt="The hub" src="cid:x">', attachments: [file] })], {
      async download() {
        asked = true;
        return new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });
      },
    });
    await htmlRoot();
    expect(asked).to.equal(false);
  });

  it('says where it goes on since the last visit', async () => {
    const thread = [
      messageOf({ id: 'm1', createdAt: '2026-01-05T10:00:00.000Z' }),
      messageOf({ id: 'm2', author: mia, createdAt: '2026-01-06T10:00:00.000Z' }),
      messageOf({ id: 'm3', createdAt: '2026-01-07T10:00:00.000Z' }),
      messageOf({ id: 'm4', author: mia, createdAt: '2026-01-08T10:00:00.000Z' }),
    ];
    open(thread, { getTicket: async () => ticketOf({ readAt: '2026-01-06T12:00:00.000Z' }) });
    const mark = await part('new');
    expect(mark.textContent).to.equal('New since your last visit');
    expect((mark.nextElementSibling as HTMLElement).dataset['message']).to.equal('m4');
  });

  it('marks nothing as new on the first visit', async () => {
    open([messageOf({ author: mia })]);
    await heading('The hub is silent');
    expect(all('[part=new]')).to.be.empty;
  });

  describe('a message that the address names', () => {
    const address = location.href;
    afterEach(() => history.replaceState(null, '', address));

    const pages: Record<string, readonly Message[]> = {
      newest: [messageOf({ id: 'm9', text: 'Ninth' })],
      earlier: [messageOf({ id: 'm3', text: 'Third' }), messageOf({ id: 'm4', text: 'Fourth' })],
      first: [messageOf({ id: 'm1', text: 'First' })],
    };
    const paged = async (_: string, { before = 'newest' }: MessageQuery = {}) => ({
      items: pages[before] ?? [],
      nextCursor: null,
      previousCursor: { newest: 'earlier', earlier: 'first' }[before] ?? null,
    });

    it('is looked for among the earlier ones, shown and focused', async () => {
      history.replaceState(null, '', '?ticket.message=m3');
      const detail = open([], { listMessages: paged });
      await heading('The hub is silent');
      await until(() => (detail.shadowRoot?.activeElement as HTMLElement | null)?.dataset['message'] === 'm3');
      expect(all('[data-message]').map(({ dataset }) => dataset['message'])).to.deep.equal(['m3', 'm4', 'm9']);
      expect((await part('message-linked')).dataset['message']).to.equal('m3');
    });

    it('is the one whose time somebody has clicked on', async () => {
      open([messageOf({ id: 'm5' })]);
      const link = (await part('permalink')) as HTMLAnchorElement;
      expect(new URL(link.href).searchParams.get('ticket.message')).to.equal('m5');
      link.click();
      expect(location.search).to.include('ticket.message=m5');
      await until(() => all('[part~=message-linked]').length === 1);
    });

    it('does no harm when there is no such message', async () => {
      history.replaceState(null, '', '?ticket.message=nobody');
      open([], { listMessages: paged });
      await heading('The hub is silent');
      expect(all('[part~=message]')).to.have.length(4);
    });
  });
});
