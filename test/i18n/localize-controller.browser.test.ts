import { expect } from '@open-wc/testing';
import { LitElement, html } from 'lit';

import { register } from '../../src/elements/register.js';
import { LocalizeController } from '../../src/i18n/localize-controller.js';
import type { Messages, TicketWord } from '../../src/i18n/translate.js';
import { cleanups, show, until } from '../elements/screen.js';

class SpokenWord extends LitElement {
  messages: Messages | undefined;
  ticketWord: TicketWord | undefined;
  readonly localize = new LocalizeController(this);
  override render() {
    return this.localize.ready ? html`<p>${this.localize.t('retry')}</p>` : '';
  }
}
register('spoken-word', SpokenWord);

declare global {
  interface HTMLElementTagNameMap {
    'spoken-word': SpokenWord;
  }
}

const words = (element: Element | null) => element?.shadowRoot?.querySelector('p')?.textContent;
const says = (element: Element | null, text: string) =>
  until(() => words(element) === text, `It says “${words(element)}”, not “${text}”`);

describe('the language of an element', () => {
  it('is that of the nearest lang, not of the page', async () => {
    document.body.innerHTML = '<div lang="pl-PL"><p lang="en"></p><spoken-word></spoken-word></div>';
    await says(document.querySelector('spoken-word'), 'Spróbuj ponownie');
  });

  it('is found through slots and out of shadow roots', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).innerHTML = '<section lang="pl"><slot></slot></section>';
    const word = document.createElement('spoken-word');
    host.append(word);
    document.body.append(host);
    await says(word, 'Spróbuj ponownie');

    const outer = document.createElement('div');
    outer.lang = 'pl';
    const inner = document.createElement('spoken-word');
    outer.attachShadow({ mode: 'open' }).append(inner);
    document.body.append(outer);
    await says(inner, 'Spróbuj ponownie');
  });

  it('follows a change, wherever around the element it happens', async () => {
    const word = show('spoken-word');
    await says(word, 'Try again');
    document.documentElement.lang = 'pl';
    await says(word, 'Spróbuj ponownie');
    word.lang = 'en';
    await says(word, 'Try again');
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<section></section>';
    word.removeAttribute('lang');
    root.firstElementChild?.append(word);
    document.documentElement.lang = 'en';
    document.body.append(host);
    await says(word, 'Try again');
    root.firstElementChild?.setAttribute('lang', 'pl');
    await says(word, 'Spróbuj ponownie');
  });

  it('is English where there are no words of the language', async () => {
    document.documentElement.lang = 'xx';
    const word = show('spoken-word');
    await says(word, 'Try again');
    expect(word.localize.locale).to.equal('en');
  });

  it('is a draft only for a page that asks for it by name', async () => {
    const preferred = (language: string) => {
      Object.defineProperty(navigator, 'language', { value: language, configurable: true });
    };
    cleanups.push(() => Reflect.deleteProperty(navigator, 'language'));
    document.documentElement.removeAttribute('lang');
    preferred('pl-PL');
    await says(show('spoken-word'), 'Spróbuj ponownie');
    preferred('de-AT');
    const word = show('spoken-word');
    await says(word, 'Try again');
    word.lang = 'de-AT';
    await says(word, 'Erneut versuchen');
    expect(word.localize.locale).to.equal('de-AT');
  });

  it('is what the page last asked for, however the catalogues arrive', async () => {
    const word = show('spoken-word');
    await says(word, 'Try again');
    document.documentElement.lang = 'pl';
    document.documentElement.lang = 'en';
    await word.localize.follow();
    await says(word, 'Try again');
  });

  it('is watched for no longer than there are elements', async () => {
    const word = show('spoken-word');
    await says(word, 'Try again');
    word.remove();
    document.documentElement.lang = 'pl';
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(word.localize.locale).to.equal('en');
    document.body.append(word);
    await says(word, 'Spróbuj ponownie');
  });
});
