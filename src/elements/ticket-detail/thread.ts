import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { fileSize } from '../../i18n/file-size.js';
import type { Attachment, Message } from '../../model/index.js';
import type { Translate } from '../templates.js';
import { onPlainClick } from '../clicks.js';
import { renderTime } from '../templates.js';
import type { Bodies } from './bodies.js';
import { htmlBody } from './html-body.js';
import { renderText } from './message-text.js';

export interface ThreadView {
  readonly t: Translate;
  readonly locale: string;
  /** Whose messages are "You". */
  readonly contactId: string;
  /** Absent when the backend has no files to give. */
  readonly download: ((file: Attachment) => void) | undefined;
  /** The file on its way, or the last one that failed. */
  readonly file: Attachment | undefined;
  readonly failure: unknown;
  readonly bodies: Bodies;
  /** Ids of messages whose images of the web the reader wants to see. */
  readonly images: ReadonlySet<string>;
  readonly showImages: (message: Message) => void;
  /** The bytes of a file that is shown inside of a message. */
  readonly load: ((file: Attachment) => Promise<Blob | undefined>) | undefined;
  /** Until when the reader had read the thread when they came; `null` for the first visit. */
  readonly visitedAt: string | null;
  /** The address of a message, for who wants to point at it; absent where addresses say nothing. */
  readonly href: ((message: Message) => string) | undefined;
  readonly point: (message: Message) => void;
  /** The message that the page's address names. */
  readonly target: string | null;
  /** The words of a reply on its way. */
  readonly sending: string | undefined;
}

/** The messages and changes of status of a ticket, oldest first. */
export function renderThread(messages: readonly Message[], view: ThreadView) {
  const fresh = firstNew(messages, view);
  return html`<ol part="thread" role="list">
    ${repeat(
      messages,
      ({ id }) => id,
      (message) =>
        html`${message === fresh ? html`<li part="new" class="meta">${view.t('detail.new')}</li>` : nothing}
          ${message.kind === 'status' ? renderStatusChange(message, view) : renderMessage(message, view)}`,
    )}
    ${view.sending === undefined ? nothing : renderSending(view.sending, view)}
  </ol>`;
}

/** What somebody has just written stands where it will be, and says that it is not there yet. */
const renderSending = (
  words: string,
  { t }: ThreadView,
) => html`<li part="message message-contact message-own message-sending">
    <p part="message-head"><b part="author">${t('you')}</b> <span class="meta" part="meta">${t('reply.sending')}</span></p>
    ${renderText(t, words)}
  </li>`;

/** The first that the reader has not seen; none on the first visit, when all of them are new. */
const firstNew = (messages: readonly Message[], { visitedAt, contactId }: ThreadView): Message | undefined =>
  visitedAt === null
    ? undefined
    : messages.find(({ createdAt, author }) => createdAt > visitedAt && author.id !== contactId);

function renderStatusChange({ id, status, createdAt }: Message, { t, locale }: ThreadView) {
  return html`<li part="event" class="meta" data-message=${id} tabindex="-1">
    ${t('detail.status-changed', { from: status?.from ?? '', to: status?.to ?? '' })} · ${renderTime(locale, createdAt)}
  </li>`;
}

function renderMessage(message: Message, view: ThreadView) {
  const { author } = message;
  const { t } = view;
  const mine = author.id === view.contactId;
  const own = mine ? 'message-own' : '';
  const linked = message.id === view.target ? 'message-linked' : '';
  const files = listedFiles(message, view);
  return html`<li part="message message-${author.side} ${own} ${linked}" data-message=${message.id} tabindex="-1">
    <article aria-labelledby="author-${message.id}">
      <p part="message-head" id="author-${message.id}">
        <b part="author"><bdi>${mine ? t('you') : author.name}</bdi></b>
        <span class="meta" part="meta">${author.side === 'support' ? html`${t('support')} · ` : nothing}${renderPermalink(message, view)}</span>
      </p>
      ${renderBody(message, view)} ${files.length ? renderFiles(files, view) : nothing}
    </article>
  </li>`;
}

function renderPermalink(message: Message, { locale, href, point }: ThreadView) {
  const time = renderTime(locale, message.createdAt);
  return href
    ? html`<a part="permalink" href=${href(message)} @click=${onPlainClick(() => point(message))}>${time}</a>`
    : time;
}

function renderBody(message: Message, { t, bodies, images, showImages, load }: ThreadView) {
  const body = bodies.of(message);
  if (!body) return renderText(t, message.text);
  const { attachments } = message;
  const shown = images.has(message.id);
  const view = { body, images: shown, quoted: t('detail.quoted'), attachments, load };
  return html`<div part="html" ${htmlBody(view)}></div>
    ${
      body.remote.length && !shown
        ? html`<p class="meta" part="images">
            ${t('detail.images-held')}
            <button part="button button-plain show-images" type="button" @click=${() => showImages(message)}>${t('detail.images-show')}</button>
          </p>`
        : nothing
    }`;
}

/** Those that the HTML of the message does not show itself. */
function listedFiles(message: Message, { bodies, load }: ThreadView): readonly Attachment[] {
  const shown = load ? bodies.of(message)?.inline.map(({ contentId }) => contentId) : undefined;
  return message.attachments.filter(({ contentId }) => contentId === null || !shown?.includes(contentId));
}

function renderFiles(attachments: readonly Attachment[], { t, locale, download, file, failure }: ThreadView) {
  return html`<ul part="attachments" role="list" aria-label=${t('detail.files')}>
      ${attachments.map((attachment) => {
        const label = html`<bdi part="file-name">${attachment.name}</bdi> <span class="meta" part="file-size">(${fileSize(locale, attachment.size)})</span>`;
        return html`<li>
          ${
            download
              ? html`<button part="button button-plain attachment" type="button" @click=${() => download(attachment)}>${label}</button>`
              : label
          }
        </li>`;
      })}
    </ul>
    ${file && attachments.includes(file) ? failure : nothing}`;
}
