import { html, nothing } from 'lit';

import type { StaffSession, Welcome } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { renderTextField } from './fields.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';
import type { SetupKey } from './words.js';

const order = ['account', 'name', 'email', 'password'] as const;
type Field = (typeof order)[number];

const labels = {
  account: 'setup.company',
  name: 'setup.your-name',
  email: 'setup.email',
  password: 'setup.new-password',
} as const satisfies Record<Field, SetupKey>;

const purposes = {
  account: 'organization',
  name: 'name',
  email: 'username',
  password: 'new-password',
} as const satisfies Record<Field, AutoFill>;

/** What a field was refused for, by its code on the wire. */
const refusals: Readonly<Record<string, SetupKey>> = {
  'too-short': 'setup.password-too-short',
  'too-long': 'setup.password-too-long',
  known: 'setup.password-known',
  obvious: 'setup.password-obvious',
  taken: 'setup.email-taken',
};

/** Somebody follows a one-time link: the first of all, who also names the company, or a colleague of theirs. */
export class WelcomeRoom implements Room {
  readonly state = 'welcome';
  readonly #host: RoomHost;
  readonly #token: string;
  readonly #done: (session: StaffSession | null) => void;
  readonly #command: CommandController;
  readonly #welcome: Reading<Welcome>;
  readonly #values: Record<Field, string> = { account: '', name: '', email: '', password: '' };
  #problem: { readonly field: Field; readonly text: SetupKey } | undefined;

  /** @param done is called with a session, or with `null` by who would rather sign in */
  constructor(host: RoomHost, token: string, done: (session: StaffSession | null) => void) {
    this.#host = host;
    this.#token = token;
    this.#done = done;
    const failing = { fail: () => false };
    this.#command = new CommandController(host, failing);
    this.#welcome = new Reading({ ...failing, requestUpdate: () => host.requestUpdate() }, async (signal) => {
      const welcome = await host.setup.lookAtWelcome(token, { signal });
      this.#values.name ||= welcome.name ?? '';
      this.#values.email ||= welcome.email ?? '';
      return welcome;
    });
    void this.#welcome.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: welcome, error } = this.#welcome;
    const isOver = error?.code === 'unauthenticated' || this.#command.error?.code === 'unauthenticated';
    if (isOver)
      return html`<div class="stack">
        ${renderHeading(headingLevel, t('setup.title'))}
        <p part="notice" role="alert">${t('setup.welcome-over')}</p>
        <button part="button" type="button" @click=${() => this.#done(null)}>${t('setup.welcome-to-sign-in')}</button>
      </div>`;
    if (error) return renderFailure(t, error, this.#welcome.refresh);
    if (!welcome) return renderSkeleton(t('loading'));
    const isFirst = welcome.kind === 'first';
    const heading = isFirst ? t('setup.welcome-first') : t('setup.welcome-staff', { name: welcome.name ?? '' });
    const { pending, error: failure } = this.#command;
    return html`<form part="form" class="stack narrow" method="post" novalidate @submit=${this.#handleSubmit}>
      ${renderHeading(headingLevel, heading)}
      <p>${t(isFirst ? 'setup.welcome-first-about' : 'setup.welcome-staff-about')}</p>
      ${this.#fields(welcome).map((name) => this.#renderField(name))}
      <p part="error" role="alert" ?hidden=${!failure || !!this.#problem}>${failure ? errorText(t, failure) : nothing}</p>
      <button part="button button-primary" type="submit" aria-disabled=${pending}>${t('setup.welcome-submit')}</button>
    </form>`;
  }

  leave(): void {
    this.#welcome.stop();
  }

  #fields({ kind }: Welcome): readonly Field[] {
    return kind === 'first' ? order : ['name', 'password'];
  }

  #renderField(name: Field): unknown {
    const { t } = this.#host;
    return renderTextField({
      name,
      type: name === 'email' || name === 'password' ? name : 'text',
      label: t(labels[name]),
      value: this.#values[name],
      autocomplete: purposes[name],
      hint: name === 'password' ? t('setup.new-password-hint') : undefined,
      error: this.#problem?.field === name ? t(this.#problem.text) : undefined,
      onInput: (value) => {
        this.#values[name] = value;
      },
    });
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { value: welcome } = this.#welcome;
    if (!welcome || this.#command.pending) return;
    const data = new FormData(event.target as HTMLFormElement);
    const names = this.#fields(welcome);
    for (const name of names) {
      const text = String(data.get(name));
      this.#values[name] = name === 'password' ? text : text.trim();
    }
    const missing = names.find((name) => !this.#values[name]);
    if (missing) return this.#say(missing, 'setup.missing');
    this.#problem = undefined;
    const { name, password, ...first } = this.#values;
    let session: StaffSession | undefined;
    await this.#command.run(async () => {
      const input = { token: this.#token, name, password, ...(welcome.kind === 'first' && first) };
      session = await this.#host.setup.welcome(input);
    });
    if (session) return this.#done(session);
    const refused = this.#command.error?.fields?.find(({ path }) => names.includes(path as Field));
    if (refused) {
      const field = refused.path as Field;
      this.#say(field, refusals[refused.code] ?? (field === 'email' ? 'setup.email-wrong' : 'setup.missing'));
    }
  };

  #say(field: Field, text: SetupKey): void {
    this.#problem = { field, text };
    this.#host.requestUpdate();
    this.#host.focusOn(`#${field}`);
  }
}
