import type { Context, Hono } from 'hono';

import { ssoStartSchema } from '../../wire/index.js';
import { ApiError, problem } from '../api-error.js';
import type { AppDeps, Caller } from '../deps.js';
import { parse, readForm, readQuery } from '../http/input.js';
import { auditStep } from '../identity/audit.js';
import { createLimits } from '../identity/limits.js';
import { type PortalSettings, findPortal } from '../settings/portal.js';
import { createConnections } from '../sso/connections.js';
import { endByProvider } from '../sso/end-sessions.js';
import { acceptAnswer, providerAddress } from '../sso/id-token.js';
import { IssuerError, configure, createIssuers } from '../sso/issuers.js';
import { readLogoutToken } from '../sso/logout-token.js';
import { type Person, acceptNewcomer, findKnown } from '../sso/person.js';
import { SsoRefusal } from '../sso/refusal.js';
import { leavePage, lostPage, returnPage } from '../sso/return-page.js';
import { type Asked, type Asker, type Taken, createTransactions, transactionSeconds } from '../sso/transactions.js';

const transactionCookie = ({ slug }: PortalSettings) => `__Host-portal_tx_${slug}`;

/** The provider leads back here from its own site: a strict cookie would stay away. It is only for pages of ours. */
const writeCookie = (portal: PortalSettings, token: string, seconds: number) =>
  `${transactionCookie(portal)}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

/** Where providers lead back to. */
const callbackOf = (portal: PortalSettings, caller: Caller) => `${caller.base}/${portal.slug}/sso/callback`;

/**
 * The pages that lead to an OpenID provider and back, each on its own in a window, and the address by which a provider says
 * that somebody has signed out there. None of them begins a session: the page that asked exchanges a code for one.
 */
export function mountSso(app: Hono, deps: AppDeps): void {
  const limits = createLimits(deps);
  const connections = createConnections(deps);
  const transactions = createTransactions(deps);
  const issuers = createIssuers(deps);

  /** @throws ApiError `not-found` */
  async function arrive(c: Context) {
    const caller = deps.caller(c.req.raw);
    const portal = await findPortal(deps.database, caller, c.req.param('slug') ?? '');
    if (!portal) throw new ApiError('not-found');
    return { caller, portal };
  }

  /** @throws ApiError `not-found` */
  async function connectionOf(c: Context, portal: PortalSettings) {
    const connection = await connections.find(portal, c.req.param('connection') ?? '');
    if (!connection) throw new ApiError('not-found');
    return connection;
  }

  function logRefusal(c: Context, error: unknown): SsoRefusal {
    const refusal = error instanceof SsoRefusal ? error : toFailure(error);
    const { reason, detail } = refusal;
    deps.log({ level: 'info', event: 'sso-refused', id: c.get('requestId'), reason, detail });
    return refusal;
  }

  app.get('/:slug/sso/:connection/start', async (c) => {
    requireWindow(c.req.raw);
    const { caller, portal } = await arrive(c);
    if (!portal.open) throw new ApiError('not-open', { retryAfter: 60 });
    const connection = await connectionOf(c, portal);
    const asked = readAsked(new URL(c.req.url), caller, portal);
    await limits.elsewhere(caller.ip);
    const issuer = await issuers(portal.account, connection.issuer).catch((error: unknown) => logRefusal(c, error));
    if (issuer instanceof SsoRefusal) return answer(portal, asked, { error: issuer.reason });
    const { token, sent } = await transactions.start(portal, connection, asked);
    const to = await providerAddress(
      await configure(issuer, connection, deps.outgoing(portal.account)),
      callbackOf(portal, caller),
      sent,
    );
    const response = asked.mode === 'popup' ? leavePage(deps, to, asked.origin, asked.state) : redirect(to.href);
    response.headers.append('set-cookie', writeCookie(portal, token, transactionSeconds));
    return response;
  });

  app.get('/:slug/sso/callback', async (c) => {
    requireWindow(c.req.raw);
    const { caller, portal } = await arrive(c);
    const { search, searchParams } = new URL(c.req.url);
    const token = caller.cookies[transactionCookie(portal)] ?? '';
    const taken = await transactions.take(portal, token, searchParams.get('state') ?? '');
    // Nothing that this browser has begun: whoever sent it here must not sign it in.
    if (!taken) return lostPage(deps, portal.locale);
    const came = new URL(callbackOf(portal, caller) + search);
    const response = await finish(portal, taken, came)
      .catch(async (error: unknown) => {
        if (!(error instanceof SsoRefusal)) throw error;
        logRefusal(c, error);
        await enterRefusal(portal);
        return { error: error.reason };
      })
      .then((outcome) => answer(portal, taken.asker, outcome));
    response.headers.append('set-cookie', writeCookie(portal, '', 0));
    return response;
  });

  app.post('/:slug/sso/:connection/backchannel-logout', async (c) => {
    const { caller, portal } = await arrive(c);
    const connection = await connectionOf(c, portal);
    const attempt = await limits.proof(caller.ip);
    const form = await readForm(c.req.raw);
    const token = form.get('logout_token') ?? '';
    const issuer = await issuers(portal.account, connection.issuer).catch(() => {
      // Its keys cannot be asked for; it may say so again.
      throw new ApiError('unavailable', { retryAfter: 5 });
    });
    const logout = token === '' ? null : await readLogoutToken(issuer, connection, token, deps.clock());
    const isEnded = logout !== null && (await endByProvider(deps, portal, issuer.metadata.issuer, logout));
    if (!isEnded) return problem(new ApiError('invalid', { fields: [{ path: 'logout_token', code: 'invalid' }] }));
    await attempt.succeeded();
    return c.body(null, 200, { 'cache-control': 'no-store' });
  });

  /** @returns the code for the page. @throws SsoRefusal */
  async function finish(portal: PortalSettings, taken: Taken, came: URL): Promise<{ code: string }> {
    const { connection, sent } = taken;
    const issuer = await issuers(portal.account, connection.issuer).catch((error: unknown) => {
      throw toFailure(error);
    });
    const configuration = await configure(issuer, connection, deps.outgoing(portal.account));
    const login = await acceptAnswer(issuer, connection, configuration, came, sent, deps.clock());
    const context = { role: 'staff', account: portal.account } as const;
    const known = await deps.database.tx(context, (tx) => findKnown(tx, portal, login));
    // Asked before the transaction: none waits for a provider.
    const profile = known === null ? await login.profile() : null;
    const code = await deps.database.tx(context, async (tx) => {
      const person = profile ? await acceptNewcomer(deps, tx, portal, login, profile) : known;
      // What was written so far must not stay.
      if (!isPerson(person)) throw new SsoRefusal('unknown', 'person');
      return transactions.grant(tx, portal, taken, person, login);
    });
    return { code };
  }

  async function enterRefusal({ account, id, slug }: PortalSettings): Promise<void> {
    const entry = { actor: 'visitor', event: 'sign-in', portal: slug, refused: true } as const;
    await deps.database.batch({ role: 'app', account, portal: id }, [auditStep(account, deps.clock(), entry)]);
  }

  /** Takes it to the page that waits, the way that it came from there. */
  function answer(
    { locale }: PortalSettings,
    { mode, origin, state, returnTo }: Asker,
    outcome: { readonly code: string } | { readonly error: SsoRefusal['reason'] },
  ): Response {
    if (mode === 'popup') return returnPage(deps, locale, { type: 'portal-code', state, ...outcome }, origin);
    // Behind the `#` no server and no log sees it.
    return redirect(`${returnTo}#portal_sso=${state}.${'code' in outcome ? outcome.code : outcome.error}`);
  }
}

