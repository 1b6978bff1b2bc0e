import { html, nothing } from 'lit';

import type { Access, PortalChange } from '../../../backend/setup/setup-backend.js';
import { linesOf, renderChoices, renderLinesField, renderTicks } from '../fields.js';
import { type OriginProblem, problemOfOrigin, twinOf } from '../origin-check.js';
import type { SetupStep, StepPlace } from './step.js';

const domainForm = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;

type Method = 'password' | 'email';

/** Who may sign in, how, and on which pages. */
export class AccessStep implements SetupStep {
  readonly values: {
    kind: Access['kind'];
    /** An entry a line, as in the fields below. */
    emailDomains: string;
    groups: string;
    signIn: Method[];
    origins: string;
  };
  place: StepPlace;
  /** Something was to be saved: from then on the fields say what is wrong with them. */
  #isTried = false;

  constructor(place: StepPlace) {
    this.place = place;
    const { portal, setup } = place;
    const access = portal?.access ?? { kind: 'access-groups' };
    const hasMail = setup.mail.sends || setup.mail.keeps;
    this.values = {
      kind: access.kind,
      emailDomains: access.kind === 'open' ? access.emailDomains.join('\n') : '',
      groups: (portal?.accessGroups ?? []).join('\n'),
      signIn: (portal?.signIn ?? ['password', 'email']).filter(
        (method) => method !== 'email' || hasMail || portal?.open,
      ),
      origins: (portal?.origins ?? []).join('\n'),
    };
  }

  render(): unknown {
    const { host } = this.place;
    const { t } = host;
    return html`${renderChoices(
      'access',
      t('setup.access'),
      [
        {
          value: 'access-groups',
          label: t('setup.access-groups'),
          hint: t('setup.access-groups-hint'),
          more: this.#renderGroups(),
        },
        {
          value: 'open',
          label: t('setup.access-open'),
          hint: t('setup.access-open-hint'),
          more: this.#renderDomains(),
        },
        {
          value: 'sso-only',
          label: t('setup.access-sso'),
          hint: t('setup.access-sso-hint'),
          more: html`<a part="link" href="#/${this.place.portal?.slug}/sso">${t('sso.set-up')}</a>`,
        },
      ],
      this.values.kind,
      (kind) => this.#change({ kind }),
    )}
    ${this.values.kind === 'sso-only' ? nothing : this.#renderMethods()} ${this.#renderOrigins()}`;
  }

  read(): PortalChange | null {
    this.#isTried = true;
    const { host } = this.place;
    host.requestUpdate();
    const { kind, emailDomains, groups, signIn, origins } = this.values;
    const wrong = [
      [kind === 'open' && this.#wrongDomain, '#emailDomains'],
      [kind !== 'sso-only' && signIn.length === 0, '[name=method-password]'],
      [this.#wrongOrigins.length > 0, '#origins'],
    ] as const;
    const first = wrong.find(([isWrong]) => isWrong);
    if (first) {
      host.focusOn(first[1]);
      return null;
    }
    const access: Access = kind === 'open' ? { kind, emailDomains: linesOf(emailDomains.toLowerCase()) } : { kind };
    return {
      access,
      ...(kind === 'access-groups' && { accessGroups: linesOf(groups) }),
      ...(kind !== 'sso-only' && { signIn }),
      origins: linesOf(origins),
    };
  }

  refuse(path: string): boolean {
    const field = /^(origins|access)/.exec(path)?.[1];
    if (field) this.place.host.focusOn(field === 'origins' ? '#origins' : '[name=access]:checked');
    // The fields find what is wrong by themselves; what only the server knows is said below.
    return false;
  }

  get #wrongDomain(): string | undefined {
    return linesOf(this.values.emailDomains.toLowerCase()).find((domain) => !domainForm.test(domain));
  }

  get #wrongOrigins(): OriginProblem[] {
    return linesOf(this.values.origins).flatMap((text) => problemOfOrigin(text) ?? []);
  }

  #renderGroups(): unknown {
    const { t } = this.place.host;
    return renderLinesField({
      name: 'groups',
      label: t('setup.groups'),
      hint: t('setup.groups-hint'),
      value: this.values.groups,
      onInput: (groups) => this.#change({ groups }),
    });
  }

  #renderDomains(): unknown {
    const { t } = this.place.host;
    const wrong = this.#isTried && this.#wrongDomain;
    return renderLinesField({
      name: 'emailDomains',
      label: t('setup.email-domains'),
      hint: t('setup.email-domains-hint'),
      value: this.values.emailDomains,
      error: wrong ? t('setup.email-domain-malformed', { domain: wrong }) : undefined,
      onInput: (emailDomains) => this.#change({ emailDomains }),
    });
  }

  #renderMethods(): unknown {
    const { host, setup } = this.place;
    const { t } = host;
    const { signIn } = this.values;
    const hasMail = setup.mail.sends || setup.mail.keeps;
    const ticks = (['password', 'email'] as const).map((method) => ({
      name: `method-${method}`,
      label: t(`setup.method-${method}`),
      hint: method === 'email' && !hasMail ? t('setup.method-email-needs') : undefined,
      checked: signIn.includes(method),
      onChange: (checked: boolean) => {
        const others = signIn.filter((other) => other !== method);
        this.#change({ signIn: checked ? [...others, method] : others });
      },
    }));
    const error = this.#isTried && signIn.length === 0 ? t('setup.methods-none') : undefined;
    return renderTicks('methods', t('setup.methods'), ticks, undefined, error);
  }

  #renderOrigins(): unknown {
    const { t } = this.place.host;
    const problems = this.#isTried ? this.#wrongOrigins : [];
    const error = problems.map(
      (problem) => html`<span class="line">${t(`setup.origin-${problem.mistake}`, { text: problem.text })}
        ${problem.meant ? this.#renderUse(t('setup.origin-use', { origin: problem.meant }), problem.text, problem.meant) : nothing}</span>`,
    );
    return html`${renderLinesField({
      name: 'origins',
      label: t('setup.origins'),
      hint: t('setup.origins-hint'),
      value: this.values.origins,
      error: error.length ? error : undefined,
      onInput: (origins) => this.#change({ origins }),
    })}
    ${this.#twins.map(
      (twin) => html`<p class="meta" part="hint">${t('setup.origin-www', { origin: twin })}
        ${this.#renderUse(t('setup.origin-add', { origin: twin }), null, twin)}</p>`,
    )}`;
  }

  /** Other names under which visitors may come to the same pages. */
  get #twins(): string[] {
    const lines = linesOf(this.values.origins);
    return lines.flatMap((line) => {
      const twin = problemOfOrigin(line) ? null : twinOf(line);
      return twin && !lines.includes(twin) ? [twin] : [];
    });
  }

  #renderUse(words: string, wrong: string | null, right: string): unknown {
    const handle = () => {
      const lines = linesOf(this.values.origins);
      const all = wrong === null ? [...lines, right] : lines.map((line) => (line === wrong ? right : line));
      this.#change({ origins: [...new Set(all)].join('\n') });
      this.place.host.focusOn('#origins');
    };
    return html`<button part="button button-plain" type="button" @click=${handle}>${words}</button>`;
  }

  #change(values: Partial<AccessStep['values']>): void {
    Object.assign(this.values, values);
    this.place.host.requestUpdate();
  }
}
