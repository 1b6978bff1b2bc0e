import { describe, expect, test } from 'vitest';
import { type Command, ConfigError, readConfig, readRtLogin } from '../../../src/server/node/config.js';

const read = (command: Command, env: Record<string, string>) => readConfig(command, env, '/srv');
const long = 'x'.repeat(32);
const smtpRule =
  'the address of a mail server, smtp://user:password@host:port or smtps://, with signs like @ in a password as %40';

const wrong: readonly (readonly [Command, Record<string, string>, string])[] = [
  ['demo', { PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535.'],
  ['demo', { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535.'],
  ['demo', { PORT: '-1' }, 'PORT must be a whole number from 0 to 65535.'],
  ['demo', { PORT: '44 00' }, 'PORT must be a whole number from 0 to 65535.'],
  ['start', { HOST: 'http://x' }, 'HOST must be the name or address to listen on.'],
  ['demo', { HOST: '0.0.0.0' }, 'HOST must be 127.0.0.1, ::1 or localhost: the demo is for this machine.'],
  [
    'demo',
    { HOST: '0.0.0.0', PORTICO_PUBLIC_URL: 'https://x.example' },
    'HOST must be 127.0.0.1, ::1 or localhost: the demo is for this machine.',
  ],
  [
    'start',
    { HOST: '0.0.0.0' },
    'HOST names more than this machine, so PORTICO_PUBLIC_URL must be the https address in front of it: on plain http only loopback is served.',
  ],
  [
    'start',
    { HOST: '192.168.0.4', PORTICO_PUBLIC_URL: 'http://localhost' },
    'HOST names more than this machine, so PORTICO_PUBLIC_URL must be the https address in front of it: on plain http only loopback is served.',
  ],
  ['start', { PORTICO_SECRET: 'short' }, 'PORTICO_SECRET must be at least 32 characters long.'],
  [
    'start',
    { PORTICO_ADMIN_TOKEN: 'short' },
    'PORTICO_ADMIN_TOKEN must be 32 to 256 letters, digits or any of - . _ ~ + / =.',
  ],
  [
    'start',
    { PORTICO_ADMIN_TOKEN: `${long} x` },
    'PORTICO_ADMIN_TOKEN must be 32 to 256 letters, digits or any of - . _ ~ + / =.',
  ],
  [
    'start',
    { PORTICO_PUBLIC_URL: 'support.example.com' },
    'PORTICO_PUBLIC_URL must be https:// and a host name, without a path; http:// only for this machine.',
  ],
  [
    'start',
    { PORTICO_PUBLIC_URL: 'http://support.example.com' },
    'PORTICO_PUBLIC_URL must be https:// and a host name, without a path; http:// only for this machine.',
  ],
  [
    'start',
    { PORTICO_PUBLIC_URL: 'https://support.example.com/help' },
    'PORTICO_PUBLIC_URL must be https:// and a host name, without a path; http:// only for this machine.',
  ],
  [
    'start',
    { PORTICO_PUBLIC_URL: 'https://me:secret@support.example.com' },
    'PORTICO_PUBLIC_URL must be https:// and a host name, without a path; http:// only for this machine.',
  ],
  [
    'start',
    { PORTICO_PUBLIC_URL: 'javascript:alert(1)' },
    'PORTICO_PUBLIC_URL must be https:// and a host name, without a path; http:// only for this machine.',
  ],
  [
    'start',
    { PORTICO_TRUST_PROXY: 'true' },
    'PORTICO_TRUST_PROXY must be the number of proxies in front of the server, 0 to 10.',
  ],
  [
    'start',
    { PORTICO_TRUST_PROXY: '11' },
    'PORTICO_TRUST_PROXY must be the number of proxies in front of the server, 0 to 10.',
  ],
  [
    'start',
    { DATABASE_URL: 'mysql://db/portico' },
    'DATABASE_URL must be the address of a database, postgres://user:password@host:port/database.',
  ],
  [
    'start',
    { DATABASE_URL: 'postgres://db' },
    'DATABASE_URL must be the address of a database, postgres://user:password@host:port/database.',
  ],
  ['start', { PORTICO_MIGRATE_URL: 'postgres://db/portico' }, 'PORTICO_MIGRATE_URL is set without DATABASE_URL.'],
  [
    'demo',
    { DATABASE_URL: 'postgres://db/portico' },
    'DATABASE_URL is set, but the demo world lives in a folder of its own; unset it.',
  ],
  ['start', { PORTICO_DATE: '/srv/data' }, 'PORTICO_DATE is not a setting of this version.'],
  ...[
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://user@mail.example.com',
    'smtp://:secret@mail.example.com',
    'smtp://user:se%ret@mail.example.com',
    'smtp://user:se@cret/x@mail.example.com',
    'smtp://mail.example.com/?tls.rejectUnauthorized=false',
    'smtp://mail.example.com:99999',
  ].map((PORTICO_SMTP_URL) => {
    const env = { PORTICO_SMTP_URL, PORTICO_MAIL_FROM: 'help@example.com' };
    return ['start', env, `PORTICO_SMTP_URL must be ${smtpRule}.`] as const;
  }),
  [
    'demo',
    { PORTICO_SMTP_URL: 'smtp://mail.example.com', PORTICO_MAIL_FROM: 'Help <help@example.com>' },
    'PORTICO_MAIL_FROM must be the address that mails come from, such as support@example.com.',
  ],
  [
    'start',
    { PORTICO_SMTP_URL: 'smtp://mail.example.com' },
    'PORTICO_MAIL_FROM is not set; it must be the address that mails come from, such as support@example.com.',
  ],
  ['start', { PORTICO_MAIL_FROM: 'help@example.com' }, 'PORTICO_MAIL_FROM is set without PORTICO_SMTP_URL.'],
  [
    'start',
    { PORTICO_ATTACHMENT_MIB: '201' },
    'PORTICO_ATTACHMENT_MIB must be a whole number from 1 to 200, the mebibytes that one file may have.',
  ],
  [
    'start',
    { PORTICO_CLAMD_URL: 'localhost:3310' },
    'PORTICO_CLAMD_URL must be where clamd listens, tcp://host:3310 or unix:///run/clamav/clamd.ctl.',
  ],
];

describe('a wrong setting is refused with one sentence that names it', () => {
  test.each(wrong)('%s %o', (command, env, sentence) => {
    const start = () => read(command, env);
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(new ConfigError(sentence));
  });
});

test('files are as large as the setting says', () => {
  expect(read('start', { PORTICO_ATTACHMENT_MIB: '25' }).attachmentBytes).toBe(25 * 1024 * 1024);
});

test('a scanner is found where the setting says', () => {
  expect(read('start', { PORTICO_CLAMD_URL: 'unix:///run/clamav/clamd.ctl' }).clamd).toEqual({
    path: '/run/clamav/clamd.ctl',
  });
});

describe('mail', () => {
  const from = 'help@example.com';
  const mail = (PORTICO_SMTP_URL: string) => read('start', { PORTICO_SMTP_URL, PORTICO_MAIL_FROM: from }).mail;

  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, tls: 'starttls', login: null }],
    ['smtps://mail.example.com/', { host: 'mail.example.com', port: 465, tls: 'implicit', login: null }],
    ['smtp://10.0.0.7:25', { host: '10.0.0.7', port: 25, tls: 'starttls', login: null }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'none', login: null }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'none', login: null }],
    ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'none', login: null }],
    ['smtps://localhost', { host: 'localhost', port: 465, tls: 'implicit', login: null }],
    ['smtp://localhost.example.com', { host: 'localhost.example.com', port: 587, tls: 'starttls', login: null }],
    [
      'smtps://help%40example.com:s%2Fe%40c@mail.example.com',
      { host: 'mail.example.com', port: 465, tls: 'implicit', login: { user: 'help@example.com', password: 's/e@c' } },
    ],
  ] as const)('by %s is encrypted wherever it leaves this machine', (url, expected) => {
    expect(mail(url)).toEqual({ ...expected, from });
  });
});

