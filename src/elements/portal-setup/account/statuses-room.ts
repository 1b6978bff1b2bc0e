import { html, nothing } from 'lit';

import type { Label, OwnedStatus } from '../../../backend/setup/account-backend.js';
import type { Named } from '../../../backend/setup/people-backend.js';
import type { SetupState } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { languageName, renderSelect } from '../fields.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { renderAccountRooms } from './rooms.js';
import { categoryKey, StatusForm } from './status-form.js';

interface Known {
  readonly statuses: readonly OwnedStatus[];
  readonly setup: SetupState;
  /** Of the portals, in their order. */
  readonly languages: readonly string[];
}

/** What is being done with the status of this id; `null` for a new one. */
interface About {
  readonly what: 'form' | 'delete';
  readonly id: string | null;
}

/** What customers read who use this language, or the next best. */
export const labelIn = (label: Label, locale: string): string =>
  label[locale] ?? label[locale.split('-', 1)[0] ?? ''] ?? label['en'] ?? Object.values(label)[0] ?? '';

/** What the order decides: which status a ticket gets when something happens to it. The rest is up to a desk where there is one. */
function tasksOf({ setup }: Known, pipeline: readonly OwnedStatus[], status: OwnedStatus): SetupKey[] {
  const alike = pipeline.filter(({ category }) => category === status.category);
  const isFirst = alike[0] === status;
  const isLast = alike.at(-1) === status;
  if (status.category === 'closed') return isFirst ? ['statuses.task-close'] : [];
  if (setup.desk) return status.category === 'open' && isLast ? ['statuses.task-reopen'] : [];
  if (status.category === 'waiting_on_contact') return isFirst ? ['statuses.task-answer'] : [];
  return [...(isFirst ? (['statuses.task-new'] as const) : []), ...(isLast ? (['statuses.task-reply'] as const) : [])];
}

/** What tickets of an inbox go through; without one, what those of every inbox do. */
const pipelineOf = ({ statuses }: Known, inbox: string): readonly OwnedStatus[] =>
  statuses.filter(({ inboxes }) => inboxes === null || inboxes.includes(inbox));

