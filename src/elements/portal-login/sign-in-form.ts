import { CommandController } from '../../controllers/command-controller.js';
import { takeSignInLink } from '../../controllers/sign-in-link.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { resumeSignIn, setPassword, signIn, signInElsewhere, startSignIn } from '../../controllers/sign-in.js';
import { PortalSessionChangedEvent } from '../../events/portal-session-changed-event.js';
import words from '../../i18n/en.sign-in.json';
import writing from '../../i18n/en.writing.json';
import { addEnglish, type MessageKey } from '../../i18n/translate.js';
import type { PendingSignIn, SignInStart } from '../../model/index.js';
import type { PortalLoginElement } from './portal-login-element.js';
import { field } from '../../styles/field.styles.js';
import { signInStyles } from './sign-in.styles.js';
import { type FieldName, fieldsOf, type Problem, problemOf, type Step, waysOf } from './sign-in-steps.js';
import { renderSignIn } from './sign-in-view.js';
import { addStyles } from '../late-styles.js';
import { loadCode } from '../../load-code.js';
import { renderSkeleton } from '../templates.js';
import type { ConsentStep } from './consent.js';

export { renderNotes, renderSignOuts, renderUnsent } from './account-view.js';

addEnglish({ ...words, ...writing });

/** Says it to users of screen readers; nobody waits for the code of it. */
export function say(text: string, locale: string): void {
  import('../../controllers/announcer.js').then(
    ({ announce }) => announce(text, locale),
    () => {},
  );
}

/** Where a person types the address that a code is for. */
const beginnings = { email: 'credentials', register: 'register', reset: 'reset', consent: 'credentials' } as const;

const minutesUntil = (time: string): number => Math.max(1, Math.round((Date.parse(time) - Date.now()) / 60_000));

/**
 * The way in of somebody who is not signed in: one form in the root of its element, whose fields change from step to
 * step. What was typed stays until somebody is signed in, whatever fails and however often the step changes.
 */
export class SignInForm {
  step: Step = 'credentials';
  /** What was typed, by field. */
  readonly values: Record<FieldName, string> = { name: '', email: '', password: '', 'new-password': '', code: '' };
  /** Passwords are shown. */
  visible = false;
  /** What has just been done, in words. */
  notice: MessageKey | undefined;
  /** Where a code is on its way to, and for how many minutes it is good. */
  sent: { readonly email: string; readonly count: number } | undefined;
  readonly host: PortalLoginElement;
  readonly client: PortalClient;
  readonly #command: CommandController;
  #missing: FieldName | undefined;
  #method: PendingSignIn['method'] = 'email';
  /** What the last code was asked for with; a reload forgets it. */
  #asked: SignInStart | undefined;
  #invitation = '';
  #consent: ConsentStep | undefined;

  constructor(host: PortalLoginElement, client: PortalClient) {
    this.host = host;
    this.client = client;
    this.#command = new CommandController(host, host.portal);
    addStyles(host, field, signInStyles);
    // The focus goes to the first field, which says nothing of why it is asked for.
    if (client.ended) say(host.localize.t('login.ended'), host.localize.locale);
    if (client.pending) this.#expect(client.pending);
    this.#followLink();
  }

  get pending(): boolean {
    return this.#command.pending;
  }