const toFailure = (error: unknown) =>
  new SsoRefusal('failed', error instanceof IssuerError ? error.kind : (error as Error).name, { cause: error });

const isPerson = (person: Person | 'refused' | null): person is Person => person !== null && person !== 'refused';

const redirect = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } });

/** No frame, image or script begins a sign-in. @throws ApiError `forbidden` */
function requireWindow({ headers }: Request): void {
  const destination = headers.get('sec-fetch-dest');
  const mode = headers.get('sec-fetch-mode');
  if ((destination !== null && destination !== 'document') || (mode !== null && mode !== 'navigate')) {
    throw new ApiError('forbidden');
  }
}

/** @throws ApiError `invalid`; `forbidden` for a page that the portal does not know */
function readAsked(url: URL, caller: Caller, portal: PortalSettings): Asked {
  const { challenge, state, origin, mode, return_to: to } = parse(ssoStartSchema, readQuery(url));
  if (origin !== caller.base && !portal.origins.includes(origin)) throw new ApiError('forbidden');
  if (mode === 'popup') return { challenge, state, origin, mode, returnTo: null };
  const page = to !== undefined && URL.canParse(to) ? new URL(to) : null;
  if (page?.origin !== origin || page.username !== '' || page.password !== '') {
    throw new ApiError('invalid', { fields: [{ path: 'return_to', code: 'foreign' }] });
  }
  page.hash = '';
  return { challenge, state, origin, mode, returnTo: page.href };
}
