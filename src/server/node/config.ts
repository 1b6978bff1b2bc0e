import { createHash } from 'node:crypto';
import type { NetConnectOpts } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { attachmentBytes } from '../../wire/index.js';
import type { ConnectorFactory } from '../connectors/connector.js';
import { readClamdUrl } from './clamd.js';
import type { SmtpSettings } from './smtp.js';

export type Command = 'demo' | 'start' | 'backup' | 'restore' | 'config' | 'account' | 'doctor';

export interface Config {
  readonly command: Command;
  readonly host: string;
  readonly port: number;
  /** `PORT` was set: a taken port stops the start instead of moving on. */
  readonly portFixed: boolean;
  readonly dataFolder: string;
  /** The PostgreSQL to use instead of the embedded database. */
  readonly postgres: PostgresLogin | null;
  /** 32 bytes, or `null` when they are to be made once and kept in the data folder. */
  readonly secret: Uint8Array | null;
  readonly adminToken: string | null;
  /** Scheme and host of the server as the world sees it, where a proxy in front of us speaks TLS. */
  readonly publicUrl: string | null;
  /** How many proxies in front of us write `X-Forwarded-For` truthfully. */
  readonly trustProxy: number;
  /** How mail leaves the server; `null` when it does not. */
  readonly mail: SmtpSettings | null;
  /** Where the daemon listens that looks into files; `null` when nobody does. */
  readonly clamd: NetConnectOpts | null;
  /** Of a file that a contact sends. */
  readonly attachmentBytes: number;
}

export interface PostgresLogin {
  /** Signs in as `portico_app`. */
  readonly url: string;
  /** Signs in as `portico_owner`; `null` when somebody else runs the migrations. */
  readonly migrateUrl: string | null;
}

/** A setting is wrong. The message is one sentence that names it, for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

const wholeNumber = (most: number) =>
  z.string().check(
    z.regex(/^\d{1,5}$/),
    z.refine((text) => Number(text) <= most),
  );

const postgresUrl = z.string().check(z.refine(isPostgresUrl));
const postgresRule = 'the address of a database, postgres://user:password@host:port/database';

/** Each setting with its schema and the end of the sentence "… must be". */
const settings = {
  PORT: { schema: wholeNumber(65_535), rule: 'a whole number from 0 to 65535' },
  HOST: { schema: z.string().check(z.regex(/^[\w.:-]+$/)), rule: 'the name or address to listen on' },
  PORTICO_DATA: { schema: z.string(), rule: 'a folder' },
  DATABASE_URL: { schema: postgresUrl, rule: postgresRule },
  PORTICO_MIGRATE_URL: { schema: postgresUrl, rule: postgresRule },
  PORTICO_SECRET: { schema: z.string().check(z.minLength(32)), rule: 'at least 32 characters long' },
  PORTICO_ADMIN_TOKEN: {
    schema: z.string().check(z.regex(/^[\w.~+/=-]{32,256}$/)),
    rule: '32 to 256 letters, digits or any of - . _ ~ + / =',
  },
  PORTICO_PUBLIC_URL: {
    schema: z.string().check(z.refine(isOrigin)),
    rule: 'https:// and a host name, without a path; http:// only for this machine',
  },
  PORTICO_TRUST_PROXY: { schema: wholeNumber(10), rule: 'the number of proxies in front of the server, 0 to 10' },
  PORTICO_SMTP_URL: {
    schema: z.string().check(z.refine((text) => readSmtpUrl(text) !== null)),
    rule: 'the address of a mail server, smtp://user:password@host:port or smtps://, with signs like @ in a password as %40',
  },
  PORTICO_MAIL_FROM: { schema: z.email(), rule: 'the address that mails come from, such as support@example.com' },
  PORTICO_CLAMD_URL: {
    schema: z.string().check(z.refine((text) => readClamdUrl(text) !== null)),
    rule: 'where clamd listens, tcp://host:3310 or unix:///run/clamav/clamd.ctl',
  },
  PORTICO_ATTACHMENT_MIB: {
    schema: z.string().check(
      z.regex(/^[1-9]\d{0,2}$/),
      z.refine((text) => Number(text) <= 200),
    ),
    rule: 'a whole number from 1 to 200, the mebibytes that one file may have',
  },
  PORTICO_RT_URL: {
    schema: z.string().check(z.refine(isSite)),
    rule: 'the address of RT, https:// and a host name, with the path below which RT lies, and without a password',
  },
  PORTICO_RT_USER: { schema: z.string(), rule: 'the name of the service account in RT' },
  PORTICO_RT_PASSWORD: { schema: z.string(), rule: 'the password of the service account in RT' },
  PORTICO_RT_QUEUES: {
    schema: z.string().check(z.refine((text) => namesIn(text).every((name) => name !== ''))),
    rule: 'the names of the queues to show, with a comma between two',
  },
  PORTICO_RT_REPLY_AS: {
    schema: z.enum(['mail-gateway', 'service', 'contact-token']),
    rule: 'mail-gateway, service or contact-token',
  },
  PORTICO_RT_COMPANY: { schema: z.enum(['organization', 'group']), rule: 'organization or group' },
} as const;