describe('settings', () => {
  test('have defaults that suit a first start', () => {
    expect(read('start', {})).toEqual({
      command: 'start',
      host: '127.0.0.1',
      port: 4400,
      portFixed: false,
      dataFolder: '/srv/.data/live',
      postgres: null,
      secret: null,
      adminToken: null,
      publicUrl: null,
      trustProxy: 0,
      mail: null,
      clamd: null,
      attachmentBytes: 10 * 1024 * 1024,
    });
    expect(read('demo', {}).dataFolder).toBe('/srv/.data/demo');
  });

  test('are taken when they are right', () => {
    const config = read('start', {
      PORT: '0',
      HOST: '0.0.0.0',
      PORTICO_DATA: 'data',
      DATABASE_URL: 'postgres://portico_app:secret@db/portico',
      PORTICO_SECRET: long,
      PORTICO_ADMIN_TOKEN: long,
      PORTICO_PUBLIC_URL: 'https://support.example.com/',
      PORTICO_TRUST_PROXY: '2',
    });
    expect(config).toMatchObject({
      port: 0,
      portFixed: true,
      host: '0.0.0.0',
      dataFolder: '/srv/data',
      postgres: { url: 'postgres://portico_app:secret@db/portico', migrateUrl: null },
      adminToken: long,
      publicUrl: 'https://support.example.com',
      trustProxy: 2,
    });
    expect(config.secret).toHaveLength(32);
    expect(config.mail).toBeNull();
  });

  test('that are empty count as not set', () => {
    expect(read('demo', { PORT: '', PORTICO_DATA: '', DATABASE_URL: '' })).toEqual(read('demo', {}));
  });

  test('of doctor are no matter of the server, whatever they are', () => {
    expect(read('start', { PORTICO_RT_URL: 'rt', PORTICO_RT_COMPANY: 'team' })).toEqual(read('start', {}));
  });

  test.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])('let the demo listen on %s', (host) => {
    expect(read('demo', { HOST: host }).host).toBe(host);
  });
});

