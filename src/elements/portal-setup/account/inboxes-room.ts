import { html, nothing } from 'lit';

import type { Inbox } from '../../../backend/setup/account-backend.js';
import type { SetupState } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderTextField } from '../fields.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { renderAccountRooms } from './rooms.js';

interface Known {
  readonly inboxes: readonly Inbox[];
  readonly setup: SetupState;
}

/** What of an inbox is being done, and with which one; no id where it is to be made. */
interface Doing {
  readonly what: 'name' | 'delete';
  readonly id: string | null;
}

/** Why an inbox was refused, by path and code on the wire. */
const refusals: Readonly<Record<string, SetupKey>> = {
  'name taken': 'inboxes.name-taken',
  'desk desk': 'inboxes.of-desk',
  'portals in-use': 'inboxes.used-by-portal',
  'staff in-use': 'inboxes.used-by-staff',
  'statuses in-use': 'inboxes.used-by-status',
  'tickets in-use': 'inboxes.has-tickets',
  'tickets deleted': 'inboxes.has-deleted-tickets',
  'id last': 'inboxes.last',
  'was changed': 'account.changed-meanwhile',
};

/** Where tickets are: made, renamed, and deleted where nothing uses them. */
export class InboxesRoom implements Room {
  readonly state = 'inboxes';
  readonly #host: RoomHost;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  #doing: Doing | undefined;
  #name = '';
  /** The name as it was read, of the one that gets another. */
  #was = '';
  #problem: SetupKey | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const [inboxes, setup] = await Promise.all([host.setup.listInboxes({ signal }), host.setup.setup({ signal })]);
      return { inboxes, setup };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    return html`<div class="stack">
      ${renderAccountRooms(t, 'inboxes')}
      ${renderHeading(headingLevel, t('inboxes.heading'))}
      ${error && !known ? renderFailure(t, error, this.#known.refresh) : known ? this.#renderAll(known) : renderSkeleton(t('loading'))}
    </div>`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderAll({ inboxes, setup }: Known): unknown {
    const { t } = this.#host;
    const isNew = this.#doing?.what === 'name' && this.#doing.id === null;
    return html`<p>${setup.desk ? t('inboxes.about-desk', { kind: setup.desk.kind }) : t('inboxes.about')}</p>
      <ul part="rows" role="list">${inboxes.map((inbox) => html`<li part="row">${this.#renderOne(inbox, inboxes)}</li>`)}</ul>
      ${
        setup.desk
          ? nothing
          : isNew
            ? this.#renderForm(t('inboxes.add'))
            : html`<button part="button button-primary add" type="button" @click=${() => this.#open({ what: 'name', id: null }, '')}>${t('inboxes.add')}</button>`
      }`;
  }

  #renderOne(inbox: Inbox, all: readonly Inbox[]): unknown {
    const { t } = this.#host;
    const { id, name, desk, portals, tickets, staff } = inbox;
    const isOf = (what: Doing['what']) => this.#doing?.id === id && this.#doing.what === what;
    const isUsed = portals.length > 0 || tickets > 0 || staff.length > 0 || all.length === 1;
    const action = (words: string, doing: Doing) =>
      html`<button part="button button-plain ${doing.what === 'delete' ? 'delete' : 'rename'}" type="button" aria-label="${words}: ${name}" @click=${() => this.#open(doing, name)}>${words}</button>`;
    return html`<p><strong dir="auto">${name}</strong> <span part="status">${t('inboxes.tickets', { count: tickets })}</span></p>
      ${this.#renderUses(inbox)}
      ${
        isOf('name')
          ? this.#renderForm(t('setup.save'))
          : isOf('delete')
            ? this.#renderDelete(inbox)
            : html`<div part="actions">
                ${desk ? nothing : action(t('inboxes.rename'), { what: 'name', id })}
                ${desk || isUsed ? nothing : action(t('inboxes.delete'), { what: 'delete', id })}
              </div>`
      }`;
  }

  #renderUses({ portals, staff }: Inbox): unknown {
    const { t, locale } = this.#host;
    const list = new Intl.ListFormat(locale);
    const line = (words: SetupKey, names: readonly string[]) =>
      names.length ? html`<p class="meta">${t(words)} <bdi>${list.format(names)}</bdi></p>` : nothing;
    const namesOf = (receives: boolean) =>
      portals.filter((portal) => portal.receives === receives).map(({ name }) => name);
    return html`${line('inboxes.receives', namesOf(true))} ${line('inboxes.shown', namesOf(false))}
      ${line(
        'inboxes.staff',
        staff.map(({ name }) => name),
      )}
      ${portals.length ? nothing : html`<p class="meta">${t('inboxes.no-portal')}</p>`}`;
  }

  #renderForm(words: string): unknown {
    const { t } = this.#host;
    const { pending } = this.#command;
    const isAtName = this.#problem === 'inboxes.name-taken' || this.#problem === 'setup.missing';
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${renderTextField({
        name: 'name',
        label: t('inboxes.name'),
        value: this.#name,
        error: isAtName && this.#problem ? t(this.#problem) : undefined,
        onInput: (name) => {
          this.#name = name;
          this.#problem = undefined;
          this.#host.requestUpdate();
        },
      })}
      ${this.#renderRefusal(isAtName)}
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${pending ? t('setup.saving') : words}</button>
        <button part="button button-plain" type="button" @click=${this.#close}>${t('setup.domain-cancel')}</button>
      </div>
    </form>`;
  }

  #renderDelete({ id, name }: Inbox): unknown {
    const { t } = this.#host;
    return html`<div part="group" role="group" aria-labelledby="delete-about">
      <p part="notice" id="delete-about">${t('inboxes.delete-about', { name })}</p>
      ${this.#renderRefusal(false)}
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${this.#command.pending} @click=${() => this.#delete(id)}>${t('inboxes.delete-now')}</button>
        <button part="button button-plain" type="button" @click=${this.#close}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  /** What was refused and stands at no field. */
  #renderRefusal(isSaid: boolean): unknown {
    const { t } = this.#host;
    const { error } = this.#command;
    const words = isSaid
      ? ''
      : this.#problem
        ? t(this.#problem, { what: this.#was })
        : error
          ? errorText(t, error)
          : '';
    return html`<p part="error" role="alert" ?hidden=${!words}>${words}</p>`;
  }

  #open(doing: Doing, name: string): void {
    this.#doing = doing;
    this.#name = name;
    this.#was = name;
    this.#problem = undefined;
    this.#command.reset();
    this.#host.requestUpdate();
    this.#host.focusOn(doing.what === 'name' ? '#name' : '[part~=delete-now]');
  }

  readonly #close = (): void => {
    this.#doing = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn('[part~=heading]');
  };

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { setup } = this.#host;
    const name = this.#name.trim();
    const { id } = this.#doing ?? { id: null };
    if (!name) return this.#say('setup.missing');
    await this.#do(() => (id === null ? setup.createInbox(name) : setup.renameInbox(id, name, this.#was)));
  };

  readonly #delete = (id: string): Promise<void> => this.#do(() => this.#host.setup.deleteInbox(id));

  async #do(work: () => Promise<unknown>): Promise<void> {
    if (this.#command.pending) return;
    this.#problem = undefined;
    const isDone = await this.#command.run(async () => {
      await work();
      await this.#known.refresh();
    });
    if (isDone) return this.#close();
    const [refused] = this.#command.error?.fields ?? [];
    const words = refused && refusals[`${refused.path} ${refused.code}`];
    if (refused?.path === 'was') await this.#lookAgain();
    if (words) this.#say(words);
  }

  /** Somebody has changed it meanwhile: what is typed stays, and is about how it is now. */
  async #lookAgain(): Promise<void> {
    await this.#known.refresh();
    const now = this.#known.value?.inboxes.find(({ id }) => id === this.#doing?.id);
    this.#was = now?.name ?? this.#was;
  }

  #say(problem: SetupKey): void {
    this.#problem = problem;
    this.#host.requestUpdate();
    this.#host.focusOn(this.#doing?.what === 'name' ? '#name' : '[part~=delete-now]');
  }
}
