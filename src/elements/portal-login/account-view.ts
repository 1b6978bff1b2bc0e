import { html, nothing } from 'lit';

import type { SignOutScope } from '../../model/index.js';
import type { Translate } from '../templates.js';

export interface AccountView {
  readonly t: Translate;
  readonly pending: boolean;
  readonly untilReload: boolean;
  /** Other sessions have just been ended. */
  readonly alone: boolean;
  readonly signOut: (scope: SignOutScope) => void;
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
