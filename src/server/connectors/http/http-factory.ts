import * as z from 'zod/mini';
import type { ConnectorFactory } from '../connector.js';
import { DeskError } from '../connector.js';
import { createHttpConnector } from './http-connector.js';
import type { HttpDeps, HttpSettings } from './settings.js';

const settingsSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }).check(z.refine(isPlain)) });
/** 32 letters of base64 are 24 bytes, the fewest that Standard Webhooks allows. */
const secretSchema = z.strictObject({ key: z.string().check(z.regex(/^(whsec_)?[A-Za-z0-9+/]{32,86}={0,2}$/)) });

/** The endpoints come behind it, and nobody should find a password in it. */
function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { search, hash, username, password } = new URL(address);
  return search === '' && hash === '' && username === '' && password === '';
}

/** What an administrator has set, as the connector takes it. @throws DeskError `misconfigured` naming what does not fit */
export function parseHttpSettings({ settings, secret }: Parameters<ConnectorFactory>[0]): HttpSettings {
  const known = settingsSchema.safeParse(settings);
  if (!known.success) throw misfit(known.error);
  const hidden = secretSchema.safeParse(secret);
  if (!hidden.success) throw misfit(hidden.error);
  return { url: known.data.url.replace(/\/+$/, ''), key: hidden.data.key };
}

/** Makes connectors to services that companies write themselves, by `openapi.json`. */
export const createHttpFactory =
  (deps: Omit<HttpDeps, 'fetch'>): ConnectorFactory =>
  (settings, fetch) =>
    createHttpConnector(parseHttpSettings(settings), { ...deps, fetch });

function misfit({ issues }: z.core.$ZodError): DeskError {
  const [issue] = issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...keys].join('.');
  return new DeskError('misconfigured', `settings of the service: ${path} does not fit`);
}
