import { html, nothing } from 'lit';

import type { StaffSession } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { errorText, renderHeading } from '../templates.js';
import { renderTextField } from './fields.js';
import type { Room, RoomHost } from './room.js';

type Field = 'email' | 'password';

/** Staff signs in by address and password. */
export class SignInRoom implements Room {
  readonly state = 'signed-out';
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #values: Record<Field, string> = { email: '', password: '' };
  readonly #ended: boolean;
  readonly #done: (session: StaffSession) => void;
  #missing: Field | undefined;

  constructor(host: RoomHost, ended: boolean, done: (session: StaffSession) => void) {
    this.#host = host;
    this.#ended = ended;
    this.#done = done;
    // A refusal here is about what was typed, not about a session.
    this.#command = new CommandController(host, { fail: () => false });
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { error, pending } = this.#command;
    return html`<form part="form" class="stack narrow" method="post" novalidate @submit=${this.#handleSubmit}>
      ${renderHeading(headingLevel, t('setup.sign-in'))}
      ${this.#ended ? html`<p part="notice">${t('setup.ended')}</p>` : nothing}
      ${this.#renderField('email')} ${this.#renderField('password')}
      <p part="error" role="alert" ?hidden=${!error}>
        ${error && (error.code === 'unauthenticated' ? t('setup.wrong') : errorText(t, error))}
      </p>
      <button part="button button-primary" type="submit" aria-disabled=${pending}>${t('setup.sign-in-submit')}</button>
    </form>`;
  }

  #renderField(name: Field): unknown {
    const { t } = this.#host;
    return renderTextField({
      name,
      type: name,
      label: t(`setup.${name}`),
      value: this.#values[name],
      autocomplete: name === 'email' ? 'username' : 'current-password',
      error: this.#missing === name ? t('setup.missing') : undefined,
      onInput: (value) => {
        this.#values[name] = value;
      },
    });
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const host = this.#host;
    // A password manager may fill in a field without a word.
    const data = new FormData(event.target as HTMLFormElement);
    this.#values.email = String(data.get('email')).trim();
    this.#values.password = String(data.get('password'));
    this.#command.reset();
    this.#missing = (['email', 'password'] as const).find((name) => !this.#values[name]);
    host.requestUpdate();
    if (this.#missing) return host.focusOn(`#${this.#missing}`);
    let session: StaffSession | undefined;
    const done = await this.#command.run(async () => {
      session = await host.setup.signIn(this.#values);
    });
    if (done && session) this.#done(session);
    else host.focusOn('#password');
  };
}
