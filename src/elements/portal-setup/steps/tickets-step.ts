import { html, nothing } from 'lit';

import type { ContactProperty } from '../../../backend/setup/people-backend.js';
import type { Effect, Permission, PortalChange, Sight } from '../../../backend/setup/setup-backend.js';
import { renderChoices, renderError, renderSelect, renderTextField, renderTicks } from '../fields.js';
import { Reading } from '../reading.js';
import { draftOf, FilterEditor, type GroupsDraft, groupsOf, problemOfGroups } from './filter-editor.js';
import type { SetupStep, StepPlace } from './step.js';
import type { SetupKey } from '../words.js';

/** Milliseconds without a change, after which the server is asked what it does. */
const pause = 300;

/** Where new tickets go, and who sees which. */
export class TicketsStep implements SetupStep {
  readonly values: {
    inbox: string;
    /** Shown beside it. */
    others: readonly string[];
    kind: Permission['kind'];
    groups: GroupsDraft;
    contact: string;
  };
  place: StepPlace;
  readonly #effect: Reading<Effect | null>;
  readonly #sight: Reading<Sight | null>;
  readonly #defined: Reading<readonly ContactProperty[]>;
  #editor: FilterEditor | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #problem: SetupKey | undefined;
  /** An inbox was deleted since it was read. */
  #isInboxGone = false;

