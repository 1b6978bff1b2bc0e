import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { fileSize } from '../../i18n/file-size.js';
import { type Limits, type MessageFile, problemText } from './message-file.js';
import type { MessageFiles } from './message-files.js';

/** The files of a message, what may be done with each, and the button for more. */
export function renderFiles(files: MessageFiles, limits: Limits) {
  const { t, locale } = files.host.localize;
  const { rows, dropping, tooMany, locked, waiting } = files;
  const count = limits.attachmentsPerMessage;
  const size = fileSize(locale, limits.attachmentBytes);
  const choose = (event: Event) => {
    const input = (event.currentTarget as HTMLElement).parentElement?.querySelector('input');
    if (!locked && !waiting) input?.click();
  };
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    files.add(input.files ?? []);
    // Or the same file could not be chosen again.
    input.value = '';
  };
  return html`${
    rows.length
      ? html`<ul part="files" role="list" aria-label=${t('files.list')}>
          ${repeat(
            rows,
            (row) => row,
            (row, place) => renderRow(files, row, limits, place),
          )}
        </ul>`
      : nothing
  }
    <div class="bar" ?data-drop=${dropping}>
      <button part="button add-files" type="button" aria-describedby="files-limits" aria-disabled=${locked || waiting} @click=${choose}>${t('files.add')}</button>
      <span class="meta" part="files-limits" id="files-limits">${dropping ? t('files.drop') : t('files.limits', { count, size })}</span>
      <input type="file" multiple hidden aria-hidden="true" tabindex="-1" @change=${take} />
    </div>
    ${tooMany ? html`<p part="error" role="alert">${t('files.too-many', { count })}</p>` : nothing}`;
}

function renderRow(files: MessageFiles, row: MessageFile, limits: Limits, place: number) {
  const { t, locale } = files.host.localize;
  const { name, size, problem, pending, preview, sent } = row;
  const id = `file-problem-${place}`;
  const hide = () => {
    row.hidePreview();
    files.update();
  };
  return html`<li part="file">
    ${preview ? html`<img part="file-preview" src=${preview} alt="" @error=${hide} />` : nothing}
    <div class="facts">
      <bdi part="file-name">${name}</bdi> <span class="meta" part="file-size">(${fileSize(locale, size)})</span>
      ${pending ? html`<progress part="file-progress" max=${size} .value=${sent} aria-label=${t('files.sending', { name })}></progress>` : nothing}
      ${problem ? html`<p part="error" id=${id}>${problemText(t, locale, problem, limits)}</p>` : nothing}
    </div>
    ${
      row.canRetry
        ? html`<button part="button button-plain retry" type="button" aria-label=${t('files.retry', { name })} aria-describedby=${id}
            @click=${() => files.retry(row)}>${t('retry')}</button>`
        : nothing
    }
    <button part="button button-plain file-remove" type="button" aria-label=${t(pending ? 'files.cancel-name' : 'files.remove-name', { name })}
      aria-describedby=${problem ? id : nothing} aria-disabled=${files.locked} @click=${() => files.remove(row)}>${t(pending ? 'files.cancel' : 'files.remove')}</button>
  </li>`;
}
