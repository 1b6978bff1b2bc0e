import { html, nothing } from 'lit';

import type { SignOutScope } from '../../model/index.js';
import type { Translate } from '../templates.js';

export interface AccountView {
  readonly t: Translate;
  readonly pending: boolean;
  readonly untilReload: boolean;
  /** Other sessions have just been ended. */
  readonly alone: boolean;
  /** Texts that signing out would delete: it was asked for, and waits for a yes. */
  readonly unsent: number;
  readonly signOut: (scope: SignOutScope) => void;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Ways out for who does not trust another device any more. */
export const renderSignOuts = ({ t, pending, signOut }: AccountView) =>
  (['others', 'all'] as const).map(
    (
      scope,
    ) => html`<button class="meta" part="button button-plain sign-out-${scope}" type="button" aria-disabled=${pending}
      @click=${() => signOut(scope)}>${t(`login.sign-out-${scope}`)}</button>`,
  );

/** What is worth knowing of the session. */
export const renderNotes = ({ t, untilReload, alone }: AccountView) => [
  alone ? html`<p class="meta" part="notice">${t('login.others-out')}</p>` : nothing,
  untilReload ? html`<p class="meta" part="notice">${t('login.until-reload')}</p>` : nothing,
];

/** Asks before what was typed is gone. */
export const renderUnsent = ({ t, unsent, pending, stay, leave }: AccountView) =>
  unsent
    ? html`<div part="unsent" role="alertdialog" aria-labelledby="unsent" tabindex="-1">
        <p id="unsent">${t('login.unsent', { count: unsent })}</p>
        <div class="bar">
          <button part="button button-primary stay" type="button" @click=${stay}>${t('login.stay')}</button>
          <button part="button leave" type="button" aria-disabled=${pending} @click=${leave}>${t('login.leave')}</button>
        </div>
      </div>`
    : nothing;
