import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import type { NewMessage } from '../../src/model/index.js';
import type { WriteOptions } from '../../src/backend/portal-backend.js';
import { BackendError } from '../../src/backend/backend-error.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import { listen } from './announcements.js';
import { fakeBackend, messageOf } from './fake-backend.js';
import { choose, drag, filesBackend, paste, pixel, rows, sentTo, soon, textFile } from './files.js';
import { alert, all, button, cleanups, field, focused, part, show, text, type, until } from './screen.js';
import { itWhere } from '../support/engine.js';

defineTicketDetail();

const reply = () => field('Your reply');
const detailOf = (backend: ReturnType<typeof fakeBackend>) => show('ticket-detail', { backend, ticketId: 't1' });
const progress = () => all('progress') as HTMLProgressElement[];

/** Replies that came to the backend. */
function keeping() {
  const replies: (NewMessage & WriteOptions)[] = [];
  const send = async (_id: string, input: NewMessage, options: WriteOptions) => {
    replies.push({ ...input, ...options });
    return messageOf({ id: 'm2', text: input.body });
  };
  return { replies, reply: send };
}

describe('files of a reply', () => {
  it('are offered where the portal takes any, with what may be sent', async () => {
    const plain = detailOf(fakeBackend());
    await reply();
    plain.remove();
    const { backend } = filesBackend();
    detailOf(backend);
    const add = await button('Add files');
    await text('Up to 3 files of up to 2 kB each.');
    expect(add.getAttribute('aria-describedby')).to.equal((await part('files-limits')).id);
    expect(all('[part~=add-files]')).to.have.length(1);
  });

  it('are not offered where there is no room for one', async () => {
    const { backend } = filesBackend({}, { attachmentsPerMessage: 0 });
    detailOf(backend);
    await button('Send reply');
    expect(all('[part~=files-box]')).to.have.length(0);
  });

  it('open the browser’s own choice, which says nothing of kinds: a phone then offers its camera', async () => {
    const { backend } = filesBackend();
    detailOf(backend);
    const opened: HTMLInputElement[] = [];
    const { click } = HTMLInputElement.prototype;
    HTMLInputElement.prototype.click = function open() {
      opened.push(this);
    };
    cleanups.push(() => void (HTMLInputElement.prototype.click = click));
    (await button('Add files')).focus();
    await sendKeys({ press: 'Enter' });
    expect(opened.map(({ type, multiple, accept }) => [type, multiple, accept])).to.deep.equal([['file', true, '']]);
    expect(opened[0]?.hasAttribute('capture')).to.be.false;
  });

  it('are sent as soon as they are chosen, show how far they are, and go along in their order', async () => {
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    const detail = detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile('one.txt'), textFile('two.txt', 500));
    await sentTo(sent, 2);
    expect(rows()).to.deep.equal(['one.txt (1 kB)', 'two.txt (500 bytes)']);
    sent[0]?.options.progress?.(400);
    await until(() => progress()[0]?.value === 400);
    expect([progress()[0]?.max, progress()[0]?.getAttribute('aria-label')]).to.deep.equal([
      1000,
      'one.txt is on its way',
    ]);
    await button('Cancel one.txt');
    await expect(detail).to.be.accessible();
    sent[1]?.arrive();
    await button('Remove two.txt');
    sent[0]?.arrive();
    await button('Remove one.txt');
    expect(progress()).to.have.length(0);
    (await button('Send reply')).click();
    await until(() => replies.length === 1 && rows().length === 0);
    expect(replies[0]?.attachments).to.deep.equal(['id-one.txt', 'id-two.txt']);
    expect((await reply()).value).to.equal('');
  });

  it('hold a reply until they are there, and the button says so', async () => {
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile());
    await sentTo(sent, 1);
    (await button('Send reply')).click();
    const waiting = await button('Waiting for files …');
    expect(waiting.getAttribute('aria-disabled')).to.equal('true');
    expect((await reply()).readOnly).to.be.true;
    waiting.click();
    expect(replies).to.have.length(0);
    sent[0]?.arrive();
    await until(() => replies.length === 1);
    expect(replies[0]?.attachments).to.deep.equal(['id-hub.txt']);
  });

  it('let a waiting reply go without the one that is taken back', async () => {
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile());
    await sentTo(sent, 1);
    (await button('Send reply')).click();
    await button('Waiting for files …');
    (await button('Cancel hub.txt')).click();
    await until(() => replies.length === 1);
    expect(replies[0]).not.to.have.property('attachments');
    expect(sent[0]?.options.signal?.aborted).to.be.true;
  });

  it('keep the words and hold the reply when one fails, until it is there or taken back', async () => {
    const { said, allSaid } = listen('region');
    // What the test before had to say.
    await allSaid();
    said.length = 0;
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    const detail = detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile());
    await sentTo(sent, 1);
    (await button('Send reply')).click();
    sent[0]?.fail('timeout');
    const again = await button('Try again: hub.txt');
    await until(() => focused() === again);
    expect(rows()).to.deep.equal(['hub.txt (1 kB) The answer took too long. Try again.']);
    expect((await reply()).value).to.equal('See there');
    expect(replies).to.have.length(0);
    await expect(detail).to.be.accessible();
    again.click();
    await sentTo(sent, 2);
    expect(focused()).to.equal(await button('Cancel hub.txt'));
    sent[1]?.arrive();
    await button('Remove hub.txt');
    (await button('Send reply')).click();
    await until(() => replies.length === 1);
    await allSaid();
    expect(said).to.deep.equal([
      'hub.txt is not attached. The answer took too long. Try again.',
      'hub.txt is attached',
      'Reply sent',
    ]);
  });

  it('that cannot be sent are told why at once, and nobody is asked', async () => {
    const { said, allSaid } = listen('region');
    // What the test before had to say.
    await allSaid();
    said.length = 0;
    const { backend, sent } = filesBackend();
    const detail = detailOf(backend);
    await choose(textFile('large.txt', 2001), textFile('empty.txt', 0), textFile('run.exe'));
    await until(() => rows().length === 3);
    expect(rows()).to.deep.equal([
      'large.txt (2 kB) It is larger than 2 kB.',
      'empty.txt (0 bytes) It is empty.',
      'run.exe (1 kB) This kind of file is not accepted. Pack it into a ZIP file.',
    ]);
    await expect(detail).to.be.accessible();
    await allSaid();
    expect(said[0]).to.equal('large.txt is not attached. It is larger than 2 kB.');
    expect(all('[part~=retry]')).to.have.length(0);
    await choose(textFile('more.txt'));
    await alert('A message takes up to 3 files. The others were not added.');
    expect(rows()).to.have.length(3);
    (await button('Remove large.txt')).click();
    await until(() => !all('[role=alert]').length);
    await choose(textFile('more.txt'));
    await sentTo(sent, 1);
  });

  for (const [code, fields, words] of [
    ['unsupported-type', null, 'Its content is not what its name says.'],
    ['rejected', [{ path: 'file', code: 'infected' }], 'A virus was found in it.'],
    ['too-large', null, 'It is larger than 2 kB.'],
    ['rate-limited', null, 'No more files can be sent for now. Try again later.'],
    ['unavailable', null, 'The portal cannot be reached. Try again in a few minutes.'],
  ] as const) {
    it(`say what the portal says of them: ${code}`, async () => {
      const { backend, sent } = filesBackend();
      detailOf(backend);
      await choose(textFile());
      await sentTo(sent, 1);
      sent[0]?.fail(code, { fields });
      await until(() => rows()[0]?.endsWith(words));
      const helps = code === 'rate-limited' || code === 'unavailable';
      expect(all('[part~=retry]')).to.have.length(helps ? 1 : 0);
    });
  }

  it('are taken back by key, and the focus stays among them', async () => {
    const { backend, sent } = filesBackend();
    detailOf(backend);
    await choose(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'));
    await sentTo(sent, 2);
    sent[0]?.arrive();
    await sentTo(sent, 3);
    (await button('Cancel b.txt')).focus();
    await sendKeys({ press: 'Enter' });
    expect(sent[1]?.options.signal?.aborted).to.be.true;
    expect(focused()).to.equal(await button('Cancel c.txt'));
    await sendKeys({ press: 'Enter' });
    expect(focused()).to.equal(await button('Remove a.txt'));
    await sendKeys({ press: ' ' });
    expect(focused()).to.equal(await button('Add files'));
    expect(rows()).to.deep.equal([]);
  });

  it('are dropped onto the box, and only files are', async () => {
    const { backend, sent } = filesBackend();
    detailOf(backend);
    await button('Add files');
    const box = await reply();
    expect(drag('dragover', box).defaultPrevented, 'words go where they are dropped').to.be.false;
    expect(drag('dragover', box, textFile()).defaultPrevented).to.be.true;
    await text('Drop the files here.');
    drag('dragleave', box);
    await text('Up to 3 files of up to 2 kB each.');
    drag('dragover', box, textFile());
    expect(drag('drop', box, textFile('dropped.txt')).defaultPrevented).to.be.true;
    await sentTo(sent, 1);
    expect(sent[0]?.file.name).to.equal('dropped.txt');
    await text('Up to 3 files of up to 2 kB each.');
  });

  itWhere(['pastedFiles'], 'are pasted as pictures; words are pasted as words', async () => {
    const { backend, sent } = filesBackend();
    detailOf(backend);
    await button('Add files');
    const box = await reply();
    expect(paste(box, [pixel('copied.png')], 'from a spreadsheet').defaultPrevented).to.be.false;
    expect(paste(box, [], 'words').defaultPrevented).to.be.false;
    expect(paste(box, [pixel('image.png')]).defaultPrevented).to.be.true;
    await sentTo(sent, 1);
    expect(sent[0]?.file.name).to.equal('image.png');
  });

  it('show a small picture of a picture, and let go of it', async () => {
    const held = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const url = createObjectURL.call(URL, object);
      held.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      held.delete(url);
      revokeObjectURL.call(URL, url);
    };
    cleanups.push(() => void Object.assign(URL, { createObjectURL, revokeObjectURL }));
    const { backend } = filesBackend();
    const detail = detailOf(backend);
    await choose(pixel('a.png'), pixel('b.png'), new File(['<svg/>'], 'c.txt', { type: 'image/svg+xml' }));
    await until(() => all('[part=file-preview]').length === 2);
    const [first, second] = (all('[part=file-preview]') as HTMLImageElement[]).map(({ src }) => src);
    expect([...held]).to.deep.equal([first, second]);
    (await button('Cancel a.png')).click();
    expect([...held]).to.deep.equal([second]);
    detail.remove();
    // What was on its way ends, and updates the element once more.
    await detail.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    await detail.updateComplete;
    expect([...held]).to.deep.equal([]);
    document.body.append(detail);
    await until(() => all('[part=file-preview]').length === 1);
  });

  it('hide a picture that cannot be shown', async () => {
    const { backend } = filesBackend();
    detailOf(backend);
    await choose(new File(['no picture'], 'a.png', { type: 'image/png' }));
    await until(() => rows().length === 1 && !all('[part=file-preview]').length);
  });

  it('that are there come back with the words after a reload', async () => {
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    const before = detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile('one.txt'), textFile('two.txt'));
    await sentTo(sent, 2);
    sent[0]?.arrive();
    await button('Remove one.txt');
    before.remove();
    detailOf(backend);
    await button('Remove one.txt');
    expect(rows()).to.deep.equal(['one.txt (1 kB)']);
    (await button('Send reply')).click();
    await until(() => replies.length === 1);
    expect(replies[0]?.attachments).to.deep.equal(['id-one.txt']);
  });

  it('that have waited too long are said to, and hold the reply until they are taken back', async () => {
    const { replies, reply: send } = keeping();
    const { backend, sent } = filesBackend({ reply: send });
    const before = detailOf(backend);
    type(await reply(), 'See there');
    await choose(textFile());
    await sentTo(sent, 1);
    sent[0]?.arrive({ expiresAt: new Date(0).toISOString() });
    await button('Remove hub.txt');
    before.remove();
    detailOf(backend);
    await until(() => rows()[0] === 'hub.txt (1 kB) It has waited too long. Add it once more.');
    (await button('Send reply')).click();
    await until(() => focused()?.getAttribute('aria-label') === 'Remove hub.txt');
    expect(replies).to.have.length(0);
    (await button('Remove hub.txt')).click();
    (await button('Send reply')).click();
    await until(() => replies.length === 1);
    expect(replies[0]).not.to.have.property('attachments');
  });

  it('are given up when the element goes, and sent again when it is back', async () => {
    const { backend, sent } = filesBackend();
    const detail = detailOf(backend);
    await choose(textFile());
    await sentTo(sent, 1);
    detail.remove();
    expect(sent[0]?.options.signal?.aborted).to.be.true;
    document.body.append(detail);
    await sentTo(sent, 2);
    sent[1]?.arrive();
    await button('Remove hub.txt');
    expect(rows()).to.deep.equal(['hub.txt (1 kB)']);
  });

  it('make another reply of the same words', async () => {
    const keys: string[] = [];
    let down = true;
    const { backend, sent } = filesBackend({
      reply: async (_id, { body }, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (down) throw new BackendError('server');
        return messageOf({ id: 'm2', text: body });
      },
    });
    detailOf(backend);
    type(await reply(), 'See there');
    (await button('Send reply')).click();
    await alert('Not sent.');
    await choose(textFile());
    await sentTo(sent, 1);
    sent[0]?.arrive({ expiresAt: soon() });
    await button('Remove hub.txt');
    down = false;
    (await button('Try again')).click();
    await until(() => keys.length === 2);
    expect(keys[0], 'the first may have been written, without the file').not.to.equal(keys[1]);
  });

  it('of another ticket are not shown here', async () => {
    const { backend, sent } = filesBackend();
    const detail = detailOf(backend);
    await choose(textFile('one.txt'), textFile('two.txt'));
    await sentTo(sent, 2);
    sent[0]?.arrive();
    await button('Remove one.txt');
    detail.ticketId = 't2';
    await until(() => rows().length === 0);
    expect(sent[1]?.options.signal?.aborted).to.be.true;
    detail.ticketId = 't1';
    await until(() => rows()[0] === 'one.txt (1 kB)');
    expect(rows()).to.have.length(1);
  });
});
