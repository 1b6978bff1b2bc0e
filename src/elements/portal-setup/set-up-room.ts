import { html, nothing } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import type { OwnedPortal, PortalChange, SetUpStep, SetupState } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { KeptValues } from './kept-values.js';
import { renderPortalPage } from './portal-pages.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';
import { suggestSlug } from './slug.js';
import { AccessStep } from './steps/access-step.js';
import { AddressStep } from './steps/address-step.js';
import { NameStep } from './steps/name-step.js';
import { type SetupStep, type StepName, stepNames } from './steps/step.js';
import { TicketsStep } from './steps/tickets-step.js';
import { changedKeys } from './changed-keys.js';
import { isSectionName, type SectionName, sections } from './sections/sections.js';
import type { SetupKey } from './words.js';

const steps = { name: NameStep, address: AddressStep, tickets: TicketsStep, access: AccessStep } as const;
const pages = { ...steps, ...sections };

type PageName = StepName | SectionName;

/** What the button says that leads on. */
const onwards = {
  name: 'setup.next-address',
  address: 'setup.next-tickets',
  tickets: 'setup.next-access',
  access: 'setup.finish',
} as const satisfies Record<StepName, SetupKey>;

/** The step after each. */
const following = { name: 'address', address: 'tickets', tickets: 'access', access: null } as const satisfies Record<
  StepName,
  SetUpStep | null
>;

interface Known {
  readonly setup: SetupState;
  readonly portal: OwnedPortal | null;
}

/**
 * The four steps of a portal's set-up, one at a time. Each is saved when one goes on, so that leaving half-way loses nothing;
 * what was typed and not saved is kept for this tab. Once the portal is open the same steps are its settings, and further
 * sections beside them.
 */
export class SetUpRoom implements Room {
  readonly state = 'step';
  readonly #host: RoomHost;
  readonly #name: PageName;
  readonly #kept: KeptValues;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  #step: SetupStep | undefined;
  #isSaved = false;
  /** What somebody else has changed since it was read. */
  #changed: readonly SetupKey[] = [];
  /** A refusal that no field has said. */
  #failure: BackendError | undefined;

