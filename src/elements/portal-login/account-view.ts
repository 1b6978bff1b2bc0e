import { html, nothing } from 'lit';

import { loadCode } from '../../load-code.js';
import type { Ending } from '../../controllers/sign-out.js';
import type { Translate } from '../templates.js';
import type { ConsentPanel } from './consent.js';
import type { PortalLoginElement } from './portal-login-element.js';

export interface AccountView {
  readonly host: PortalLoginElement;
  readonly t: Translate;
  readonly pending: boolean;
  readonly untilReload: boolean;
  /** Other sessions have just been ended. */
  readonly alone: boolean;
  /** Texts that signing out would delete: it was asked for, and waits for a yes. */
  readonly unsent: number;
  readonly signOut: (scope: Ending) => void;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Open, of whom. */
const panels = new WeakMap<PortalLoginElement, { readonly contact: string; readonly panel: ConsentPanel }>();

function panelOf({ host }: AccountView): ConsentPanel | undefined {
  const open = panels.get(host);
  return open && open.contact === host.portal.client?.contact?.id ? open.panel : undefined;
}

async function openConsent({ host }: AccountView): Promise<void> {
  const contact = host.portal.client?.contact?.id;
  if (!contact) return;
  try {
    const { ConsentPanel } = await loadCode(() => import('./consent.js'));
    panels.set(host, { contact, panel: new ConsentPanel(host, () => closeConsent(host)) });
    host.requestUpdate();
    host.focusOn('[part=consent] [part=heading]');
  } catch (error) {
    host.portal.lack('unavailable', error);
  }
}

function closeConsent(host: PortalLoginElement): void {
  panels.delete(host);
  host.requestUpdate();
  host.focusOn('[part~=consent-open]');
}

/** Ways out for who does not trust another device any more. */
export const renderSignOuts = (view: AccountView) => {
  const { t, pending, signOut, host } = view;
  const signOuts = (['others', 'all'] as const).map(
    (
      scope,
    ) => html`<button class="meta" part="button button-plain sign-out-${scope}" type="button" aria-disabled=${pending}
      @click=${() => signOut(scope)}>${t(`login.sign-out-${scope}`)}</button>`,
  );
  const consent = html`<button class="meta" part="button button-plain consent-open" type="button"
    aria-expanded=${!!panelOf(view)} @click=${() => (panelOf(view) ? closeConsent(host) : openConsent(view))}>${t('login.consent')}</button>`;
  return [...signOuts, host.portal.client?.supports('consent') ? consent : nothing];
};

/** What is worth knowing of the session. */
export const renderNotes = (view: AccountView) => {
  const { t, untilReload, alone } = view;
  return [
    panelOf(view)?.render(view) ?? nothing,
    alone ? html`<p class="meta" part="notice">${t('login.others-out')}</p>` : nothing,
    untilReload ? html`<p class="meta" part="notice">${t('login.until-reload')}</p>` : nothing,
  ];
};

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
