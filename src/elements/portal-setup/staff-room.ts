import { html, nothing } from 'lit';

import type { SetupState, StaffAccount, StaffLink } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { fullTime } from '../../i18n/format.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';
import { StaffForm } from './staff-form.js';

interface Known {
  readonly staff: readonly StaffAccount[];
  readonly setup: SetupState;
}

/** Who answers and who sets up; a new one gets a link, which is handed over by the owner. */
export class StaffRoom implements Room {
  readonly state = 'staff';
  readonly #host: RoomHost;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  #form: StaffForm | undefined;
  /** Whom the form is about; `new` for somebody who is not there yet. */
  #about = '';
  #link: (StaffLink & { readonly name: string }) | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const [staff, setup] = await Promise.all([host.setup.listStaff({ signal }), host.setup.setup({ signal })]);
      return { staff, setup };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const failure = this.#command.error;
    const isLast = failure?.fields?.some(({ code }) => code === 'last-admin');
    return html`<div class="stack">
      <a part="link" href="#/">${t('setup.all-portals')}</a>
      ${renderHeading(headingLevel, t('setup.staff'))}
      <p>${t('setup.staff-about')}</p>
      ${this.#renderLink()}
      <p part="error" role="alert" ?hidden=${!failure}>${failure && (isLast ? t('setup.staff-last-admin') : errorText(t, failure))}</p>
      <ul part="people" role="list">${known.staff.map((member) => this.#renderMember(member, known))}</ul>
      ${
        this.#about === 'new'
          ? this.#form?.render()
          : html`<button part="button button-primary add" type="button" @click=${() => this.#open('new', null, known)}>${t('setup.staff-add')}</button>`
      }
    </div>`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderMember(member: StaffAccount, known: Known): unknown {
    const { t } = this.#host;
    const { id, name, email, role, enabled, welcomed, inboxes } = member;
    const state = !enabled ? t('setup.staff-disabled') : welcomed || !email ? '' : t('setup.staff-invited');
    const about = [t(`setup.staff-${role}`), email, inboxes?.map((inbox) => inbox.name).join(', ')].filter(Boolean);
    const action = (words: string, handle: () => unknown) =>
      html`<button part="button button-plain" type="button" aria-label="${words}: ${name}" aria-disabled=${this.#command.pending} @click=${handle}>${words}</button>`;
    return html`<li part="person">
      <p><strong dir="auto">${name}</strong> ${state ? html`<span part="status">${state}</span>` : nothing}</p>
      <p class="meta"><bdi>${about.join(' · ')}</bdi></p>
      ${
        this.#about === id
          ? this.#form?.render()
          : html`<div part="actions">
              ${action(t('setup.staff-change'), () => this.#open(id, member, known))}
              ${enabled && email ? action(t('setup.staff-link'), () => this.#makeLink(member)) : nothing}
              ${action(t(enabled ? 'setup.staff-disable' : 'setup.staff-enable'), () => this.#turn(member))}
            </div>`
      }
    </li>`;
  }

  #renderLink(): unknown {
    const { t, locale } = this.#host;
    const link = this.#link;
    if (!link) return nothing;
    return html`<section part="group" aria-labelledby="link-label">
      <p part="label" id="link-label" tabindex="-1">${t('setup.staff-link-for', { name: link.name })}</p>
      <p class="meta">${t('setup.staff-link-about', { time: fullTime(locale, link.expiresAt) })}</p>
      <pre part="code" tabindex="0" role="textbox" aria-readonly="true" aria-labelledby="link-label" dir="ltr">${link.link}</pre>
    </section>`;
  }

  #open(about: string, member: StaffAccount | null, { setup }: Known): void {
    this.#about = about;
    this.#link = undefined;
    this.#command.reset();
    this.#form = new StaffForm(this.#host, setup.inboxes, member, {
      save: async ({ email, ...input }) => {
        const { setup: server } = this.#host;
        if (member) await server.updateStaff(member.id, input);
        else this.#link = { ...(await server.addStaff({ ...input, email })), name: input.name };
        await this.#known.refresh();
        this.#close();
      },
      cancel: () => this.#close(),
    });
    this.#host.requestUpdate();
    this.#host.focusOn('#name');
  }

  #close(): void {
    this.#about = '';
    this.#form = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn(this.#link ? '#link-label' : '[part~=heading]');
  }

  async #makeLink({ id, name }: StaffAccount): Promise<void> {
    const done = await this.#command.run(async () => {
      this.#link = { ...(await this.#host.setup.makeStaffLink(id)), name };
    });
    if (done) this.#host.focusOn('#link-label');
  }

  async #turn({ id, enabled }: StaffAccount): Promise<void> {
    await this.#command.run(async () => {
      await this.#host.setup.updateStaff(id, { enabled: !enabled });
      await this.#known.refresh();
    });
  }
}