describe('settings of doctor', () => {
  const login = {
    PORTICO_RT_URL: 'https://example.com/rt',
    PORTICO_RT_USER: 'portal',
    PORTICO_RT_PASSWORD: 'secret',
    PORTICO_RT_QUEUES: 'Support, Sales',
  };

  test('are those of a connection', () => {
    const settings = { url: 'https://example.com/rt', user: 'portal', queues: ['Support', 'Sales'] };
    expect(readRtLogin(login)).toEqual({ settings, secret: { password: 'secret' } });
    expect(readRtLogin({ ...login, PORTICO_RT_REPLY_AS: 'mail-gateway', PORTICO_RT_COMPANY: 'group' })).toEqual({
      settings: { ...settings, replyAs: 'mail-gateway', company: 'group' },
      secret: { password: 'secret' },
    });
  });

  test.each([
    [
      { PORTICO_RT_URL: '' },
      'PORTICO_RT_URL is not set; it must be the address of RT, https:// and a host name, with the path below which RT lies, and without a password.',
    ],
    [
      { PORTICO_RT_URL: 'https://portal:secret@example.com' },
      'PORTICO_RT_URL must be the address of RT, https:// and a host name, with the path below which RT lies, and without a password.',
    ],
    [
      { PORTICO_RT_PASSWORD: '' },
      'PORTICO_RT_PASSWORD is not set; it must be the password of the service account in RT.',
    ],
    [
      { PORTICO_RT_QUEUES: 'Support,' },
      'PORTICO_RT_QUEUES must be the names of the queues to show, with a comma between two.',
    ],
    [{ PORTICO_RT_REPLY_AS: 'me' }, 'PORTICO_RT_REPLY_AS must be mail-gateway, service or contact-token.'],
    [{ PORTICO_RT_COMPANY: 'team' }, 'PORTICO_RT_COMPANY must be organization or group.'],
    [{ PORTICO_RT_QUEUE: 'Support' }, 'PORTICO_RT_QUEUE is not a setting of this version.'],
  ])('are refused with one sentence: %o', (more, sentence) => {
    expect(() => readRtLogin({ ...login, ...more })).toThrow(new ConfigError(sentence));
  });
});
