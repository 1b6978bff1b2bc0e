import { html, nothing } from 'lit';

import type { Named } from '../../backend/setup/people-backend.js';
import type { StaffAccount, StaffInput } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { errorText } from '../templates.js';
import { renderChoices, renderTextField, renderTicks } from './fields.js';
import type { RoomHost } from './room.js';

/** What is typed of a person, somebody new or one who is there. */
export class StaffForm {
  readonly values: { name: string; email: string; role: StaffInput['role']; scope: 'all' | 'some'; inboxes: string[] };
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #isNew: boolean;
  readonly #inboxes: readonly Named[];
  readonly #save: (values: StaffInput & { readonly email: string }) => Promise<void>;
  readonly #cancel: () => void;
  #isTried = false;

  constructor(
    host: RoomHost,
    inboxes: readonly Named[],
    member: StaffAccount | null,
    {
      save,
      cancel,
    }: {
      readonly save: (values: StaffInput & { readonly email: string }) => Promise<void>;
      readonly cancel: () => void;
    },
  ) {
    this.#host = host;
    this.#inboxes = inboxes;
    this.#isNew = member === null;
    this.#save = save;
    this.#cancel = cancel;
    this.#command = new CommandController(host, host);
    this.values = {
      name: member?.name ?? '',
      email: member?.email ?? '',
      role: member?.role ?? 'agent',
      scope: member?.inboxes ? 'some' : 'all',
      inboxes: member?.inboxes?.map(({ id }) => id) ?? [],
    };
  }

  render(): unknown {
    const { t } = this.#host;
    const { pending } = this.#command;
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${this.#renderText('name', t('setup.staff-name'))}
      ${this.#isNew ? this.#renderText('email', t('setup.email')) : nothing}
      ${renderChoices(
        'role',
        t('setup.staff-role'),
        (['agent', 'admin'] as const).map((role) => ({
          value: role,
          label: t(`setup.staff-${role}`),
          hint: t(`setup.staff-${role}-hint`),
        })),
        this.values.role,
        (role) => this.#change({ role }),
      )}
      ${renderChoices(
        'scope',
        t('setup.staff-inboxes'),
        [
          { value: 'all', label: t('setup.staff-inboxes-all') },
          { value: 'some', label: t('setup.staff-inboxes-some'), more: this.#renderInboxes() },
        ],
        this.values.scope,
        (scope) => this.#change({ scope }),
      )}
      <p part="error" role="alert" ?hidden=${!this.#problem}>${this.#problem || nothing}</p>
      <div part="actions">
        <button part="button button-primary" type="submit" aria-disabled=${pending}>${t(this.#isNew ? 'setup.staff-add' : 'setup.save')}</button>
        <button part="button button-plain" type="button" @click=${this.#cancel}>${t('setup.staff-cancel')}</button>
      </div>
    </form>`;
  }

  /** What was refused and stands at no field. */
  get #problem(): string {
    const { t } = this.#host;
    const { error } = this.#command;
    if (!error || this.#refused('email')) return '';
    return this.#refused('role') || this.#refused('enabled') ? t('setup.staff-last-admin') : errorText(t, error);
  }

  #refused(path: string): boolean {
    return !!this.#command.error?.fields?.some((field) => field.path === path);
  }

  #renderText(name: 'name' | 'email', label: string): unknown {
    const { t } = this.#host;
    const isMissing = this.#isTried && !this.values[name].trim();
    const refused = this.#command.error?.fields?.find(({ path }) => path === name);
    const refusal = refused && t(refused.code === 'taken' ? 'setup.email-taken' : 'setup.email-wrong');
    return renderTextField({
      name,
      type: name === 'email' ? 'email' : 'text',
      label,
      value: this.values[name],
      error: isMissing ? t('setup.missing') : refusal,
      onInput: (value) => this.#change({ [name]: value }),
    });
  }

  #renderInboxes(): unknown {
    const { t } = this.#host;
    const { inboxes, scope } = this.values;
    const ticks = this.#inboxes.map(({ id, name }) => ({
      name: `inbox-${id}`,
      label: name,
      checked: inboxes.includes(id),
      onChange: (checked: boolean) =>
        this.#change({ inboxes: checked ? [...inboxes, id] : inboxes.filter((other) => other !== id) }),
    }));
    const isMissing = this.#isTried && scope === 'some' && inboxes.length === 0;
    return renderTicks(
      'inboxes',
      t('setup.staff-inboxes-some'),
      ticks,
      undefined,
      isMissing ? t('setup.staff-inboxes-none') : undefined,
    );
  }

  #change(values: Partial<StaffForm['values']>): void {
    Object.assign(this.values, values);
    this.#command.reset();
    this.#host.requestUpdate();
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.#isTried = true;
    const { name, email, role, scope, inboxes } = this.values;
    this.#host.requestUpdate();
    const wrong = [
      [!name.trim(), '#name'],
      [this.#isNew && !email.trim(), '#email'],
      [scope === 'some' && inboxes.length === 0, '[name^=inbox-]'],
    ] as const;
    const first = wrong.find(([isWrong]) => isWrong);
    if (first) return this.#host.focusOn(first[1]);
    const done = await this.#command.run(() =>
      this.#save({ name: name.trim(), email: email.trim(), role, inboxes: scope === 'all' ? null : inboxes }),
    );
    if (!done && this.#refused('email')) this.#host.focusOn('#email');
  };
}
