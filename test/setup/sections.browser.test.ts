import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { consenting, portal } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, text, type, until } from '../elements/screen.js';
import { at, keeping, radio } from './setup-page.js';

describe('the settings of a portal', () => {
  it('are reached from each other once it is open', async () => {
    at('/help/name', { getPortal: async () => ({ ...portal, open: true }) });
    await until(() => all('[part=page]').length > 4);
    all('[part=page]')
      .find((link) => link.textContent === 'Sessions')
      ?.click();
    await text('Signed in for');
    expect(location.hash).to.equal('#/help/sessions');
    expect(all('[part=page]').filter((link) => link.ariaCurrent === 'page')).to.have.length(1);
  });

  it('say how long somebody stays signed in', async () => {
    const { changes, answers } = keeping({ open: true });
    at('/help/sessions', answers);
    await radio('20 minutes');
    await radio('15 minutes');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([{ idleMinutes: 20, codeMinutes: 15, version: 3 }]);
  });

  it('have a word for a ticket in every form that each language counts with, shown as customers read it', async () => {
    const { changes, answers } = keeping({ open: true, locales: ['en', 'pl'] });
    at('/help/words', answers);
    type(await field('After “1”'), ' case ');
    const lines = () =>
      all('[part=preview]').map((list) => [...list.querySelectorAll('li')].map((line) => line.innerText));
    await until(() => lines()[1]?.[0] === 'Zgłoszenia' && lines()[0]?.[1] === 'New case');
    expect(lines()[0]).to.deep.equal(['Your tickets', 'New case', '1 case', '2 tickets', '5 tickets']);
    (await button('Save')).click();
    await alert('This is still missing.');
    await until(() => focused()?.id === 'word-en-other');
    type(await field('After “2”'), 'cases');
    (await button('Save')).click();
    await until(() => focused()?.id === 'word-en-nominative');
    type(await field('Many, without a number'), 'cases');
    await until(() => lines()[0]?.[0] === 'Your cases');
    expect(lines()[0]).to.deep.equal(['Your cases', 'New case', '1 case', '2 cases', '5 cases']);
    (await button('Save')).click();
    await text('Saved.');
    const en = { one: 'case', other: 'cases', nominative: 'cases' };
    expect(changes).to.deep.equal([{ words: { ticket: { en } }, version: 3 }]);
    const polish = all('[name^=word-pl-]').map((input) => input.id.replace('word-pl-', ''));
    expect(polish).to.deep.equal(['one', 'few', 'many', 'other', 'nominative']);
  });

  it('go back to our own word where everything is taken out', async () => {
    const ticket = { en: { one: 'case', other: 'cases', nominative: 'cases' } };
    const { changes, answers } = keeping({ open: true, words: { ticket } });
    at('/help/words', answers);
    for (const label of ['After “1”', 'After “2”', 'Many, without a number']) type(await field(label), ' ');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([{ words: { ticket: {} }, version: 3 }]);
  });

  it('say at its field which form the server refuses', async () => {
    const ticket = { en: { one: 'case', other: 'cases', nominative: 'cases' } };
    at('/help/words', {
      getPortal: async () => ({ ...portal, open: true, words: { ticket } }),
      updatePortal: async () => {
        throw new BackendError('invalid', undefined, { fields: [{ path: 'words.ticket.en.other', code: 'too_big' }] });
      },
    });
    await field('After “2”');
    (await button('Save')).click();
    await alert('It has at most 60 letters.');
    await until(() => focused()?.id === 'word-en-other');
  });
});

describe('the consent notice of a portal', () => {
  const write = async (label: string, words: string) => {
    const area = await field(label);
    area.value = words;
    area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const preview = () => all('[part=preview] [part=consent-text]')[0]?.textContent;

  it('is switched on with a text in each language, and looked at as customers will see it', async () => {
    const { changes, answers } = keeping({ ...consenting, consent: { asked: false, text: {} }, consentInForce: null });
    at('/help/consent', answers);
    await until(() => all('[part=in-force]')[0]?.textContent.includes('There is no text yet.'));
    (await field('Ask for consent before a session starts')).click();
    await write('Text: English', ' We keep it.\n\nSee https://a.example/b. ');
    await until(() => preview() === 'We keep it.See https://a.example/b.');
    expect(all('[part=consent-link]').map((link) => link.getAttribute('href'))).to.deep.equal(['https://a.example/b']);
    await write('Text: Polski', 'Zachowamy to.');
    await until(() => preview() === 'Zachowamy to.');
    await text('Zgadzam się i przechodzę dalej');
    (await button('Save')).click();
    await text('Saved.');
    const kept = { en: 'We keep it.\n\nSee https://a.example/b.', pl: 'Zachowamy to.' };
    expect(changes).to.deep.equal([{ consent: { asked: true, text: kept }, version: 3 }]);
  });

  it('says which version is in force and since when', async () => {
    at('/help/consent', { getPortal: async () => consenting });
    await until(() => /In force: version 2, since .*2026/.test(all('[part=in-force]')[0]?.textContent ?? ''));
  });

  it('is refused at the language that has no text, and the rest is kept', async () => {
    const { changes, answers } = keeping(consenting);
    at('/help/consent', answers);
    await write('Text: English', 'A new text.');
    await write('Text: Polski', ' ');
    (await button('Save')).click();
    await text('Write the text in this language too: some of your customers read it.');
    const polish = await field('Text: Polski');
    await until(() => focused() === polish);
    expect(polish.getAttribute('aria-invalid')).to.equal('true');
    expect((await field('Text: English')).value).to.equal('A new text.');
    expect(changes).to.be.empty;
    (await field('Ask for consent before a session starts')).click();
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([{ consent: { asked: false, text: { en: 'A new text.' } }, version: 3 }]);
  });

  it('says at its field what the server refuses', async () => {
    const fields = [{ path: 'consent.text.pl', code: 'missing' }];
    const updatePortal = () => Promise.reject(new BackendError('invalid', undefined, { fields }));
    at('/help/consent', { getPortal: async () => consenting, updatePortal });
    await field('Text: Polski');
    (await button('Save')).click();
    await text('Write the text in this language too: some of your customers read it.');
    await until(() => focused()?.id === 'consent-pl');
  });
});
