import { html, nothing } from 'lit';

import type { Action, Actions, Category, PortalChange, Role } from '../../../backend/setup/setup-backend.js';
import type { SetupStep, StepPlace } from '../steps/step.js';

const roles = ['requester', 'participant', 'colleague'] as const;
const categories = ['open', 'waiting_on_contact', 'closed'] as const;
const actions = ['reply', 'close', 'reopen', 'add-participant', 'rate', 'edit'] as const;

/** What customers may do with a ticket: by who they are to it, and by its status. Only what is not the usual is kept. */
export class ActionsSection implements SetupStep {
  /** By role and category, all that is allowed. */
  readonly values: { allowed: Record<Role, Record<Category, Action[]>> };
  place: StepPlace;

  constructor(place: StepPlace) {
    this.place = place;
    const set = place.portal?.actions ?? {};
    const of = (role: Role) => ({
      open: this.#listOf(set, role, 'open'),
      waiting_on_contact: this.#listOf(set, role, 'waiting_on_contact'),
      closed: this.#listOf(set, role, 'closed'),
    });
    this.values = {
      allowed: { requester: of('requester'), participant: of('participant'), colleague: of('colleague') },
    };
  }

  render(): unknown {
    const { t } = this.place.host;
    const isUsual = roles.every((role) => categories.every((category) => this.#isUsual(role, category)));
    return html`<p>${t('may.about')}</p>
      ${roles.map((role) => this.#renderRole(role))}
      <div part="actions">
        ${
          isUsual
            ? html`<p class="meta" part="hint">${t('may.all-usual')}</p>`
            : html`<button part="button usual" type="button" @click=${this.#handleUsual}>${t('may.usual')}</button>`
        }
      </div>`;
  }

  read(): PortalChange {
    const of = (role: Role) => {
      const lists = categories.flatMap((category) =>
        this.#isUsual(role, category) ? [] : [[category, this.values.allowed[role][category]] as const],
      );
      return lists.length ? [[role, Object.fromEntries(lists)] as const] : [];
    };
    return { actions: Object.fromEntries(roles.flatMap(of)) };
  }

  refuse(): boolean {
    return false;
  }

  /** Of what there is to allow. */
  #listOf(set: Actions, role: Role, category: Category): Action[] {
    const { usual, possible } = this.place.setup.actions;
    const allowed = set[role]?.[category] ?? usual[role][category];
    return possible[category].filter((action) => allowed.includes(action));
  }

  #isUsual(role: Role, category: Category, action?: Action): boolean {
    const { usual, possible } = this.place.setup.actions;
    const now = this.values.allowed[role][category];
    return possible[category].every(
      (one) => (action && one !== action) || now.includes(one) === usual[role][category].includes(one),
    );
  }

  #renderRole(role: Role): unknown {
    const { t } = this.place.host;
    const { closed } = this.values.allowed[role];
    const { possible } = this.place.setup.actions;
    const shown = actions.filter((action) => categories.some((category) => possible[category].includes(action)));
    return html`<div part="group">
      <table part="allowed">
        <caption>${t(`may.${role}`)}</caption>
        <thead><tr><th scope="col">${t('may.action')}</th>${categories.map((category) => html`<th scope="col">${t(`may.${category}`)}</th>`)}</tr></thead>
        <tbody>${shown.map(
          (action) => html`<tr><th scope="row">${t(`may.${action}`)}</th>
            ${categories.map((category) => this.#renderCell(role, category, action))}</tr>`,
        )}</tbody>
      </table>
      ${role === 'colleague' ? html`<p class="meta" part="hint">${t('may.colleague-hint')}</p>` : nothing}
      <p part="notice" role="status" ?hidden=${!closed.includes('reply') || closed.includes('reopen')}>${t('may.reply-reopens')}</p>
    </div>`;
  }

  #renderCell(role: Role, category: Category, action: Action): unknown {
    const { t } = this.place.host;
    const status = t(`may.${category}`);
    if (!this.place.setup.actions.possible[category].includes(action))
      return html`<td class="never"><span aria-label=${t('may.never')} role="img">–</span></td>`;
    const name = `${t(`may.${role}`)}: ${t(`may.${action}`)} (${status})`;
    const isUsual = this.#isUsual(role, category, action);
    const id = `${role}-${category}-${action}`;
    const handle = ({ target }: Event) => this.#set(role, category, action, (target as HTMLInputElement).checked);
    return html`<td><label part="may"><input type="checkbox" name=${id} aria-label=${name}
        aria-describedby=${isUsual ? nothing : `${id}-changed`} .checked=${this.values.allowed[role][category].includes(action)} @change=${handle} />
      <span class="column" aria-hidden="true">${status}</span>
      ${isUsual ? nothing : html`<span part="changed" id="${id}-changed">${t('may.changed')}</span>`}</label></td>`;
  }

  #set(role: Role, category: Category, action: Action, isAllowed: boolean): void {
    const now = this.values.allowed[role];
    now[category] = this.place.setup.actions.possible[category].filter((one) =>
      one === action ? isAllowed : now[category].includes(one),
    );
    this.place.host.requestUpdate();
  }

  readonly #handleUsual = (): void => {
    for (const role of roles)
      for (const category of categories) this.values.allowed[role][category] = this.#listOf({}, role, category);
    this.place.host.requestUpdate();
    this.place.host.focusOn('[part~=next]');
  };
}