  /** What keeps the step from being done. */
  get problem(): Problem | undefined {
    const { t } = this.host.localize;
    if (this.#missing) return { text: t(`login.missing-${this.#missing}`), field: this.#missing };
    const { error } = this.#command;
    return error && problemOf(t, error, this.step, waysOf(this.client));
  }

  render(): unknown {
    // A link of a mail may be opened while the form is there.
    if (this.#followLink()) void this.go(this.step);
    // The site's token, or another tab, may have brought somebody so far, or back.
    const isAsked = this.client.pending?.method === 'consent';
    if (isAsked !== (this.step === 'consent')) this.step = isAsked ? 'consent' : 'credentials';
    if (this.step !== 'consent') return renderSignIn(this);
    if (!this.#consent) void this.#loadConsent();
    return this.#consent?.render() ?? renderSkeleton(this.host.localize.t('loading'));
  }

  /** Changes to a step and puts the focus where it begins. */
  async go(step: Step, notice?: MessageKey): Promise<void> {
    const { t, locale } = this.host.localize;
    this.step = step;
    this.notice = notice;
    this.#missing = undefined;
    this.#command.reset();
    if (step === 'consent') await this.#loadConsent();
    this.host.requestUpdate();
    if (notice) say(t(notice), locale);
    await this.host.updateComplete;
    const inputs = [...this.host.renderRoot.querySelectorAll<HTMLInputElement>('[part=input]')];
    const input = inputs.find(({ value }) => !value) ?? inputs[0];
    if (input) input.focus();
    else this.host.focusOn('[part=heading]');
  }

  /** Leaves a link or an invitation for the usual way. */
  readonly handleStart = (): void => {
    this.values.code = '';
    void this.go('credentials');
  };

  readonly handleInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.values[name as FieldName] = value;
  };

  readonly handleToggle = (): void => {
    this.visible = !this.visible;
    this.host.requestUpdate();
  };

  readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const ways = waysOf(this.client);
    const hasPassword = ways.has('password');
    if (!this.#complete(fieldsOf(this.step, ways))) return;
    const { email, password, code, 'new-password': newPassword } = this.values;
    const chosen = hasPassword ? { password: newPassword } : {};
    if (this.step === 'new-password') void this.#change(code, newPassword);
    else if (this.step === 'reset') void this.#send({ method: 'reset', email });
    else if (this.step === 'register')
      void this.#send({ method: 'register', name: this.values.name, email, ...chosen });
    else if (this.step === 'invitation')
      void this.enter(() => signIn(this.client, { method: 'invitation', token: this.#invitation, ...chosen }));
    else if (this.step !== 'credentials') void this.enter(() => signIn(this.client, { method: 'code', code }));
    else if (hasPassword) void this.enter(() => signIn(this.client, { method: 'password', email, password }));
    else void this.#send({ method: 'email', email });
  };

  /** Asks for a code instead of a password. */
  readonly handleCode = (): void => {
    if (this.#complete(['email'])) void this.#send({ method: 'email', email: this.values.email });
  };

  /** The window has to be opened in the click itself. */
  readonly handleElsewhere = (connection: string): void => {
    if (this.pending) return;
    this.notice = this.#missing = undefined;
    void this.enter(() => signInElsewhere(this.client, connection));
  };

  readonly handleAnotherCode = (): void => {
    if (this.pending) return;
    this.values.code = '';
    if (this.#asked) void this.#send(this.#asked, 'login.code-again');
    // After a reload only the person knows the address.
    else this.handleAnotherAddress();
  };

  readonly handleAnotherAddress = (): void => {
    if (!this.pending) void this.go(beginnings[this.#method]);
  };

  /** Reads the form, and asks for what is missing before the backend is asked. */
  #complete(names: readonly FieldName[]): boolean {
    if (this.pending) return false;
    // A password manager may fill in a field without a word.
    for (const { name, value } of this.host.renderRoot.querySelectorAll<HTMLInputElement>('[part=input]')) {
      this.values[name as FieldName] = /password/.test(name) ? value : value.trim();
    }
    this.notice = undefined;
    this.#command.reset();
    this.#missing = names.find((name) => !this.values[name]);
    this.host.requestUpdate();
    if (this.#missing) void this.#focusProblem();
    return !this.#missing;
  }

  async #send(input: SignInStart, notice?: MessageKey): Promise<void> {
    const [page = ''] = location.href.split('#', 1);
    const done = await this.#command.run(async () => {
      const pending = await startSignIn(this.client, { ...input, page });
      if (pending) this.#expect({ ...pending, email: input.email });
    });
    if (!done) return this.#focusProblem();
    this.#asked = input;
    await this.go(this.step, notice);
  }

  /** Does something, one at a time. True when it was done. */
  run(work: () => Promise<void>): Promise<boolean> {
    return this.#command.run(work);
  }

  /** Nobody waits for a yes any more. */
  leaveConsent(notice: MessageKey): void {
    this.client.enter();
    void this.go('credentials', notice);
  }

  /** Goes in, as far as it goes. */
  async enter(work: () => Promise<void>): Promise<void> {
    const done = await this.#command.run(work);
    // A code that is not taken from a link can still be compared and typed.
    if (this.step === 'confirm' && this.#command.error?.code === 'unauthenticated') this.step = 'code';
    if (!done) return this.#focusProblem();
    if (this.client.pending?.method === 'consent') {
      // Who they are is known: none of it is needed again.
      Object.assign(this.values, { password: '', 'new-password': '', code: '' });
      return this.go('consent', this.#consent?.changed ? 'consent.changed' : undefined);
    }
    if (!this.client.contact) return this.go('credentials', 'consent.over');
    await this.host.updateComplete;
    // The control that had the focus is gone.
    this.host.focus();
    this.host.dispatchEvent(new PortalSessionChangedEvent(true));
  }

  async #change(code: string, password: string): Promise<void> {
    if (!(await this.#command.run(() => setPassword(this.client, { code, password })))) return this.#focusProblem();
    Object.assign(this.values, { password: '', 'new-password': '', code: '' });
    await this.go('credentials', 'login.changed');
  }

  async #loadConsent(): Promise<void> {
    if (this.#consent) return;
    try {
      const { ConsentStep } = await loadCode(() => import('./consent.js'));
      this.#consent ??= new ConsentStep(this);
      this.host.requestUpdate();
    } catch (error) {
      this.host.portal.lack('unavailable', error);
    }
  }

  async #focusProblem(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    const { problem } = this;
    if (problem?.expired) return this.host.focusOn('[part~=another-code]');
    if (problem?.field) this.host.renderRoot.querySelector<HTMLInputElement>(`#${problem.field}`)?.select();
  }

  #expect({ method, email, expiresAt }: PendingSignIn): void {
    this.#method = method;
    if (method === 'consent') return void (this.step = 'consent');
    this.sent = { email, count: minutesUntil(expiresAt) };
    this.step = method === 'reset' ? 'new-password' : 'code';
  }

  /** What is no code and no token is dropped: a link says nothing in words of its own. */
  #followLink(): boolean {
    const link = takeSignInLink();
    const [, code, token, answer] =
      /_(?:code=([0-9a-z]{8})|invitation=([\w-]+)|sso=([\w.-]+))$/i.exec(link ?? '') ?? [];
    if (answer) {
      // Not while it is rendered: it ends in another state.
      queueMicrotask(() => void this.enter(() => resumeSignIn(this.client, answer)));
    } else if (token) {
      this.#invitation = token;
      this.step = 'invitation';
    } else if (code) {
      this.values.code = code.toUpperCase().replace(/(?=.{4}$)/, ' ');
      // In a browser that asked for no code, it is only shown.
      if (!this.client.pending) this.step = 'carry';
      else this.step = this.client.pending.method === 'reset' ? 'new-password' : 'confirm';
    }
    return !!(code ?? token);
  }
}
