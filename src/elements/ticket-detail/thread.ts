import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { fileSize } from '../../i18n/file-size.js';
import type { Attachment, Message } from '../../model/index.js';
import type { Translate } from '../templates.js';
import { renderTime } from '../templates.js';

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
}

/** The messages and changes of status of a ticket, oldest first. */
export const renderThread = (messages: readonly Message[], view: ThreadView) =>
  html`<ol part="thread" role="list">
    ${repeat(
      messages,
      ({ id }) => id,
      (message) => (message.kind === 'status' ? renderStatusChange(message, view) : renderMessage(message, view)),
    )}
  </ol>`;

function renderStatusChange({ id, status, createdAt }: Message, { t, locale }: ThreadView) {
  return html`<li part="event" class="meta" data-message=${id} tabindex="-1">
    ${t('detail.status-changed', { from: status?.from ?? '', to: status?.to ?? '' })} · ${renderTime(locale, createdAt)}
  </li>`;
}

function renderMessage(message: Message, view: ThreadView) {
  const { author, createdAt, text, attachments } = message;
  const { t, locale } = view;
  const mine = author.id === view.contactId;
  return html`<li part="message message-${author.side} ${mine ? 'message-own' : ''}" data-message=${message.id} tabindex="-1">
    <article aria-labelledby="author-${message.id}">
      <p part="message-head" id="author-${message.id}">
        <b part="author"><bdi>${mine ? t('you') : author.name}</bdi></b>
        <span class="meta" part="meta">${author.side === 'support' ? html`${t('support')} · ` : nothing}${renderTime(locale, createdAt)}</span>
      </p>
      <div part="text" dir="auto">${text}</div>
      ${attachments.length ? renderFiles(attachments, view) : nothing}
    </article>
  </li>`;
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