  /** @param slug `null`: it is to be made */
  constructor(host: RoomHost, slug: string | null, name: PageName) {
    this.#host = host;
    this.#name = name;
    this.#kept = new KeptValues(`${slug ?? ''}:${name}`);
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const [setup, portal] = await Promise.all([
        host.setup.setup({ signal }),
        slug === null ? null : host.setup.getPortal(slug, { signal }),
      ]);
      this.#begin({ setup, portal });
      return { setup, portal };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known || !this.#step) return renderSkeleton(t('loading'));
    const { portal } = known;
    const heading = portal?.open
      ? portal.name
      : portal
        ? t('setup.heading-of', { name: portal.name })
        : t('setup.heading');
    return html`<div class="stack">
      <a part="link" href="#/">${t('setup.all-portals')}</a>
      ${renderHeading(headingLevel, heading)}
      ${
        portal?.open
          ? renderPortalPage(t, portal, this.#name, this.#renderForm(portal))
          : html`${this.#renderSteps(portal)} ${this.#renderForm(portal)}`
      }
    </div>`;
  }

  leave(): void {
    this.#known.stop();
    this.#step?.leave?.();
  }

  #renderForm(portal: OwnedPortal | null): unknown {
    const { t } = this.#host;
    const { pending } = this.#command;
    const words = portal?.open || isSectionName(this.#name) ? t('setup.save') : t(onwards[this.#name]);
    return html`<form part="form" class="stack" method="post" novalidate
        @submit=${this.#handleSubmit} @input=${this.#handleChange} @change=${this.#handleChange} @click=${this.#handleChange}>
        ${this.#step?.render()}
        ${this.#renderNotice()}
        <div part="actions">
          ${this.#renderBack(portal)}
          <button part="button button-primary next" type="submit" aria-disabled=${pending}>${pending ? t('setup.saving') : words}</button>
        </div>
        <p class="meta" part="saved" role="status">${this.#isSaved ? t('setup.saved') : nothing}</p>
      </form>`;
  }

  #begin({ setup, portal }: Known): void {
    const place = { host: this.#host, setup, portal, refresh: this.#known.refresh };
    if (this.#step) {
      this.#step.place = place;
      return;
    }
    this.#step = new pages[this.#name](place);
    Object.assign(this.#step.values, this.#kept.read());
  }

  #renderSteps(portal: OwnedPortal | null): unknown {
    const { t } = this.#host;
    const at = isSectionName(this.#name) ? -1 : stepNames.indexOf(this.#name);
    return html`<nav aria-label=${t('setup.steps')}><ol part="steps" role="list">${stepNames.map((name, place) => {
      const words = html`<span part="number" aria-hidden="true">${place + 1}</span> <span>${t(`setup.step-${name}`)}</span>`;
      // One goes back by a step, and on by the button.
      const isLinked = portal && place < at;
      return html`<li part="step" aria-current=${name === this.#name ? 'step' : nothing}>${
        isLinked ? html`<a href="#/${portal.slug}/${name}">${words}</a>` : words
      }</li>`;
    })}</ol></nav>`;
  }

  #renderNotice(): unknown {
    const { t } = this.#host;
    const what = this.#changed.map((key) => t(key)).join(', ');
    const words = what ? t('setup.changed-meanwhile', { what }) : this.#failure ? errorText(t, this.#failure) : '';
    return html`<p part="error" role="alert" tabindex="-1" ?hidden=${!words}>${words}</p>`;
  }

  #renderBack(portal: OwnedPortal | null): unknown {
    const before = isSectionName(this.#name) ? undefined : stepNames[stepNames.indexOf(this.#name) - 1];
    return before && portal && !portal.open
      ? html`<a part="button" href="#/${portal.slug}/${before}">${this.#host.t('setup.back')}</a>`
      : nothing;
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { value: known } = this.#known;
    if (!known || this.#command.pending) return;
    this.#failure = undefined;
    this.#isSaved = false;
    let saved: OwnedPortal | undefined;
    await this.#command.run(async () => {
      await this.#step?.prepare?.();
      const change = this.#step?.read();
      if (!change) return;
      this.#changed = [];
      saved = await this.#save(known.portal, { ...change, ...this.#onwards(known.portal) });
    });
    if (saved) return this.#goOn(known, saved);
    const { error } = this.#command;
    if (error) await this.#refused(error, known);
  };

  /** What goes along with a step of a portal that is not open yet. */
  #onwards(portal: OwnedPortal | null): PortalChange {
    if (!portal || portal.open || isSectionName(this.#name)) return {};
    const step = following[this.#name];
    return step ? { step } : { open: true };
  }

  async #save(portal: OwnedPortal | null, change: PortalChange): Promise<OwnedPortal> {
    const { setup } = this.#host;
    if (portal) return setup.updatePortal(portal.slug, { ...change, version: portal.version });
    const name = change.name ?? '';
    const slug = await suggestSlug(name, async (asked) => {
      const domain = this.#known.value?.setup.domains.find(({ kind }) => kind === 'system');
      return domain ? !(await setup.checkAddress({ domain: domain.id, slug: asked })).problem : true;
    });
    return setup.createPortal({ ...change, name, slug, open: false });
  }

  #goOn({ setup, portal }: Known, saved: OwnedPortal): void {
    const host = this.#host;
    this.#kept.forget();
    if (!portal?.open && !isSectionName(this.#name)) {
      return host.go(`#/${saved.slug}/${following[this.#name] ?? 'done'}`);
    }
    if (saved.slug !== portal?.slug) return host.go(`#/${saved.slug}/${this.#name}`);
    this.#known.value = { setup, portal: saved };
    this.#begin(this.#known.value);
    this.#isSaved = true;
    host.requestUpdate();
  }

  async #refused(error: BackendError, { portal }: Known): Promise<void> {
    const host = this.#host;
    if (error.code === 'conflict' && error.fields?.some(({ path }) => path === 'version') && portal) {
      await this.#known.refresh();
      const now = this.#known.value?.portal;
      this.#changed = now ? changedKeys(portal, now) : [];
      // What has changed is of another step, or not to be seen here.
      if (!this.#changed.length) this.#failure = error;
    } else if (!error.fields?.some(({ path, code }) => this.#step?.refuse(path, code))) {
      this.#failure = error;
    } else {
      return;
    }
    host.requestUpdate();
    host.focusOn('form > [part=error]');
  }

  readonly #handleChange = (): void => this.#kept.write(this.#step?.values);
}
