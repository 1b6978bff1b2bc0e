import * as z from 'zod/mini';
import type { ConnectorFactory } from '../connector.js';
import { DeskError } from '../connector.js';
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
const secretSchema = z.object({ password: z.string().check(z.minLength(1)) });

/** What an administrator has set, as the connector takes it. @throws DeskError `misconfigured` naming what is missing */
export function parseRtSettings({ settings, secret }: Parameters<ConnectorFactory>[0]): RtSettings {
  const known = settingsSchema.safeParse(settings);
  if (!known.success) throw misfit(known.error);
  const hidden = secretSchema.safeParse(secret);
  if (!hidden.success) throw misfit(hidden.error);
  const { url, queues, statuses, ...rest } = known.data;
  return {
    ...rest,
    url: url.replace(/\/+$/, ''),
    queues: queues as [string, ...string[]],
    password: hidden.data.password,
    ...(statuses && { statuses }),
  };
}

/** Makes connectors to Request Tracker. */
export const createRtFactory =
  (deps: RtDeps): ConnectorFactory =>
  (settings) =>
    createRtConnector(parseRtSettings(settings), deps);

function misfit({ issues }: z.core.$ZodError): DeskError {
  const [issue] = issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  return new DeskError('misconfigured', `settings of RT: ${[...(issue?.path ?? []), ...keys].join('.')} does not fit`);
}
