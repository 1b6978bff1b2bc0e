import * as z from 'zod/mini';
import type { ConnectorFactory } from '../connector.js';
import { DeskError } from '../connector.js';
import { isAddress } from './outgoing.js';
import { createRtConnector } from './rt-connector.js';
import type { RtDeps, RtSettings } from './settings.js';

const categories = z.enum(['open', 'waiting_on_contact', 'closed']);

const settingsSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  user: z.string().check(z.minLength(1)),
  queues: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  company: z._default(z.enum(['organization', 'group']), 'organization'),
  replyAs: z._default(z.enum(['mail-gateway', 'service', 'contact-token']), 'service'),
  statuses: z.optional(z.record(z.string(), categories)),
});
/** Beside the password tokens of contacts, by address; what cannot stand in a header is no token. */
const secretSchema = z.catchall(
  z.object({ password: z.string().check(z.minLength(1)) }),
  z.string().check(z.regex(/^[\x21-\x7e]+$/)),
);

/** What an administrator has set, as the connector takes it. @throws DeskError `misconfigured` naming what is missing */
export function parseRtSettings({ settings, secret }: Parameters<ConnectorFactory>[0]): RtSettings {
  const known = settingsSchema.safeParse(settings);
  if (!known.success) throw misfit(known.error);
  const hidden = secretSchema.safeParse(secret);
  if (!hidden.success) throw misfit(hidden.error);
  const { password, ...tokens } = hidden.data;
  const { url, queues, statuses, ...rest } = known.data;
  return {
    ...rest,
    url: url.replace(/\/+$/, ''),
    queues: queues as [string, ...string[]],
    password,
    tokens: tokensOf(tokens),
    ...(statuses && { statuses }),
  };
}

/** Makes connectors to Request Tracker. */
export const createRtFactory =
  (deps: Omit<RtDeps, 'fetch'>): ConnectorFactory =>
  (settings, fetch) =>
    createRtConnector(parseRtSettings(settings), { ...deps, fetch });

/** By address in lower case. @throws DeskError `misconfigured` for what is none, and for one that comes twice */
function tokensOf(secret: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  for (const [email, token] of Object.entries(secret)) {
    const key = email.toLowerCase();
    if (!isAddress(email) || tokens.has(key)) throw unfit(email);
    tokens.set(key, token);
  }
  return tokens;
}

function misfit({ issues }: z.core.$ZodError): DeskError {
  const [issue] = issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  return unfit([...(issue?.path ?? []), ...keys].join('.'));
}

const unfit = (name: string) => new DeskError('misconfigured', `settings of RT: ${name} does not fit`);
