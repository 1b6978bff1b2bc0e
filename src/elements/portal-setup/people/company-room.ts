import { html, nothing } from 'lit';

import type { BackendError } from '../../../backend/backend-error.js';
import type { Company } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { linesOf, renderLinesField, renderTextField } from '../fields.js';
import { changedText, Draft } from '../draft.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';

const domainForm = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;

/** What is wrong with a domain, by the code on the wire. */
const domainProblems: Readonly<Record<string, 'companies.domain-free' | 'companies.domain-taken'>> = {
  'free-mail': 'companies.domain-free',
  taken: 'companies.domain-taken',
};

interface CompanyValues {
  name: string;
  /** One a line. */
  emailDomains: string;
}

/** The words above each. */
const names = { name: 'companies.name', emailDomains: 'companies.domains' } as const;

const valuesOf = (company: Company | null): CompanyValues => ({
  name: company?.name ?? '',
  emailDomains: (company?.emailDomains ?? []).join('\n'),
});

/** A company: its name, whose addresses are its people's, and the way to delete it. */
export class CompanyRoom implements Room {
  readonly state = 'company';
  readonly #host: RoomHost;
  /** `null`: it is to be made. */
  readonly #id: string | null;
  readonly #draft: Draft<CompanyValues>;
  readonly #company: Reading<Company | null>;
  readonly #command: CommandController;
  #problem: { readonly field: 'name' | 'emailDomains'; readonly text: string } | undefined;
  /** It was changed by somebody else when it was to be saved. */
  #isBehind = false;
  #isSaved = false;
  #isDeleting = false;

  constructor(host: RoomHost, id: string | null) {
    this.#host = host;
    this.#id = id;
    this.#draft = new Draft(`company:${id ?? ''}`, valuesOf(null), names);
    this.#command = new CommandController(host, host);
    this.#company = new Reading(host, async (signal) => {
      const company = id === null ? null : await host.setup.getCompany(id, { signal });
      this.#draft.meet(valuesOf(company));
      return company;
    });
    void this.#company.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: company, error } = this.#company;
    if (error && company === undefined) return renderFailure(t, error, this.#company.refresh);
    if (company === undefined) return renderSkeleton(t('loading'));
    const { pending } = this.#command;
    return html`<div class="stack">
      <a part="link" href="#/companies">${t('companies.all')}</a>
      ${renderHeading(headingLevel, company?.name ?? t('companies.new'))}
      <form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
        ${renderTextField({
          name: 'name',
          label: t('companies.name'),
          value: this.#values.name,
          error: this.#errorAt('name'),
          onInput: (name) => this.#change({ name }),
        })}
        ${renderLinesField({
          name: 'emailDomains',
          label: t('companies.domains'),
          hint: t('companies.domains-hint'),
          value: this.#values.emailDomains,
          error: this.#errorAt('emailDomains'),
          onInput: (emailDomains) => this.#change({ emailDomains }),
        })}
        ${this.#renderFailure(this.#command.error)}
        <div part="actions">
          <button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'setup.saving' : 'setup.save')}</button>
          ${company && !this.#isDeleting ? html`<button part="button delete" type="button" @click=${() => this.#ask(true)}>${t('companies.delete')}</button>` : nothing}
        </div>
        <p class="meta" part="saved" role="status">${this.#isSaved ? t('setup.saved') : nothing}</p>
      </form>
      ${company && this.#isDeleting ? this.#renderDelete(company) : nothing}
    </div>`;
  }

  leave(): void {
    this.#company.stop();
  }

  get #values(): CompanyValues {
    return this.#draft.values;
  }

  #renderDelete({ name }: Company): unknown {
    const { t } = this.#host;
    return html`<div part="group" role="group" aria-labelledby="delete-about">
      <p part="notice" id="delete-about">${t('companies.delete-about', { name })}</p>
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${this.#command.pending} @click=${this.#handleDelete}>${t('companies.delete-now')}</button>
        <button part="button" type="button" @click=${() => this.#ask(false)}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  #renderFailure(error: BackendError | undefined): unknown {
    const { t } = this.#host;
    const isBehind = this.#isBehind || this.#draft.changed.length > 0;
    const refusal = error && !this.#problem ? errorText(t, error) : '';
    const words = isBehind ? changedText(t, this.#draft.changed) : refusal;
    return html`<p part="error" role="alert" tabindex="-1" ?hidden=${!words}>${words}</p>`;
  }

  #errorAt(field: 'name' | 'emailDomains'): string | undefined {
    return this.#problem?.field === field ? this.#problem.text : undefined;
  }

  #change(values: { readonly name?: string; readonly emailDomains?: string }): void {
    this.#draft.put(values);
    this.#problem = undefined;
    this.#isSaved = false;
    this.#host.requestUpdate();
  }

  #ask(isDeleting: boolean): void {
    this.#isDeleting = isDeleting;
    this.#host.requestUpdate();
    this.#host.focusOn(isDeleting ? '[part~=delete-now]' : '[part~=delete]');
  }

  #say(field: 'name' | 'emailDomains', text: string): void {
    this.#problem = { field, text };
    this.#host.requestUpdate();
    this.#host.focusOn(`#${field}`);
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { t, setup } = this.#host;
    if (this.#command.pending) return;
    this.#problem = undefined;
    const name = this.#values.name.trim();
    if (!name) return this.#say('name', t('setup.missing'));
    const emailDomains = linesOf(this.#values.emailDomains.toLowerCase());
    const malformed = emailDomains.find((domain) => !domainForm.test(domain));
    if (malformed) return this.#say('emailDomains', t('setup.email-domain-malformed', { domain: malformed }));
    const { value: before } = this.#company;
    this.#isBehind = false;
    this.#draft.changed = [];
    let saved: Company | undefined;
    await this.#command.run(async () => {
      const company = { name, emailDomains };
      saved = await (before
        ? setup.updateCompany(before.id, { ...company, version: before.version })
        : setup.createCompany(company));
    });
    if (!saved) return await this.#refused(emailDomains);
    this.#draft.settle(valuesOf(saved));
    if (this.#id === null) return this.#host.go(`#/companies/${saved.id}`);
    this.#company.value = saved;
    this.#isSaved = true;
    this.#host.requestUpdate();
  };

  async #refused(emailDomains: readonly string[]): Promise<void> {
    const { t } = this.#host;
    const [refused] = this.#command.error?.fields ?? [];
    if (refused?.path === 'version') {
      this.#isBehind = true;
      await this.#company.refresh();
    }
    const at = /^emailDomains(?:\.(\d+))?$/.exec(refused?.path ?? '');
    if (refused?.path === 'name') return this.#say('name', t('contacts.name-wrong'));
    if (refused && at) {
      const domain = emailDomains[Number(at[1])] ?? '';
      return this.#say('emailDomains', t(domainProblems[refused.code] ?? 'setup.email-domain-malformed', { domain }));
    }
    this.#host.focusOn('form > [part=error]');
  }

  readonly #handleDelete = async (): Promise<void> => {
    const { id } = this.#company.value ?? {};
    if (!id) return;
    const isDone = await this.#command.run(() => this.#host.setup.deleteCompany(id));
    if (!isDone) return this.#host.focusOn('form > [part=error]');
    this.#draft.forget();
    this.#host.go('#/companies');
  };
}
