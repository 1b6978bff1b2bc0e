import { html, nothing } from 'lit';

import type { Category, Label, OwnedStatus } from '../../../backend/setup/account-backend.js';
import type { Named } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText } from '../../templates.js';
import { languageName, renderChoices, renderError, renderSelect, renderTextField, renderTicks } from '../fields.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

export const categories: readonly Category[] = ['open', 'waiting_on_contact', 'closed'];

/** As words have it. */
export const categoryKey = (category: Category) => (category === 'waiting_on_contact' ? 'waiting' : category);

export interface StatusInput {
  readonly category: Category;
  readonly label: Label;
  readonly inboxes: OwnedStatus['inboxes'];
}

/** What is typed of a status: what customers read, and what it means. */
export class StatusForm {
  readonly values: { label: Record<string, string>; category: Category; scope: 'all' | 'some'; inboxes: string[] };
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #languages: readonly string[];
  /** Of which it may be; none where there is no choice. */
  readonly #inboxes: readonly Named[];
  readonly #isNew: boolean;
  readonly #save: (input: StatusInput) => Promise<void>;
  readonly #cancel: () => void;
  readonly #look: () => Promise<string>;
  #problem: SetupKey | undefined;
  /** What somebody else has made of it meanwhile. */
  #now = '';

  /** @param languages of the portals: there is a field for each */
  constructor(
    host: RoomHost,
    { languages, inboxes }: { readonly languages: readonly string[]; readonly inboxes: readonly Named[] },
    status: OwnedStatus | null,
    on: {
      readonly save: (input: StatusInput) => Promise<void>;
      readonly cancel: () => void;
      /** Reads how it is now, and says it. */
      readonly look: () => Promise<string>;
    },
  ) {
    this.#host = host;
    this.#languages = languages;
    this.#inboxes = inboxes;
    this.#isNew = status === null;
    this.#save = on.save;
    this.#cancel = on.cancel;
    this.#look = on.look;
    this.#command = new CommandController(host, host);
    this.values = {
      label: { ...status?.label },
      category: status?.category ?? 'open',
      scope: status?.inboxes ? 'some' : 'all',
      inboxes: [...(status?.inboxes ?? [])],
    };
  }

  render(): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    const changed = this.#now && t('account.changed-meanwhile', { what: this.#now });
    const failure = changed || (error && !this.#problem ? errorText(t, error) : '');
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      <fieldset part="group">
        <legend part="label">${t('statuses.label')}</legend>
        ${this.#languages.length > 1 ? html`<p class="meta" part="hint">${t('statuses.label-hint')}</p>` : nothing}
        ${this.#languages.map((language, at) =>
          renderTextField({
            name: `label-${language}`,
            label: languageName(language),
            value: this.values.label[language] ?? '',
            error: at === 0 && this.#isLabel && this.#problem ? t(this.#problem) : undefined,
            onInput: (text) => {
              this.values.label = { ...this.values.label, [language]: text };
              this.#changed();
            },
          }),
        )}
      </fieldset>
      ${this.#renderCategory()} ${this.#inboxes.length > 1 ? this.#renderScope() : nothing}
      <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${pending ? t('setup.saving') : t(this.#isNew ? 'statuses.add' : 'setup.save')}</button>
        <button part="button button-plain" type="button" @click=${this.#cancel}>${t('setup.domain-cancel')}</button>
      </div>
    </form>`;
  }

  /** What is wrong is what customers read. */
  get #isLabel(): boolean {
    return (
      this.#problem === 'setup.missing' ||
      this.#problem === 'statuses.label-wrong' ||
      this.#problem === 'statuses.too-many'
    );
  }

  #renderCategory(): unknown {
    const { t } = this.#host;
    const { category } = this.values;
    return html`${renderSelect(
      'category',
      t('statuses.category'),
      categories.map((value) => ({ value, label: t(`statuses.category-${categoryKey(value)}`) })),
      category,
      (value) => {
        this.values.category = value as Category;
        this.#changed();
      },
      t(`statuses.category-${categoryKey(category)}-hint`),
    )}
    ${renderError('category', this.#problem === 'statuses.last' ? t(this.#problem) : '')}`;
  }

  #renderScope(): unknown {
    const { t } = this.#host;
    const { scope, inboxes } = this.values;
    const ticks = this.#inboxes.map(({ id, name }) => ({
      name: `inbox-${id}`,
      label: name,
      checked: inboxes.includes(id),
      onChange: (checked: boolean) => {
        this.values.inboxes = checked ? [...inboxes, id] : inboxes.filter((other) => other !== id);
        this.#changed();
      },
    }));
    const isAt = this.#problem === 'statuses.inboxes-none' || this.#problem === 'statuses.inboxes-used';
    const more = renderTicks(
      'inboxes',
      t('statuses.inboxes-some'),
      ticks,
      undefined,
      isAt && this.#problem ? t(this.#problem) : undefined,
    );
    return renderChoices(
      'scope',
      t('statuses.inboxes'),
      [
        { value: 'all', label: t('statuses.inboxes-all') },
        { value: 'some', label: t('statuses.inboxes-some'), hint: t('statuses.inboxes-hint'), more },
      ],
      scope,
      (value) => {
        this.values.scope = value;
        this.#changed();
      },
    );
  }

  #changed(): void {
    this.#problem = undefined;
    this.#command.reset();
    this.#host.requestUpdate();
  }

  #say(problem: SetupKey): void {
    this.#problem = problem;
    this.#host.requestUpdate();
    const isInboxes = problem === 'statuses.inboxes-none' || problem === 'statuses.inboxes-used';
    this.#host.focusOn(problem === 'statuses.last' ? '#category' : isInboxes ? '[name^=inbox-]' : '[name^=label-]');
  }

  async #sayNow(): Promise<void> {
    this.#now = await this.#look();
    this.#host.requestUpdate();
    this.#host.focusOn('form > [part=error]');
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { label: typed, category, scope, inboxes: chosen } = this.values;
    this.#now = '';
    const words = Object.entries(typed).map(([language, text]) => [language, text.trim()] as const);
    const label = Object.fromEntries(words.filter(([, text]) => text));
    if (!Object.keys(label).length) return this.#say('setup.missing');
    if (scope === 'some' && !chosen.length) return this.#say('statuses.inboxes-none');
    const inboxes = scope === 'some' ? chosen : null;
    if (await this.#command.run(() => this.#save({ label, category, inboxes }))) return;
    const { path = '', code } = this.#command.error?.fields?.[0] ?? {};
    if (path === 'was') await this.#sayNow();
    else if (path === 'category') this.#say('statuses.last');
    else if (path.startsWith('inboxes')) this.#say('statuses.inboxes-used');
    else if (path.startsWith('label')) this.#say('statuses.label-wrong');
    else if (code === 'too-many') this.#say('statuses.too-many');
  };
}
