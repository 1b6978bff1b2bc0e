import { html, nothing } from 'lit';

import type { MessageKey } from '../../i18n/translate.js';
import { renderHeading } from '../templates.js';
import type { SignInForm } from './sign-in-form.js';
import { type FieldName, fieldsOf, type Step, submitOf, type Ways, waysOf } from './sign-in-steps.js';

const headings: Readonly<Record<Step, MessageKey>> = {
  credentials: 'login.heading',
  register: 'login.create',
  reset: 'login.reset',
  code: 'login.code-heading',
  'new-password': 'login.reset',
  invitation: 'login.invited',
  confirm: 'login.confirm',
  carry: 'login.carry',
  // It comes with its own.
  consent: 'login.heading',
};

/** By which password managers and phones know what belongs where. */
const purposes = {
  name: 'name',
  email: 'username',
  password: 'current-password',
  'new-password': 'new-password',
  code: 'one-time-code',
} as const satisfies Record<FieldName, AutoFill>;

/** Each field has its place, so that it stays the same element from step to step. */
const order: readonly FieldName[] = ['name', 'email', 'code', 'password', 'new-password'];

export function renderSignIn(form: SignInForm): unknown {
  const { step, host, client, sent } = form;
  const { t } = host.localize;
  const ways = waysOf(client);
  const fields = fieldsOf(step, ways);
  if (step === 'credentials' && !fields.length && !ways.has('sso'))
    return html`<p part="notice">${t('login.unavailable')}</p>`;
  const heading = t(headings[step], { portal: client.portal?.name ?? '', email: sent?.email ?? '' });
  const notice = form.notice ?? (client.ended && step === 'credentials' ? 'login.ended' : undefined);
  const { problem } = form;
  return html`<form part="form" class="stack" method="post" novalidate @submit=${form.handleSubmit} @input=${form.handleInput}>
    ${renderHeading(host.headingLevel, heading)}
    ${notice ? html`<p part="notice">${t(notice)}</p>` : nothing}
    ${renderAbout(form, ways)}
    ${step === 'new-password' || step === 'invitation' ? renderUsername(form) : nothing}
    ${order.map((name) => (fields.includes(name) ? renderField(form, name, name === fields[0]) : nothing))}
    <p id="error" part="error" role="alert" ?hidden=${!problem}>${problem?.text}</p>
    ${step === 'carry' || (step === 'credentials' && !fields.length) ? nothing : renderActions(form, ways)}
    ${step === 'credentials' && ways.has('sso') ? renderConnections(form) : nothing}
    ${renderOtherWays(form, ways)}
  </form>`;
}

/** What the step is about. */
function renderAbout({ step, host, sent, values }: SignInForm, ways: Ways): unknown {
  const { t } = host.localize;
  const about = (text: string) => html`<p class="about" part="about" id="about">${text}</p>`;
  if (step === 'register' || step === 'reset') return about(t(`login.${step}-about`));
  if (step === 'invitation') return ways.has('password') ? about(t('login.invited-about')) : nothing;
  if (step === 'carry') return [html`<p part="code" dir="ltr">${values.code}</p>`, about(t('login.carry-about'))];
  return sent && (step === 'code' || step === 'new-password') ? about(t('login.code-sent', sent)) : nothing;
}

/** Whose password it is, for password managers only. */
function renderUsername({ values }: SignInForm): unknown {
  return html`<input class="unseen" id="username" type="email" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${values.email} />`;
}

/** The first field says what the step is about, to whom the focus leads there. */
function renderField(form: SignInForm, name: FieldName, first: boolean): unknown {
  const { host, values, problem } = form;
  const { t } = host.localize;
  const isPassword = name === 'password' || name === 'new-password';
  const type = isPassword && !form.visible ? 'password' : name === 'email' ? 'email' : 'text';
  const hint = name === 'code' || name === 'new-password' ? (`login.${name}-hint` as const) : undefined;
  return html`<div part="field" class=${name}>
    <label part="label" for=${name}>${t(`login.${name}`)}</label>
    <div part="control">
      <input part="input" id=${name} name=${name} type=${type} autocomplete=${purposes[name]} .value=${values[name]}
        autocapitalize=${name === 'code' ? 'characters' : name === 'name' ? 'words' : 'none'}
        inputmode=${name === 'email' ? 'email' : 'text'} spellcheck="false" ?readonly=${form.pending}
        aria-invalid=${problem?.field === name} aria-describedby="error ${first ? 'about' : ''} ${name}-hint" />
      ${isPassword ? renderToggle(form, name) : nothing}
    </div>
    ${hint ? html`<p class="meta" part="hint" id="${name}-hint">${t(hint)}</p>` : nothing}
  </div>`;
}

function renderToggle({ host, visible, handleToggle }: SignInForm, name: FieldName): unknown {
  const { t } = host.localize;
  return html`<button part="button button-plain toggle" type="button" aria-pressed=${visible} aria-controls=${name}
    aria-label=${t('login.show-password')} @click=${handleToggle}>${t('login.show')}</button>`;
}

function renderActions({ step, host, pending, handleCode }: SignInForm, ways: Ways): unknown {
  const { t } = host.localize;
  const [submit, waiting] = submitOf(step, ways);
  return html`<div part="actions">
    <button part="button button-primary submit" type="submit" aria-disabled=${pending}>${t(pending ? waiting : submit)}</button>
    ${
      step === 'credentials' && ways.has('password') && ways.has('email')
        ? html`<button part="button send-code" type="button" aria-disabled=${pending} @click=${handleCode}>${t('login.send-code-instead')}</button>`
        : nothing
    }
  </div>`;
}

/** Places elsewhere to sign in at. */
function renderConnections({ host, client, pending, handleElsewhere }: SignInForm): unknown {
  const { t } = host.localize;
  return html`<div part="connections">${client.portal?.connections?.map(
    ({ id, label }) =>
      html`<button part="button connection" type="button" aria-disabled=${pending} @click=${() => handleElsewhere(id)}>
        ${t('login.elsewhere', { label })}
      </button>`,
  )}</div>`;
}

/** Quiet ways to other steps, and what to do when no code comes. */
function renderOtherWays(form: SignInForm, ways: Ways): unknown {
  const { step, host, pending } = form;
  const { t } = host.localize;
  const way = (part: string, words: MessageKey, handle: () => void) =>
    html`<button part="button button-plain ${part}" type="button" aria-disabled=${pending} @click=${handle}>${t(words)}</button>`;
  const to = (next: Step, words: MessageKey) => way('step', words, () => !form.pending && void form.go(next));
  const other = way('step', 'login.another-address', form.handleAnotherAddress);
  const waysFrom: Record<Step, () => unknown> = {
    credentials: () => [
      ways.has('reset') ? to('reset', 'login.forgot') : nothing,
      ways.has('register') ? to('register', 'login.create') : nothing,
    ],
    register: () => to('credentials', 'login.back'),
    reset: () => to('credentials', 'login.back'),
    code: () => [way('another-code', 'login.another-code', form.handleAnotherCode), other],
    'new-password': () => [way('another-code', 'login.another-code', form.handleAnotherCode), other],
    invitation: () => way('step', 'login.uninvited', form.handleStart),
    confirm: () => other,
    carry: () => way('step', 'login.carry-here', form.handleStart),
    consent: () => nothing,
  };
  const waits = step === 'code' || step === 'new-password';
  return html`${waits ? html`<p class="meta spam" part="hint">${t('login.spam')}</p>` : nothing}
    <div part="steps">${waysFrom[step]()}</div>`;
}
