import { html, nothing } from 'lit';

import type { BackendError } from '../backend/backend-error.js';
import { asOfTime, fullTime, shortTime } from '../i18n/format.js';
import type { MessageArgs, MessageKey } from '../i18n/translate.js';
import type { Status, Ticket, Why } from '../model/index.js';

export type Translate = (key: MessageKey, args?: MessageArgs) => string;

/** A heading of any level: the page's outline decides it, and a template cannot change a tag. */
export const renderHeading = (level: number, text: unknown) =>
  html`<div part="heading" role="heading" aria-level=${level} tabindex="-1" dir="auto">${text}</div>`;

/** Calm lines in the place of what is loading. */
export const renderSkeleton = (label: unknown) =>
  html`<div part="skeleton" role="progressbar" aria-label=${label}><i part="skeleton-line"></i><i part="skeleton-line"></i><i part="skeleton-line"></i><i part="skeleton-line"></i></div>`;

/** What went wrong, in words chosen by its code. */
export function errorText(t: Translate, { code, retryAfter }: BackendError): string {
  const wait = code === 'rate-limited' && retryAfter;
  if (wait) return t('error.wait', { count: Math.ceil(wait / 60) });
  const key = `error.${code}` as const;
  const text = t(key);
  // What only somebody who writes meets comes with the forms; read, it is a mistake of the other side.
  return text === key ? t('error.server') : text;
}

/** A failure with the next step. It is an alert, unless what it stands in is one. */
export const renderFailure = (t: Translate, error: BackendError, retry: () => void, role: unknown = 'alert') =>
  html`<div part="error failure" role=${role}>
    <span>${errorText(t, error)}</span>
    <button part="button button-plain retry" type="button" @click=${retry}>${t('retry')}</button>
  </div>`;

/** How long ago, with the full date for whoever asks. */
export const renderTime = (locale: string, iso: string) => {
  const full = fullTime(locale, iso);
  return html`<time part="time" datetime=${iso} title=${full}>${shortTime(locale, iso)}</time>`;
};

/** The portal shows what it knows, for the help desk behind it does not answer; before it ever did, there may be more. */
export const renderAsOf = (t: Translate, locale: string, asOf: string | null | undefined) =>
  asOf
    ? html`<p class="meta" part="as-of" role="status">${Date.parse(asOf) ? t('as-of', { time: asOfTime(locale, asOf) }) : t('as-of.never')}</p>`
    : nothing;

/** The portal cannot be reached: what is shown was kept on this device. */
export const renderKept = (t: Translate, locale: string, at: string | undefined) =>
  at ? html`<p class="meta" part="as-of">${t('as-of.kept', { time: asOfTime(locale, at) })}</p>` : nothing;

/** A word with a small shape, never a colour alone. */
export const renderStatus = ({ category, label }: Status) =>
  html`<span part="status status-${category.replaceAll('_', '-')}">${label}</span>`;

/** Somebody waits for the reader, and not for a colleague of theirs. */
export const isReadersTurn = ({ turn, why }: Ticket): boolean => turn === 'contact' && why.relation !== 'company';

/** Loud, and the only thing that is. */
export const renderTurn = (t: Translate, ticket: Ticket) =>
  isReadersTurn(ticket) ? html`<span part="turn">${t('turn')}</span>` : nothing;

/** Why the reader sees a ticket. */
export function whyText(t: Translate, { relation, company, condition }: Why): string {
  if (relation !== 'company') return t(`why.${relation}`);
  const name = company?.name ?? '';
  return condition ? t('why.condition', { company: name, ...condition }) : t('why.company', { company: name });
}
