import { html, nothing } from 'lit';

import type { AuditEntry, AuditSearch } from '../../../backend/setup/account-backend.js';
import type { Page } from '../../../backend/setup/people-backend.js';
import type { StaffAccount } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { fullTime } from '../../../i18n/format.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderSelect } from '../fields.js';
import { KeptValues } from '../kept-values.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { type EventGroup, eventGroups } from './audit-events.js';
import { eventText, settingText, valueText } from './audit-words.js';
import { renderAccountRooms } from './rooms.js';

/** Who has no name: by the kind of actor. */
const actors = {
  admin: 'audit.actor-admin',
  visitor: 'audit.actor-visitor',
  contact: 'audit.actor-contact',
  staff: 'audit.actor-staff',
} as const satisfies Record<AuditEntry['actor']['kind'], SetupKey>;

/** Where an object is found, by what it is. */
const places: Readonly<Record<string, string>> = { contact: '#/people/', company: '#/companies/' };

interface Chosen {
  group: EventGroup | '';
  /** An id, or a kind of actor. */
  actor: string;
}

/** Who did what, and when: the newest first, of everybody and everything or of what is chosen. */
export class AuditRoom implements Room {
  readonly state = 'audit';
  readonly #host: RoomHost;
  readonly #kept = new KeptValues('audit');
  readonly #staff: Reading<readonly StaffAccount[]>;
  readonly #page: Reading<Page<AuditEntry>>;
  readonly #more: CommandController;
  readonly #values: Chosen = { group: '', actor: '' };

  constructor(host: RoomHost) {
    this.#host = host;
    Object.assign(this.#values, this.#kept.read());
    this.#more = new CommandController(host, host);
    this.#staff = new Reading(host, (signal) => host.setup.listStaff({ signal }));
    this.#page = new Reading(host, (signal) => host.setup.listAudit(this.#search, { signal }));
    void this.#staff.refresh();
    void this.#page.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    return html`<div class="stack">
      ${renderAccountRooms(t, 'audit')}
      ${renderHeading(headingLevel, t('audit.heading'))}
      <p>${t('audit.about')}</p>
      <search part="filter" class="stack">${this.#renderGroups()} ${this.#renderPeople()}</search>
      ${this.#renderPage()}
    </div>`;
  }

  leave(): void {
    this.#staff.stop();
    this.#page.stop();
  }

  get #search(): AuditSearch {
    const { group, actor } = this.#values;
    const events = group ? eventGroups[group] : undefined;
    return { ...(events && { event: events.join(',') }), ...(actor && { actor }) };
  }

  #renderGroups(): unknown {
    const { t } = this.#host;
    const groups = Object.keys(eventGroups) as EventGroup[];
    return renderSelect(
      'group',
      t('audit.group'),
      [
        { value: '', label: t('audit.everything') },
        ...groups.map((value) => ({ value, label: t(`audit.group-${value}`) })),
      ],
      this.#values.group,
      (group) => this.#choose({ group: group as EventGroup | '' }),
    );
  }

  #renderPeople(): unknown {
    const { t } = this.#host;
    const staff = this.#staff.value ?? [];
    const kinds = ['contact', 'visitor', 'admin'] as const;
    return renderSelect(
      'actor',
      t('audit.by'),
      [
        { value: '', label: t('audit.everybody') },
        ...staff.map(({ id, name }) => ({ value: id, label: name })),
        ...kinds.map((value) => ({ value, label: t(`audit.by-${value}`) })),
      ],
      this.#values.actor,
      (actor) => this.#choose({ actor }),
    );
  }

  #renderPage(): unknown {
    const { t } = this.#host;
    const { value: page, error } = this.#page;
    const failure = error && renderFailure(t, error, this.#page.refresh);
    if (!page) return failure ?? renderSkeleton(t('loading'));
    const { pending, error: moreError } = this.#more;
    return html`${failure ?? nothing}
      <p class="meta" role="status">${page.items.length ? t('audit.shown', { count: page.items.length }) : t('audit.none')}</p>
      ${
        page.items.length
          ? html`<ul part="rows" role="list">${page.items.map((entry) => html`<li part="row">${this.#renderEntry(entry)}</li>`)}</ul>`
          : nothing
      }
      <p part="error" role="alert" ?hidden=${!moreError}>${moreError ? errorText(t, moreError) : nothing}</p>
      ${
        page.nextCursor
          ? html`<button part="button more-rows" type="button" aria-disabled=${pending} @click=${this.#handleMore}>${t('rooms.more')}</button>`
          : nothing
      }`;
  }

  #renderEntry(entry: AuditEntry): unknown {
    const { t, locale } = this.#host;
    const { at, portal, actor, event, subjects, outcome, names } = entry;
    return html`<p><strong>${eventText(t, event)}</strong>
        ${Object.entries(subjects).map(([kind, id]) => html`<span>${this.#renderSubject(kind, id, names)}</span> `)}
        ${outcome === 'refused' ? html`<span part="status">${t('audit.refused')}</span>` : nothing}</p>
      <p class="meta"><bdi>${names['actor'] ?? t(actors[actor.kind])}</bdi> · <time part="time" datetime=${at}>${fullTime(locale, at)}</time>${
        portal === null ? nothing : html` · <bdi>${portal}</bdi>`
      }</p>
      ${this.#renderChange(entry)}`;
  }

  #renderSubject(kind: string, id: string, names: AuditEntry['names']): unknown {
    const name = names[kind];
    const place = places[kind];
    if (kind === 'status') return html`<bdi>${id}</bdi>`;
    if (name === undefined)
      return kind === 'file' ? nothing : html`<span class="meta">${this.#host.t('audit.gone')}</span>`;
    return place ? html`<a href="${place}${id}"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`;
  }

  #renderChange({ change, names }: AuditEntry): unknown {
    const { t } = this.#host;
    const text = (name: string, value: unknown) => html`<bdi>${valueText(this.#host, name, value, names)}</bdi>`;
    if (!change) return nothing;
    return html`<dl part="changes">${Object.entries(change).map(
      ([name, values]) =>
        html`<div><dt>${settingText(t, name)}</dt><dd>${
          values ? html`${text(name, values.before)} → ${text(name, values.after)}` : t('audit.unsaid')
        }</dd></div>`,
    )}</dl>`;
  }

  #choose(values: Partial<Chosen>): void {
    Object.assign(this.#values, values);
    this.#kept.write(this.#values);
    void this.#page.refresh();
  }

  readonly #handleMore = async (): Promise<void> => {
    const { value: page } = this.#page;
    if (!page?.nextCursor) return;
    const search = { ...this.#search, cursor: page.nextCursor };
    await this.#more.run(async () => {
      const next = await this.#host.setup.listAudit(search);
      // Something else was chosen meanwhile.
      if (this.#page.value !== page) return;
      this.#page.value = { ...next, items: [...page.items, ...next.items] };
    });
  };
}