  constructor(place: StepPlace) {
    this.place = place;
    const { portal, setup, host } = place;
    this.values = {
      inbox: portal?.inboxes[0]?.id ?? setup.inboxes[0]?.id ?? '',
      others: portal?.inboxes.slice(1).map(({ id }) => id) ?? [],
      kind: portal?.permission.kind ?? 'own',
      groups: draftOf(portal?.permission),
      contact: '',
    };
    this.#effect = new Reading(host, async (signal) => {
      const permission = this.#permission;
      return permission && this.#slug ? host.setup.effectOf(this.#slug, permission, { signal }) : null;
    });
    this.#sight = new Reading(host, async (signal) => {
      const permission = this.#permission;
      const contact = this.values.contact.trim();
      return permission && contact ? host.setup.whatIf(this.#slug, permission, contact, { signal }) : null;
    });
    // Until they are there, and without them, a filter is written freely.
    this.#defined = new Reading(host, (signal) => host.setup.listContactProperties({ signal }));
    void this.#effect.refresh();
    void this.#defined.refresh();
  }

  render(): unknown {
    const { host, setup } = this.place;
    const { t } = host;
    const permission = (kind: Permission['kind'], more?: unknown) => ({
      value: kind,
      label: t(`setup.permission-${kind}`),
      hint: t(`setup.permission-${kind}-hint`),
      more,
    });
    return html`${renderSelect(
      'inbox',
      t('setup.inbox'),
      setup.inboxes.map(({ id, name }) => ({ value: id, label: name })),
      this.#left.inbox,
      (inbox) => this.#receive(inbox),
      t(setup.desk ? 'setup.inbox-desk' : 'setup.inbox-hint'),
    )}
    ${renderError('inbox', this.#isInboxGone ? t('setup.inbox-gone') : '')} ${this.#renderOthers()}
    ${renderChoices(
      'permission',
      t('setup.permission'),
      [permission('own'), permission('company'), permission('company-if', this.#renderFilter())],
      this.values.kind,
      (kind) => {
        this.values.kind = kind;
        this.#changed();
      },
    )}
    ${this.#renderEffect()} ${this.#renderTry()}`;
  }

  async prepare(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.values.kind === 'company-if') await this.#effect.refresh();
  }

  read(): PortalChange | null {
    const { host, setup } = this.place;
    const permission = this.#permission;
    const isForNobody = setup.contacts > 0 && this.#effect.value?.matching === 0;
    this.#problem = permission
      ? isForNobody
        ? 'setup.filter-nobody'
        : undefined
      : problemOfGroups(this.values.groups);
    if (!permission || this.#problem) {
      host.requestUpdate();
      host.focusOn('[name^=property-]');
      return null;
    }
    const { inbox, others } = this.#left;
    this.#isInboxGone = false;
    return { inboxes: [inbox, ...others.filter((id) => id !== inbox)], permission };
  }

  refuse(path: string, code: string): boolean {
    if (path.startsWith('inboxes')) {
      this.#isInboxGone = true;
      // Those that are there now.
      void this.place.refresh();
      this.place.host.focusOn('#inbox');
      return true;
    }
    if (!path.startsWith('permission')) return false;
    this.#problem = code === 'matches-nobody' ? 'setup.filter-nobody' : 'setup.filter-empty';
    this.place.host.requestUpdate();
    this.place.host.focusOn('[name^=property-]');
    return true;
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#effect.stop();
    this.#sight.stop();
    this.#defined.stop();
  }

  /** What is chosen, of the inboxes that are there. */
  get #left(): { readonly inbox: string; readonly others: readonly string[] } {
    const ids = this.place.setup.inboxes.map(({ id }) => id);
    const { inbox, others } = this.values;
    return { inbox: ids.includes(inbox) ? inbox : (ids[0] ?? ''), others: others.filter((id) => ids.includes(id)) };
  }

  get #slug(): string {
    return this.place.portal?.slug ?? '';
  }

  /** As it is written; `null` while that is not complete. */
  get #permission(): Permission | null {
    const { kind, groups } = this.values;
    if (kind !== 'company-if') return { kind };
    return problemOfGroups(groups) ? null : { kind, groups: groupsOf(groups) };
  }

  /** Where there are several inboxes, those that customers see beside the one for new tickets. */
  #renderOthers(): unknown {
    const { host, setup } = this.place;
    const { inbox, others } = this.#left;
    const ticks = setup.inboxes.flatMap(({ id, name }) =>
      id === inbox
        ? []
        : {
            name: `inbox-${id}`,
            label: html`<bdi>${name}</bdi>`,
            checked: others.includes(id),
            onChange: (checked: boolean) => {
              this.values.others = checked ? [...others, id] : others.filter((other) => other !== id);
              host.requestUpdate();
            },
          },
    );
    return ticks.length
      ? renderTicks('others', host.t('setup.inboxes-also'), ticks, host.t('setup.inboxes-also-hint'))
      : nothing;
  }

  /** Of a portal that is open, customers go on to see what they have seen until that is taken away by hand. */
  #receive(inbox: string): void {
    const { others, inbox: before } = this.#left;
    const shown = this.place.portal?.open ? [...others, before] : others;
    Object.assign(this.values, { inbox, others: shown.filter((id) => id !== inbox) });
    this.place.host.requestUpdate();
  }

  #renderFilter(): unknown {
    const { host, setup } = this.place;
    const { t } = host;
    const matching = this.#permission && this.#effect.value?.matching;
    this.#editor ??= new FilterEditor(host, this.values.groups, () => this.#changed());
    return html`${this.#editor.render(setup.contactProperties, this.#defined.value)}
      <p part="error" role="alert" ?hidden=${!this.#problem}>${this.#problem ? t(this.#problem) : nothing}</p>
      <p class="meta" part="matches" role="status">${typeof matching === 'number' ? t('setup.filter-matches', { count: matching }) : nothing}</p>`;
  }

  /** Only where somebody may be signed in already. */
  #renderEffect(): unknown {
    const { t } = this.place.host;
    const { value: effect } = this.#effect;
    if (!effect || !this.place.portal?.open) return nothing;
    const parts = [
      effect.more ? t('setup.effect-more', { count: effect.more }) : '',
      effect.fewer ? t('setup.effect-fewer', { count: effect.fewer }) : '',
    ].filter(Boolean);
    const [one = '', other] = parts;
    const difference = other ? t('setup.effect-and', { one, other }) : one;
    const words =
      effect.contacts && difference
        ? t('setup.effect', { count: effect.contacts, difference })
        : t('setup.effect-none');
    return html`<p part="notice" role="status">${words}</p>`;
  }

  #renderTry(): unknown {
    const { t } = this.place.host;
    const { value: sight, error } = this.#sight;
    return html`<fieldset part="group" @keydown=${this.#handleKey}>
      <legend part="label">${t('setup.try')}</legend>
      ${renderTextField({
        name: 'contact',
        type: 'email',
        label: t('setup.try-contact'),
        value: this.values.contact,
        error: error ? t('setup.try-unknown') : undefined,
        onInput: (value) => {
          this.values.contact = value;
        },
      })}
      <div part="actions"><button part="button look" type="button" @click=${this.#sight.refresh}>${t('setup.try-submit')}</button></div>
      <div part="sight" role="status">${sight && !error ? this.#renderSight(sight) : nothing}</div>
    </fieldset>`;
  }

  #renderSight({ contact, permission, company, count, tickets }: Sight): unknown {
    const { t } = this.place.host;
    const isWide = permission === 'company' && company;
    return html`<p>${t('setup.try-count', { count, name: contact.name })} ${
      isWide ? t('setup.try-company', { company: company.name }) : t('setup.try-own')
    }</p>
    <ul role="list">${tickets.map(
      ({ number, subject, why }) => html`<li><span class="meta">#${number}</span> <bdi>${subject}</bdi>
        <span class="meta">${t(`setup.why-${why.relation}`, { company: company?.name ?? '' })}</span></li>`,
    )}</ul>`;
  }

  #changed(): void {
    this.#problem = undefined;
    this.place.host.requestUpdate();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#effect.refresh();
      if (this.#sight.value) void this.#sight.refresh();
    }, pause);
  }

  /** Enter looks, and does not go on to the next step. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void this.#sight.refresh();
  };
}
