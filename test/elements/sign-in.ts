import { BackendError, type BackendErrorOptions } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import type { ErrorCode, PendingSignIn, Session, SignInMethod } from '../../src/model/index.js';
import { fakeBackend, portal, signedOut } from './fake-backend.js';

/** A portal where nobody is signed in, and what somebody does to sign in. */

export const everyWay: readonly SignInMethod[] = ['password', 'email', 'reset', 'register', 'sso'];
const connections = [{ id: 'acme', label: 'Acme' }];

export const pendingOf = (method: PendingSignIn['method'], minutes = 10): PendingSignIn => ({
  method,
  email: 'a•••@acme.example',
  expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
});

export const waiting = (method: PendingSignIn['method']): Session => ({ ...signedOut, pending: pendingOf(method) });

export const refuse =
  (code: ErrorCode, field?: readonly [path: string, code: string], options: BackendErrorOptions = {}) =>
  (): Promise<never> =>
    Promise.reject(
      new BackendError(code, undefined, { ...options, fields: field ? [{ path: field[0], code: field[1] }] : null }),
    );

/** A backend that offers these ways in, and a list of what it was asked for. */
export function signInBackend(
  ways: readonly SignInMethod[] = everyWay,
  changes: Partial<PortalBackend> = {},
): { backend: PortalBackend; asked: unknown[] } {
  const asked: unknown[] = [];
  const features = [...portal.features, 'startSignIn', 'setPassword', 'signInElsewhere'];
  const { signIn, startSignIn, setPassword, ...rest } = changes;
  const usual = fakeBackend();
  const noted =
    <I, O>(answer: (input: I) => Promise<O>) =>
    (input: I): Promise<O> => {
      asked.push(input);
      return answer(input);
    };
  const backend = fakeBackend({
    session: async () => signedOut,
    portal: async () => ({ ...portal, name: 'Lumen Support', signIn: ways, connections, features }),
    signInElsewhere: refuse('unauthenticated', ['connection', 'closed']),
    signIn: noted(signIn ?? usual.signIn ?? refuse('server')),
    startSignIn: noted(startSignIn ?? (async ({ method }) => pendingOf(method))),
    setPassword: noted(setPassword ?? (async () => {})),
    ...rest,
  });
  return { backend, asked };
}

/** Address of this page, as mails lead back to it. */
export const pageAddress = (): string => location.href.replace(/#.*/, '');

/** As if the link of a mail had been opened. */
export const openLink = (fragment: string): void =>
  history.replaceState({ of: 'the page' }, '', `${pageAddress()}#${fragment}`);

/** What a browser and a password manager are told about a field. Firefox has no property for each purpose. */
export const purposeOf = (field: Element | undefined): string | null => field?.getAttribute('autocomplete') ?? null;
