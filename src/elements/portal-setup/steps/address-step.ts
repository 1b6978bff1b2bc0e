import { html, nothing } from 'lit';

import type { AddressAnswer, Domain, PortalChange } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText } from '../../templates.js';
import { languageName, languageOptions, renderChoices, renderSelect, renderTextField, renderTicks } from '../fields.js';
import { Reading } from '../reading.js';
import type { SetupStep, StepPlace } from './step.js';

/** Milliseconds without a key press, after which an address is looked up. */
const pause = 250;

/** Where the portal is: a domain and a slug, and the languages that it speaks there. */
export class AddressStep implements SetupStep {
  readonly values: {
    domain: string;
    slug: string;
    language: 'follow' | 'choose';
    locales: string[];
    /** Of a domain that is being connected; `null` when none is. */
    host: string | null;
    hostLocale: string;
  };
  place: StepPlace;
  readonly #command: CommandController;
  readonly #address: Reading<AddressAnswer>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #noLanguage = false;

  constructor(place: StepPlace) {
    this.place = place;
    const { portal, setup, host } = place;
    const domain = portal?.domain ?? setup.domains[0]?.id ?? '';
    this.values = {
      domain,
      slug: portal?.slug ?? '',
      language: portal?.followsDomain === false ? 'choose' : 'follow',
      locales: [...(portal?.locales ?? [])],
      host: null,
      hostLocale: 'en',
    };
    this.#command = new CommandController(host, host);
    this.#address = new Reading(host, (signal) => {
      const except = this.place.portal?.slug;
      const query = { domain: this.values.domain, slug: this.values.slug.trim(), ...(except && { except }) };
      return host.setup.checkAddress(query, { signal });
    });
    void this.#address.refresh();
  }

  render(): unknown {
    const { host, setup } = this.place;
    const { t } = host;
    const chosen = this.#domain;
    const { value: found } = this.#address;
    return html`${renderChoices(
      'domain',
      t('setup.domain'),
      setup.domains.map((domain) => ({
        value: domain.id,
        label: domain.host ?? `${new URL(setup.base).host} (${t('setup.domain-own')})`,
        hint: t('setup.domain-language', { language: languageName(domain.locale) }),
        more: domain.kind === 'system' ? html`<p part="notice">${t('setup.system-note')}</p>` : nothing,
      })),
      this.values.domain,
      (id) => this.#change({ domain: id }),
    )}
    ${this.values.host === null ? this.#renderAdd() : this.#renderNewDomain(this.values.host)}
    ${renderTextField({
      name: 'slug',
      label: t('setup.slug'),
      value: this.values.slug,
      hint: t('setup.slug-hint'),
      error: found?.problem ? t(`setup.slug-${found.problem}`) : undefined,
      onInput: (slug) => this.#change({ slug }),
    })}
    <p part="preview"><span class="meta">${t('setup.address')}</span> <bdi part="address">${found?.address ?? ' '}</bdi></p>
    ${renderChoices(
      'language',
      t('setup.languages'),
      [
        { value: 'follow', label: t('setup.languages-follow', { language: languageName(chosen?.locale ?? 'en') }) },
        { value: 'choose', label: t('setup.languages-choose'), more: this.#renderLanguages() },
      ],
      this.values.language,
      (language) => this.#change({ language }),
    )}`;
  }

  async prepare(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#address.refresh();
  }

  read(): PortalChange | null {
    const { domain, language, locales } = this.values;
    const slug = this.values.slug.trim();
    const { host, portal } = this.place;
    if (this.#address.value?.problem) {
      host.focusOn('#slug');
      return null;
    }
    this.#noLanguage = language === 'choose' && locales.length === 0;
    if (this.#noLanguage) {
      host.requestUpdate();
      host.focusOn('[name^=locale-]');
      return null;
    }
    const isMoved = domain !== portal?.domain || slug !== portal?.slug;
    const languages =
      language === 'follow' ? { followsDomain: true } : { followsDomain: false, locales, locale: locales[0] as string };
    return { ...(isMoved && { domain, slug }), ...languages };
  }

  refuse(path: string, code: string): boolean {
    if (path !== 'slug' && path !== 'domain') return false;
    const problem = code === 'taken' || code === 'reserved' ? code : 'malformed';
    this.#address.value = { address: this.#address.value?.address ?? '', problem };
    this.place.host.requestUpdate();
    this.place.host.focusOn('#slug');
    return true;
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#address.stop();
  }

  get #domain(): Domain | undefined {
    return this.place.setup.domains.find(({ id }) => id === this.values.domain);
  }

  #renderAdd(): unknown {
    const { t } = this.place.host;
    return html`<button part="button button-plain" type="button" @click=${this.#handleAdd}>${t('setup.domain-add')}</button>`;
  }

  #renderNewDomain(host: string): unknown {
    const { t } = this.place.host;
    const { error, pending } = this.#command;
    const code = error?.fields?.find(({ path }) => path === 'host')?.code;
    const words = code === 'taken' ? t('setup.host-taken') : t('setup.host-malformed');
    const refused = code || error?.code === 'invalid' ? words : undefined;
    return html`<fieldset part="group" @keydown=${this.#handleKey}>
      <legend part="label">${t('setup.domain-add')}</legend>
      ${renderTextField({
        name: 'host',
        label: t('setup.domain-host'),
        value: host,
        hint: t('setup.domain-host-hint'),
        error: refused ?? (error && errorText(t, error)),
        onInput: (value) => {
          this.values.host = value;
          this.#command.reset();
        },
      })}
      ${renderSelect('host-locale', t('setup.domain-locale'), languageOptions(t), this.values.hostLocale, (value) => {
        this.values.hostLocale = value;
      })}
      <div part="actions">
        <button part="button" type="button" aria-disabled=${pending} @click=${this.#handleConnect}>${t('setup.domain-connect')}</button>
        <button part="button button-plain" type="button" @click=${this.#handleCancel}>${t('setup.domain-cancel')}</button>
      </div>
    </fieldset>`;
  }

  #renderLanguages(): unknown {
    const { t } = this.place.host;
    const ticks = languageOptions(t).map(({ value, label }) => ({
      name: `locale-${value}`,
      label,
      checked: this.values.locales.includes(value),
      onChange: (checked: boolean) => {
        const others = this.values.locales.filter((locale) => locale !== value);
        this.#change({ locales: checked ? [...others, value] : others });
      },
    }));
    return renderTicks(
      'locales',
      t('setup.languages-choose'),
      ticks,
      t('setup.languages-first'),
      this.#noLanguage ? t('setup.languages-none') : undefined,
    );
  }

  #change(values: Partial<AddressStep['values']>): void {
    Object.assign(this.values, values);
    this.#noLanguage = false;
    this.place.host.requestUpdate();
    if (values.slug === undefined && values.domain === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#address.refresh(), pause);
  }

  readonly #handleAdd = (): void => {
    this.#change({ host: '' });
    this.place.host.focusOn('#host');
  };

  readonly #handleCancel = (): void => {
    this.#command.reset();
    this.#change({ host: null });
    this.place.host.focusOn('[name=domain]:checked');
  };

  /** Enter connects the domain, and does not go on to the next step. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void this.#handleConnect();
  };

  readonly #handleConnect = async (): Promise<void> => {
    const { host, refresh } = this.place;
    let made: Domain | undefined;
    const done = await this.#command.run(async () => {
      const input = { host: (this.values.host ?? '').trim().toLowerCase(), locale: this.values.hostLocale };
      made = await host.setup.createDomain(input);
      await refresh();
    });
    if (!done || !made) return host.focusOn('#host');
    this.#change({ host: null, domain: made.id });
    host.focusOn('[name=domain]:checked');
  };
}
