import { html, nothing } from 'lit';

import type { Desk, NewDesk } from '../../../backend/setup/account-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { toBackendError } from '../../../controllers/portal-client.js';
import { fullTime } from '../../../i18n/format.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { linesOf, renderChoices, renderLinesField, renderTextField } from '../fields.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import { renderAccountRooms } from './rooms.js';

type Kind = 'rt' | 'http';

interface Typed {
  readonly kind: Kind;
  readonly url: string;
  readonly user: string;
  /** The password, or the key of a service of one's own: never read back. */
  readonly secret: string;
  /** A name a line. */
  readonly queues: string;
  readonly replyAs: 'service' | 'mail-gateway';
}

type Field = 'url' | 'user' | 'secret' | 'queues';

const textOf = (value: Desk['settings'][string] | undefined): string => (typeof value === 'string' ? value : '');

const typedOf = (desk: Desk | null): Typed => {
  const { queues, replyAs } = desk?.settings ?? {};
  return {
    kind: desk?.kind === 'http' ? 'http' : 'rt',
    url: textOf(desk?.settings['url']),
    user: textOf(desk?.settings['user']),
    secret: '',
    queues: Array.isArray(queues) ? queues.join('\n') : '',
    replyAs: replyAs === 'mail-gateway' ? 'mail-gateway' : 'service',
  };
};

