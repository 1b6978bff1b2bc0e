import { html, nothing } from 'lit';

import type { NewHostKey } from '../../../backend/setup/ways-in-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText } from '../../templates.js';
import { renderLinesField, renderTextField } from '../fields.js';
import { Pastes } from '../paste.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { type KeyProblem, readPublicKey } from './public-key.js';
import { makingCode } from './signing-code.js';

const names = ['kid', 'jwk'] as const;
type Name = (typeof names)[number];

function wrongName(kid: string): SetupKey | undefined {
  if (!kid) return 'setup.missing';
  return /^[\w.-]{1,64}$/.test(kid) ? undefined : 'host-keys.kid-wrong';
}

const wrongKey = (text: string, problem: KeyProblem): SetupKey =>
  text.trim() ? `host-keys.key-${problem}` : 'setup.missing';

/** What is typed of the key of a site. */
export class HostKeyForm {
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #pastes: Pastes;
  readonly #on: { readonly save: (input: NewHostKey) => Promise<void>; readonly cancel: () => void };
  readonly #isFirst: boolean;
  readonly #values: Record<Name, string> = { kid: '', jwk: '' };
  /** What is wrong, found before or by the server. */
  #problems: { readonly [name in Name]?: SetupKey | undefined } = {};

  /** @param isFirst the portal has none yet */
  constructor(
    host: RoomHost,
    isFirst: boolean,
    on: { readonly save: (input: NewHostKey) => Promise<void>; readonly cancel: () => void },
  ) {
    this.#host = host;
    this.#isFirst = isFirst;
    this.#on = on;
    this.#command = new CommandController(host, host);
    this.#pastes = new Pastes(host);
  }

  render(): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    const failure = error && !names.some((name) => this.#problems[name]) ? errorText(t, error) : '';
    const field = (name: Name, label: SetupKey, hint: SetupKey) => ({
      name,
      label: t(label),
      hint: t(hint),
      value: this.#values[name],
      error: this.#problems[name] && t(this.#problems[name]),
      onInput: (value: string) => this.#put(name, value),
    });
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${this.#isFirst ? this.#pastes.render('making', t('host-keys.make'), t('host-keys.make-about'), makingCode) : nothing}
      ${renderTextField(field('kid', 'host-keys.kid', 'host-keys.kid-hint'))}
      ${renderLinesField(field('jwk', 'host-keys.key', 'host-keys.key-hint'))}
      <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${t('setup.save')}</button>
        <button part="button button-plain" type="button" @click=${this.#on.cancel}>${t('setup.domain-cancel')}</button>
      </div>
    </form>`;
  }

  #put(name: Name, value: string): void {
    this.#values[name] = value;
    this.#problems = { ...this.#problems, [name]: undefined };
    this.#command.reset();
    this.#host.requestUpdate();
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const kid = this.#values.kid.trim();
    const jwk = await readPublicKey(this.#values.jwk);
    if (this.#command.pending) return;
    this.#problems = {
      kid: wrongName(kid),
      jwk: typeof jwk === 'string' ? wrongKey(this.#values.jwk, jwk) : undefined,
    };
    if (typeof jwk === 'string' || this.#problems.kid) return this.#show();
    const done = await this.#command.run(() => this.#on.save({ kid, jwk }));
    if (done) return;
    const refused = this.#command.error?.fields ?? [];
    const at = (name: Name) => refused.find(({ path }) => path === name || path.startsWith(`${name}.`));
    const refusal = at('kid')?.code === 'taken' ? 'host-keys.kid-taken' : 'host-keys.kid-wrong';
    this.#problems = { kid: at('kid') && refusal, jwk: at('jwk') && 'host-keys.key-malformed' };
    this.#show();
  };

  #show(): void {
    const wrong = names.find((name) => this.#problems[name]);
    this.#host.requestUpdate();
    this.#host.focusOn(wrong ? `#${wrong}` : '#host-keys form > [part=error]');
  }
}