/** The statuses of tickets: what customers read, what each means, and in which order they are. */
export class StatusesRoom implements Room {
  readonly state = 'statuses';
  readonly #host: RoomHost;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  #form: StatusForm | undefined;
  #about: About | undefined;
  #replacement = '';
  /** Whose statuses are shown; empty for all of them. */
  #inbox = '';
  #moved = '';

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const { setup: server, locale } = host;
      const [statuses, setup, portals] = await Promise.all([
        server.listStatuses({ signal }),
        server.setup({ signal }),
        server.listPortals({ signal }),
      ]);
      const languages = [...new Set(portals.flatMap(({ locales }) => locales))];
      return { statuses, setup, languages: languages.length ? languages : [locale] };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    return html`<div class="stack">
      ${renderAccountRooms(t, 'statuses')}
      ${renderHeading(headingLevel, t('statuses.heading'))}
      ${error && !known ? renderFailure(t, error, this.#known.refresh) : known ? this.#renderAll(known) : renderSkeleton(t('loading'))}
    </div>`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderAll(known: Known): unknown {
    const { t } = this.#host;
    const { statuses, setup } = known;
    const shown = this.#inbox ? pipelineOf(known, this.#inbox) : statuses;
    const isNew = this.#about?.what === 'form' && this.#about.id === null;
    const failure = this.#about ? undefined : this.#command.error;
    return html`<p>${t('statuses.about')}</p>
      ${setup.desk ? html`<p part="notice">${t('statuses.about-desk', { kind: setup.desk.kind })}</p>` : nothing}
      <p part="error" role="alert" ?hidden=${!failure}>${failure ? errorText(t, failure) : nothing}</p>
      ${this.#renderInboxes(known)}
      <ol part="rows" role="list">${shown.map((status) => html`<li part="row">${this.#renderOne(status, shown, known)}</li>`)}</ol>
      <p class="meta" part="moved" role="status">${this.#moved || nothing}</p>
      ${
        setup.desk
          ? nothing
          : isNew
            ? this.#form?.render()
            : html`<button part="button button-primary add" type="button" @click=${() => this.#open(null, known)}>${t('statuses.add')}</button>`
      }`;
  }

  /** Where inboxes have statuses of their own, what their tickets go through is shown one by one. */
  #renderInboxes({ statuses, setup }: Known): unknown {
    const { t } = this.#host;
    if (statuses.every(({ inboxes }) => inboxes === null)) return nothing;
    const options = setup.inboxes.map(({ id, name }) => ({ value: id, label: name }));
    return renderSelect(
      'pipeline',
      t('statuses.pipeline'),
      [{ value: '', label: t('statuses.pipeline-all') }, ...options],
      this.#inbox,
      (inbox) => {
        this.#inbox = inbox;
        this.#host.requestUpdate();
      },
    );
  }

  #renderOne(status: OwnedStatus, shown: readonly OwnedStatus[], known: Known): unknown {
    const { t, locale } = this.#host;
    const { statuses, languages } = known;
    const { id, label, category, tickets, inboxes } = status;
    const named = known.setup.inboxes.filter((inbox) => inboxes?.includes(inbox.id)).map((inbox) => inbox.name);
    const name = labelIn(label, locale);
    const others = languages.filter((language) => label[language] && label[language] !== name);
    const isOf = (what: 'form' | 'delete') => this.#about?.id === id && this.#about.what === what;
    return html`<p><strong dir="auto">${name}</strong> <span part="status">${t(`statuses.category-${categoryKey(category)}`)} · ${t('inboxes.tickets', { count: tickets })}</span></p>
      ${others.map((language) => html`<p class="meta">${languageName(language)}: <bdi lang=${language}>${label[language]}</bdi></p>`)}
      ${inboxes ? html`<p class="meta">${t('statuses.only-in')} <bdi>${new Intl.ListFormat(locale).format(named)}</bdi></p>` : nothing}
      ${tasksOf(known, pipelineOf(known, this.#inbox), status).map((task) => html`<p class="meta">${t(task)}</p>`)}
      ${
        isOf('form')
          ? this.#form?.render()
          : isOf('delete')
            ? this.#renderDelete(status, statuses)
            : html`<div part="actions" @keydown=${(event: KeyboardEvent) => this.#handleKey(event, status, shown)}>
                ${this.#renderMove(status, name, 'up', shown)} ${this.#renderMove(status, name, 'down', shown)}
                <button part="button button-plain change" type="button" aria-label="${t('setup.staff-change')}: ${name}" @click=${() => this.#open(status, known)}>${t('setup.staff-change')}</button>
                ${
                  known.setup.desk || !this.#mayGo(status, statuses)
                    ? nothing
                    : html`<button part="button button-plain delete" type="button" aria-label="${t('inboxes.delete')}: ${name}" @click=${() => this.#ask(status, statuses)}>${t('inboxes.delete')}</button>`
                }
              </div>`
      }`;
  }

  #renderMove(status: OwnedStatus, name: string, way: 'up' | 'down', shown: readonly OwnedStatus[]): unknown {
    const isEnd = status === shown.at(way === 'up' ? 0 : -1);
    const words = this.#host.t(`statuses.${way}`);
    return html`<button part="button button-plain ${way}" type="button" id="${way}-${status.id}" aria-label="${words}: ${name}" aria-disabled=${isEnd || this.#command.pending}
      @click=${() => this.#move(status, way, shown)}>${words}</button>`;
  }

  #renderDelete(status: OwnedStatus, statuses: readonly OwnedStatus[]): unknown {
    const { t, locale } = this.#host;
    const { error, pending } = this.#command;
    const name = labelIn(status.label, locale);
    const others = statuses.filter((other) => other !== status);
    const isLast = error?.fields?.some(({ path }) => path === 'category');
    return html`<div part="group" role="group" aria-labelledby="delete-about">
      <p part="notice" id="delete-about">${t('statuses.delete-about', { name })}</p>
      ${
        status.tickets === 0
          ? nothing
          : renderSelect(
              'replacement',
              t('statuses.replacement', { count: status.tickets }),
              others.map(({ id, label }) => ({ value: id, label: labelIn(label, locale) })),
              this.#replacement,
              (id) => {
                this.#replacement = id;
              },
            )
      }
      <p part="error" role="alert" ?hidden=${!error}>${error ? (isLast ? t('statuses.last') : errorText(t, error)) : nothing}</p>
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${pending} @click=${() => this.#delete(status)}>${t('inboxes.delete-now')}</button>
        <button part="button button-plain" type="button" @click=${this.#close}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  /** A ticket has to find one of each category. */
  #mayGo({ category, inboxes }: OwnedStatus, statuses: readonly OwnedStatus[]): boolean {
    const alike = statuses.filter((other) => other.category === category && other.inboxes === null);
    return inboxes !== null || alike.length > 1;
  }

  #open(status: OwnedStatus | null, { languages, setup: { inboxes, desk } }: Known): void {
    const { setup } = this.#host;
    /** As it was read. */
    let was = status;
    this.#begin({ what: 'form', id: status?.id ?? null });
    this.#form = new StatusForm(this.#host, { languages, inboxes: desk ? [] : inboxes }, status, {
      save: async (input) => {
        await (was
          ? setup.updateStatus(was.id, {
              ...input,
              was: { category: was.category, label: was.label, inboxes: was.inboxes },
            })
          : setup.createStatus(input));
        await this.#known.refresh();
        this.#close();
      },
      cancel: this.#close,
      look: async () => {
        await this.#known.refresh();
        was = this.#known.value?.statuses.find(({ id }) => id === was?.id) ?? was;
        return was ? this.#describe(was, inboxes) : '';
      },
    });
    this.#host.focusOn('[name^=label-]');
  }

  /** All that a form can change. */
  #describe({ label, category, inboxes: own }: OwnedStatus, inboxes: readonly Named[]): string {
    const { t, locale } = this.#host;
    const words = Object.entries(label).map(([language, text]) => `${languageName(language)}: ${text}`);
    return new Intl.ListFormat(locale).format([
      ...words,
      t(`statuses.category-${categoryKey(category)}`),
      ...inboxes.filter(({ id }) => own?.includes(id)).map(({ name }) => name),
    ]);
  }

  #ask({ id, category, tickets }: OwnedStatus, statuses: readonly OwnedStatus[]): void {
    const others = statuses.filter((other) => other.id !== id);
    this.#begin({ what: 'delete', id });
    this.#replacement = (others.find((other) => other.category === category) ?? others[0])?.id ?? '';
    this.#host.focusOn(tickets ? '#replacement' : '[part~=delete-now]');
  }

  #begin(about: About): void {
    this.#about = about;
    this.#moved = '';
    this.#command.reset();
    this.#host.requestUpdate();
  }

  readonly #close = (): void => {
    this.#about = undefined;
    this.#form = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn('[part~=heading]');
  };

  async #delete({ id }: OwnedStatus): Promise<void> {
    const isDone = await this.#command.run(async () => {
      await this.#host.setup.deleteStatus(id, this.#replacement);
      await this.#known.refresh();
    });
    if (isDone) this.#close();
  }

  async #move(status: OwnedStatus, way: 'up' | 'down', shown: readonly OwnedStatus[]): Promise<void> {
    const { t, locale, setup } = this.#host;
    const statuses = this.#known.value?.statuses ?? [];
    const at = shown.indexOf(status) + (way === 'up' ? -1 : 1);
    const neighbour = at < 0 ? undefined : shown[at];
    if (!neighbour) return;
    // The order is one of all, whichever are shown.
    const position = statuses.indexOf(neighbour);
    const isDone = await this.#command.run(async () => {
      await setup.updateStatus(status.id, { position });
      await this.#known.refresh();
    });
    if (!isDone) return;
    const name = labelIn(status.label, locale);
    this.#moved = t('statuses.moved', { name, place: at + 1, total: shown.length });
    this.#host.requestUpdate();
    this.#host.focusOn(`#${way}-${CSS.escape(status.id)}`);
  }

  /** Arrows move as the buttons do. */
  #handleKey(event: KeyboardEvent, status: OwnedStatus, shown: readonly OwnedStatus[]): void {
    const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key] as 'up' | 'down' | undefined;
    if (!way) return;
    event.preventDefault();
    void this.#move(status, way, shown);
  }
}
