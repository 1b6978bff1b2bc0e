import type { BackendError } from '../../backend/backend-error.js';
import type { BackendFeature } from '../../backend/portal-backend.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import type { MessageKey } from '../../i18n/translate.js';
import type { SignInMethod } from '../../model/index.js';
import { errorText, type Translate } from '../templates.js';

/**
 * Where somebody is on the way in. `confirm` asks before a link of a mail signs in; `carry` shows its code to somebody
 * who asked for it in another browser; `consent` comes last, where the portal asks for one.
 */
export type Step =
  | 'credentials'
  | 'register'
  | 'reset'
  | 'code'
  | 'new-password'
  | 'invitation'
  | 'confirm'
  | 'carry'
  | 'consent';

export type FieldName = 'name' | 'email' | 'password' | 'new-password' | 'code';

export type Ways = ReadonlySet<SignInMethod>;

/** The ways in that the portal offers, its backend can go, and a person can take in this form. */
export function waysOf(client: PortalClient): Ways {
  const needs: Partial<Record<SignInMethod, readonly BackendFeature[]>> = {
    password: ['signIn'],
    email: ['signIn', 'startSignIn'],
    register: ['signIn', 'startSignIn'],
    reset: ['startSignIn', 'setPassword'],
    sso: ['signInElsewhere'],
  };
  return new Set(client.portal?.signIn.filter((way) => needs[way]?.every((feature) => client.supports(feature))));
}

export function fieldsOf(step: Step, ways: Ways): readonly FieldName[] {
  const [password, newPassword] = ways.has('password')
    ? (['password', 'new-password'] as const)
    : ([undefined, undefined] as const);
  const fields: Record<Step, readonly (FieldName | undefined)[]> = {
    credentials: ways.has('password') || ways.has('email') ? ['email', password] : [],
    register: ['name', 'email', newPassword],
    reset: ['email'],
    code: ['code'],
    'new-password': ['code', 'new-password'],
    invitation: [newPassword],
    confirm: [],
    carry: [],
    consent: [],
  };
  return fields[step].filter((name) => name !== undefined);
}

/** The words of the main button, and what they are while it works. */
export function submitOf(step: Step, ways: Ways): readonly [MessageKey, MessageKey] {
  const send = ['login.send-code', 'login.sending'] as const;
  if (step === 'register' || step === 'reset' || (step === 'credentials' && !ways.has('password'))) return send;
  if (step === 'new-password') return ['login.change-password', 'login.changing'];
  return [step === 'credentials' || step === 'code' ? 'login.submit' : 'login.continue', 'login.waiting'];
}

/** What keeps a step from being done, and in which field the person goes on. */
export interface Problem {
  readonly text: string;
  readonly field?: FieldName | undefined;
  /** Only another code helps. */
  readonly expired?: boolean;
}

/** Refusals that have a sentence of their own, by code of the error, path and code of the field. */
const refusals: Readonly<Record<string, MessageKey>> = {
  'unauthenticated code wrong': 'login.code-wrong',
  'unauthenticated code expired': 'login.code-expired',
  'invalid password too-short': 'login.password-too-short',
  'invalid password too-long': 'login.password-too-long',
  'invalid password known': 'login.password-known',
  'invalid password obvious': 'login.password-obvious',
  'forbidden email domain': 'login.wrong-domain',
  'unauthenticated connection closed': 'login.elsewhere-closed',
  'unauthenticated connection denied': 'login.elsewhere-closed',
  'unauthenticated connection unknown': 'login.elsewhere-unknown',
  'unauthenticated connection expired': 'login.elsewhere-failed',
  'unauthenticated connection failed': 'login.elsewhere-failed',
};

export function problemOf(t: Translate, error: BackendError, step: Step, ways: Ways): Problem {
  const { code, fields } = error;
  const field = fields?.[0];
  const fieldName = fieldsOf(step, ways).find((name) => name === field?.path || name === `new-${field?.path}`);
  if (step === 'invitation' && code === 'unauthenticated') return { text: t('login.invitation-over') };
  const refusal = refusals[`${code} ${field?.path} ${field?.code}`];
  if (refusal) return { text: t(refusal), field: fieldName, expired: field?.code === 'expired' };
  if (code === 'invalid' && field?.path === 'email') return { text: t('login.wrong-email'), field: fieldName };
  if (code !== 'unauthenticated') return { text: errorText(t, error), field: fieldName };
  if (step === 'credentials')
    return { text: t(ways.has('email') ? 'login.wrong-or-code' : 'login.wrong'), field: 'password' };
  return { text: t('login.code-wrong'), field: fieldName ?? 'code' };
}