type Setting = keyof typeof settings;
type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError for the first setting that is wrong */
export function readConfig(command: Command, env: Environment, cwd: string): Config {
  refuseUnknown(env);
  const read = (name: Setting) => readSetting(env, name);
  const port = read('PORT');
  const host = read('HOST') ?? '127.0.0.1';
  const secret = read('PORTICO_SECRET');
  const publicUrl = read('PORTICO_PUBLIC_URL');
  if (!loopback.test(host)) refuseForeignHost(command, publicUrl);
  return {
    command,
    host,
    port: port === null ? 4400 : Number(port),
    portFixed: port !== null,
    dataFolder: resolve(cwd, read('PORTICO_DATA') ?? (command === 'demo' ? '.data/demo' : '.data/live')),
    postgres: readPostgres(command, read('DATABASE_URL'), read('PORTICO_MIGRATE_URL')),
    secret: secret === null ? null : createHash('sha256').update(secret).digest(),
    adminToken: read('PORTICO_ADMIN_TOKEN'),
    publicUrl: publicUrl === null ? null : new URL(publicUrl).origin,
    trustProxy: Number(read('PORTICO_TRUST_PROXY') ?? 0),
    mail: readMail(read('PORTICO_SMTP_URL'), read('PORTICO_MAIL_FROM')),
    clamd: readClamdUrl(read('PORTICO_CLAMD_URL') ?? ''),
    attachmentBytes: readAttachmentBytes(read('PORTICO_ATTACHMENT_MIB')),
  };
}

const readAttachmentBytes = (mebibytes: string | null): number =>
  mebibytes === null ? attachmentBytes : Number(mebibytes) * 1024 * 1024;

/**
 * How a Request Tracker is reached that no account has been connected to yet: only `doctor` reads it. A server has all
 * this by account, from its administrator.
 *
 * @throws ConfigError for the first setting that is wrong or not there
 */
export function readRtLogin(env: Environment): Parameters<ConnectorFactory>[0] {
  refuseUnknown(env);
  const need = (name: Setting): string => {
    const text = readSetting(env, name);
    if (text === null) throw new ConfigError(`${name} is not set; it must be ${settings[name].rule}.`);
    return text;
  };
  const [url, user, password, queues] = [
    need('PORTICO_RT_URL'),
    need('PORTICO_RT_USER'),
    need('PORTICO_RT_PASSWORD'),
    namesIn(need('PORTICO_RT_QUEUES')),
  ];
  const [replyAs, company] = [readSetting(env, 'PORTICO_RT_REPLY_AS'), readSetting(env, 'PORTICO_RT_COMPANY')];
  return {
    settings: { url, user, queues, ...(replyAs !== null && { replyAs }), ...(company !== null && { company }) },
    secret: { password },
  };
}

/** `null` when it is not set, or empty. @throws ConfigError */
function readSetting(env: Environment, name: Setting): string | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const { schema, rule } = settings[name];
  if (!z.safeParse(schema, text).success) throw new ConfigError(`${name} must be ${rule}.`);
  return text;
}

function namesIn(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** A name that is spelt wrong must not leave a door open that somebody believes shut. */
function refuseUnknown(env: Environment): void {
  const unknown = Object.keys(env).find((name) => name.startsWith('PORTICO_') && !(name in settings));
  if (unknown) throw new ConfigError(`${unknown} is not a setting of this version.`);
}

function readPostgres(command: Command, url: string | null, migrateUrl: string | null): PostgresLogin | null {
  if (url !== null && command === 'demo') {
    throw new ConfigError('DATABASE_URL is set, but the demo world lives in a folder of its own; unset it.');
  }
  if (url === null && migrateUrl !== null) throw new ConfigError('PORTICO_MIGRATE_URL is set without DATABASE_URL.');
  return url === null ? null : { url, migrateUrl };
}

function readMail(url: string | null, from: string | null): SmtpSettings | null {
  if (url === null && from === null) return null;
  if (url === null) throw new ConfigError('PORTICO_MAIL_FROM is set without PORTICO_SMTP_URL.');
  if (from === null)
    throw new ConfigError(`PORTICO_MAIL_FROM is not set; it must be ${settings.PORTICO_MAIL_FROM.rule}.`);
  const server = readSmtpUrl(url);
  return server && { ...server, from };
}

/** `null` for what is none. */
function readSmtpUrl(text: string): Omit<SmtpSettings, 'from'> | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  const { protocol, hostname, port, pathname, search, hash } = url;
  if (!/^\/?$/.test(pathname) || `${search}${hash}` !== '') return null;
  const user = decode(url.username);
  const password = decode(url.password);
  if (user === null || password === null || (user === '') !== (password === '')) return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isImplicit = protocol === 'smtps:';
  return {
    host,
    port: port === '' ? (isImplicit ? 465 : 587) : Number(port),
    // Passwords and codes leave this machine encrypted or not at all.
    tls: isImplicit ? 'implicit' : isLoopbackName(host) ? 'none' : 'starttls',
    login: user === '' ? null : { user, password },
  };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1;
}

function refuseForeignHost(command: Command, publicUrl: string | null): void {
  if (command === 'demo')
    throw new ConfigError('HOST must be 127.0.0.1, ::1 or localhost: the demo is for this machine.');
  if (!publicUrl?.startsWith('https:')) {
    throw new ConfigError(
      'HOST names more than this machine, so PORTICO_PUBLIC_URL must be the https address in front of it: ' +
        'on plain http only loopback is served.',
    );
  }
}

/** A password in an address would be printed with it. */
function isSite(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && `${search}${hash}${username}${password}` === '';
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const bare = pathname === '/' && `${search}${hash}${username}${password}` === '';
  return bare && (protocol === 'https:' || (protocol === 'http:' && isLoopbackName(hostname)));
}

/** A host name, as a URL or a `Host` header has it, that never leaves this machine. */
export function isLoopbackName(hostname: string): boolean {
  return loopback.test(hostname.replace(/^\[(.*)\]$/, '$1')) || hostname.endsWith('.localhost');
}