/** The company's own help desk: whether there is one, and how it is reached. */
export class DeskRoom implements Room {
  readonly state = 'desk';
  readonly #host: RoomHost;
  readonly #desk: Reading<Desk | null>;
  readonly #command: CommandController;
  #typed: Typed | undefined;
  #isTried = false;
  #isConnected = false;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    this.#desk = new Reading(host, async (signal) => {
      const desk = await host.setup.getDesk({ signal }).catch((error: unknown) => {
        if (toBackendError(error).code === 'not-found') return null;
        throw error;
      });
      this.#typed ??= typedOf(desk);
      return desk;
    });
    void this.#desk.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: desk, error } = this.#desk;
    return html`<div class="stack">
      ${renderAccountRooms(t, 'desk')}
      ${renderHeading(headingLevel, t('desk.heading'))}
      ${
        error && desk === undefined
          ? renderFailure(t, error, this.#desk.refresh)
          : desk !== undefined && this.#typed
            ? html`${this.#renderNow(desk)} ${this.#renderForm(this.#typed)}`
            : renderSkeleton(t('loading'))
      }
    </div>`;
  }

  leave(): void {
    this.#desk.stop();
  }

  #renderNow(desk: Desk | null): unknown {
    const { t, locale } = this.#host;
    if (!desk) return html`<p>${t('desk.none')}</p>`;
    const { kind, syncedAt, inboxes } = desk;
    return html`<section part="group">
      <p><strong>${t(kind === 'http' ? 'desk.is-http' : 'desk.is-rt')}</strong></p>
      <p class="meta">${syncedAt ? t('desk.synced', { time: fullTime(locale, syncedAt) }) : t('desk.filling')}</p>
      <p class="meta">${t('desk.inboxes')} <bdi>${new Intl.ListFormat(locale).format(inboxes.map(({ name }) => name))}</bdi></p>
    </section>`;
  }

  #renderForm(typed: Typed): unknown {
    const { t } = this.#host;
    const { pending } = this.#command;
    const problem = this.#problem;
    const kinds = [
      { value: 'rt', label: t('desk.rt'), hint: t('desk.rt-hint') },
      { value: 'http', label: t('desk.http'), hint: t('desk.http-hint') },
    ] as const;
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${renderChoices('kind', t('desk.kind'), kinds, typed.kind, (kind) => this.#change({ kind }))}
      ${this.#renderText('url', t(typed.kind === 'rt' ? 'desk.url-rt' : 'desk.url-http'))}
      ${typed.kind === 'rt' ? this.#renderText('user', t('desk.user')) : nothing}
      ${this.#renderText('secret', t(typed.kind === 'rt' ? 'setup.password' : 'desk.key'), t('desk.secret-hint'))}
      ${typed.kind === 'rt' ? this.#renderRt(typed) : nothing}
      <p part="error" role="alert" tabindex="-1" ?hidden=${!problem}>${problem}</p>
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'desk.asking' : 'desk.connect')}</button>
      </div>
      <p class="meta" part="saved" role="status">${this.#isConnected ? t('desk.connected') : nothing}</p>
    </form>`;
  }

  #renderRt({ queues, replyAs }: Typed): unknown {
    const { t } = this.#host;
    const ways = (['service', 'mail-gateway'] as const).map((value) => ({
      value,
      label: t(`desk.reply-${value}`),
      hint: t(`desk.reply-${value}-hint`),
    }));
    return html`${renderLinesField({
      name: 'queues',
      label: t('desk.queues'),
      hint: t('desk.queues-hint'),
      value: queues,
      error: this.#isMissing('queues') ? t('setup.missing') : undefined,
      onInput: (value) => this.#change({ queues: value }),
    })}
    ${renderChoices('replyAs', t('desk.reply'), ways, replyAs, (value) => this.#change({ replyAs: value }))}`;
  }

  #renderText(name: 'url' | 'user' | 'secret', label: string, hint?: string): unknown {
    const { t } = this.#host;
    return renderTextField({
      name,
      label,
      hint,
      type: name === 'secret' ? 'password' : 'text',
      autocomplete: name === 'secret' ? 'new-password' : 'off',
      value: this.#typed?.[name] ?? '',
      error: this.#isMissing(name)
        ? t('setup.missing')
        : name === 'url' && this.#isInner
          ? t('setup.inner-address')
          : undefined,
      onInput: (value) => this.#change({ [name]: value }),
    });
  }

  /** The address is where the server asks nobody for this company. */
  get #isInner(): boolean {
    return this.#command.error?.fields?.some(({ path }) => path === 'settings.url') ?? false;
  }

  /** What was refused and is at no field, in words. */
  get #problem(): string {
    const { t } = this.#host;
    const { error } = this.#command;
    if (!error || this.#isInner) return '';
    const isAt = (asked: string) => error.fields?.some(({ path }) => path === asked);
    if (error.code === 'conflict' && isAt('kind')) return t('desk.has-tickets');
    if (isAt('settings')) return t(this.#typed?.kind === 'http' ? 'desk.misfit-http' : 'desk.misfit-rt');
    return error.code === 'unavailable' ? t('desk.silent') : errorText(t, error);
  }

  #isMissing(name: Field): boolean {
    return this.#isTried && this.#needed.includes(name) && !this.#typed?.[name].trim();
  }

  get #needed(): readonly Field[] {
    return this.#typed?.kind === 'http' ? ['url', 'secret'] : ['url', 'user', 'secret', 'queues'];
  }

  get #input(): NewDesk | null {
    const typed = this.#typed;
    if (!typed) return null;
    const { kind, user, secret, queues, replyAs } = typed;
    const url = typed.url.trim();
    if (kind === 'http') return { kind, settings: { url }, secret: { key: secret } };
    const kept = this.#desk.value?.kind === 'rt' ? this.#desk.value.settings : {};
    const settings = { ...kept, url, user: user.trim(), queues: linesOf(queues), replyAs };
    return { kind, settings, secret: { password: secret } };
  }

  #change(values: Partial<Typed>): void {
    if (this.#typed) this.#typed = { ...this.#typed, ...values };
    this.#isConnected = false;
    this.#command.reset();
    this.#host.requestUpdate();
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const input = this.#input;
    if (!input || this.#command.pending) return;
    this.#isTried = true;
    this.#host.requestUpdate();
    const missing = this.#needed.find((name) => this.#isMissing(name));
    if (missing) return this.#host.focusOn(`#${missing}`);
    const done = await this.#command.run(async () => {
      this.#desk.value = await this.#host.setup.setDesk(input);
    });
    if (!done) return this.#host.focusOn(this.#isInner ? '#url' : 'form > [part=error]');
    this.#isTried = false;
    this.#change({ secret: '' });
    this.#isConnected = true;
    this.#host.focusOn('[part~=heading]');
  };
}
