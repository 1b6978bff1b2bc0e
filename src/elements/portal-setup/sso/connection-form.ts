import { html, nothing } from 'lit';

import type { Connection, ConnectionInput } from '../../../backend/setup/ways-in-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText } from '../../templates.js';
import { renderTextField } from '../fields.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

const names = ['label', 'issuer', 'clientId', 'clientSecret'] as const;
type Name = (typeof names)[number];

/** What is wrong with an issuer, by the code on the wire. */
const wrongIssuer: Readonly<Record<string, SetupKey>> = {
  malformed: 'sso.issuer-malformed',
  insecure: 'sso.issuer-insecure',
  unreachable: 'sso.issuer-unreachable',
  inner: 'setup.inner-address',
  mismatch: 'sso.issuer-mismatch',
  unsupported: 'sso.issuer-unsupported',
};

/** What is typed of a provider, a new one or one that is there. */
export class ConnectionForm {
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #before: Connection | null;
  readonly #save: (input: ConnectionInput) => Promise<void>;
  readonly #cancel: () => void;
  readonly #values: Record<Name, string>;
  #isTried = false;

  constructor(
    host: RoomHost,
    before: Connection | null,
    on: { readonly save: (input: ConnectionInput) => Promise<void>; readonly cancel: () => void },
  ) {
    this.#host = host;
    this.#before = before;
    this.#save = on.save;
    this.#cancel = on.cancel;
    this.#command = new CommandController(host, host);
    const { label = '', issuer = '', clientId = '' } = before ?? {};
    this.#values = { label, issuer, clientId, clientSecret: '' };
  }

  render(): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    const isSaid = error?.fields?.some(({ path }) => names.includes(path as Name));
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${this.#renderText('label', t('sso.label'), t('sso.label-hint'))}
      ${this.#renderText('issuer', t('sso.issuer'), t('sso.issuer-hint'))}
      ${this.#renderText('clientId', t('sso.client-id'))}
      ${this.#renderText('clientSecret', t('sso.client-secret'), t(this.#before?.hasSecret ? 'sso.secret-kept' : 'sso.secret-hint'))}
      <p part="error" role="alert" ?hidden=${!error || isSaid}>${error && !isSaid ? errorText(t, error) : nothing}</p>
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'sso.asking' : 'setup.save')}</button>
        <button part="button button-plain" type="button" @click=${this.#cancel}>${t('setup.domain-cancel')}</button>
      </div>
    </form>`;
  }

  #renderText(name: Name, label: string, hint?: string): unknown {
    return renderTextField({
      name,
      label,
      hint,
      type: name === 'clientSecret' ? 'password' : 'text',
      autocomplete: name === 'clientSecret' ? 'new-password' : 'off',
      value: this.#values[name],
      error: this.#problemOf(name),
      onInput: (value) => {
        this.#values[name] = value;
        this.#command.reset();
        this.#host.requestUpdate();
      },
    });
  }

  #problemOf(name: Name): string | undefined {
    const { t } = this.#host;
    if (this.#isMissing(name)) return t('setup.missing');
    const refused = this.#command.error?.fields?.find(({ path }) => path === name);
    if (!refused) return undefined;
    if (name === 'clientSecret') return t('sso.secret-anew');
    return t((name === 'issuer' && wrongIssuer[refused.code]) || 'error.invalid');
  }

  #isMissing = (name: Name): boolean => this.#isTried && name !== 'clientSecret' && !this.#values[name].trim();

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#command.pending) return;
    this.#isTried = true;
    this.#host.requestUpdate();
    const missing = names.find(this.#isMissing);
    if (missing) return this.#host.focusOn(`#${missing}`);
    const { label, issuer, clientId, clientSecret } = this.#values;
    const input = { label: label.trim(), issuer: issuer.trim(), clientId: clientId.trim() };
    const done = await this.#command.run(() => this.#save({ ...input, ...(clientSecret && { clientSecret }) }));
    if (done) return;
    const refused = names.find((name) => this.#problemOf(name));
    if (refused) this.#host.focusOn(`#${refused}`);
  };
}
