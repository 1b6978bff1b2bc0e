import { find } from './dom.js';
import { pageLanguage, startPage, withoutServer } from './page.js';
import { watch } from './demo-server.js';

/** The mails that the demo keeps instead of sending them. */

interface KeptMail {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly language: string;
  readonly text: string;
  readonly html: string;
  readonly link: string;
}

interface Outbox {
  readonly keeps: boolean;
  readonly items: readonly KeptMail[];
}

const words = {
  en: { failed: 'The server did not answer. The page goes on asking.', news: 'New mail: ' },
  pl: { failed: 'Serwer nie odpowiedział. Strona pyta dalej.', news: 'Nowa wiadomość: ' },
};

const mails = find<HTMLOListElement>('[data-mails]');
const empty = find<HTMLElement>('[data-empty]');
const sent = find<HTMLElement>('[data-sent]');
const problem = find('[data-problem]');
const news = find('[data-news]');
const template = find<HTMLTemplateElement>('template#mail');

/** The page's policy lets nothing else write HTML. This goes into a frame where nothing runs. */
const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): Rules } };
interface Rules {
  createHTML(html: string): string;
}
const frames: Rules = trustedTypes?.createPolicy('outbox', { createHTML: (html: string) => html }) ?? {
  createHTML: (html) => html,
};

function timeOf(at: string): string {
  const locale = pageLanguage() === 'pl' ? 'pl' : 'en-GB';
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(!isToday && { day: 'numeric', month: 'short' }),
  }).format(new Date(at));
}

function nameTimes(): void {
  for (const time of mails.querySelectorAll('time')) time.textContent = timeOf(time.dateTime);
}

function renderMail(mail: KeptMail): HTMLLIElement {
  const item = find<HTMLLIElement>('li', template.content.cloneNode(true) as DocumentFragment);
  const details = find<HTMLDetailsElement>('details', item);
  const frame = find<HTMLIFrameElement>('iframe', item);
  const text = find<HTMLElement>('pre', item);
  const asText = find<HTMLButtonElement>('[data-text]', item);
  const link = find<HTMLAnchorElement>('[data-open]', item);
  const subject = find<HTMLElement>('.subject', item);
  item.dataset['id'] = mail.id;
  subject.textContent = mail.subject;
  subject.title = mail.subject;
  for (const part of [subject, text]) part.lang = mail.language;
  find('.to', item).textContent = mail.to;
  find<HTMLTimeElement>('time', item).dateTime = mail.at;
  frame.title = mail.subject;
  text.textContent = mail.text;
  if (/^https?:/.test(mail.link)) link.href = mail.link;
  else link.remove();
  asText.addEventListener('click', () => {
    const shown = asText.getAttribute('aria-pressed') !== 'true';
    asText.setAttribute('aria-pressed', String(shown));
    text.hidden = !shown;
    frame.hidden = shown;
  });
  details.addEventListener('toggle', () => {
    if (details.open && !frame.srcdoc) frame.srcdoc = frames.createHTML(mail.html);
  });
  return item;
}

/** What is read stays as it is: new mails come on top, and those of yesterday go. */
function show({ keeps, items }: Outbox): void {
  const isFirst = mails.childElementCount === 0;
  const shown = new Map([...mails.children].map((item) => [(item as HTMLElement).dataset['id'], item]));
  const there = new Set(items.map(({ id }) => id));
  for (const [id, item] of shown) if (!there.has(id ?? '')) item.remove();
  const fresh = items.filter(({ id }) => !shown.has(id));
  mails.prepend(...fresh.map(renderMail));
  nameTimes();
  const [newest] = fresh;
  if (newest && isFirst) find<HTMLDetailsElement>('details', mails).open = true;
  else if (newest) news.textContent = words[pageLanguage()].news + newest.subject;
  empty.hidden = !keeps || items.length > 0;
  sent.hidden = keeps;
}

startPage((language) => {
  document.title = find<HTMLElement>('title').dataset[language] ?? document.title;
  nameTimes();
});
if (withoutServer()) find<HTMLElement>('[data-alone]').hidden = false;
else
  watch<Outbox>('outbox', (outbox) => {
    problem.textContent = outbox ? '' : words[pageLanguage()].failed;
    if (outbox) show(outbox);
  });
