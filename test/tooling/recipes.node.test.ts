import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';

import { readConfig } from '../../src/server/node/config.js';

interface Parsers {
  readonly yaml: { parse(text: string, options: object): unknown };
}

// The browser's driver brings a parser of YAML along.
const { yaml } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle') as Parsers;
const root = new URL('../../', import.meta.url);
const recipe = (name: string) => readFileSync(new URL(`src/server/node/deploy/${name}`, root), 'utf8');
const built = readFileSync(new URL('.ci/build.mjs', root), 'utf8');

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      { readonly environment: Record<string, string>; readonly volumes: string[]; readonly build?: object }
    >
  >;
  readonly volumes: Readonly<Record<string, null>>;
}

describe('compose.yaml', () => {
  const { services, volumes } = yaml.parse(recipe('compose.yaml'), { strict: true, uniqueKeys: true }) as Compose;

  test('gives the server settings that it takes', () => {
    const values: Record<string, string> = {
      PORTICO_HOST: 'support.example.com',
      ...{ OWNER_PASSWORD: 'owner1', APP_PASSWORD: 'app1', PORTICO_SECRET: 'a'.repeat(64) },
    };
    const filled = (text: string) => text.replaceAll(/\$\{(\w+):[?-]\}/g, (_, name: string) => values[name] ?? '');
    const env = Object.entries(services['portico']?.environment ?? {}).map(([name, text]) => [name, filled(text)]);
    // As the image says.
    const image = { HOST: '0.0.0.0', PORT: '4400', PORTICO_DATA: '/data' };
    const config = readConfig('start', { ...image, ...(Object.fromEntries(env) as Record<string, string>) }, '/');
    expect(config).toMatchObject({
      ...{ publicUrl: 'https://support.example.com', trustProxy: 1, mail: null },
      postgres: {
        url: 'postgres://portico_app:app1@postgres:5432/portico',
        migrateUrl: 'postgres://portico_owner:owner1@postgres:5432/portico',
      },
    });
    expect(recipe('Containerfile')).toContain('HOST=0.0.0.0 PORT=4400 PORTICO_DATA=/data');
  });

  test('names files and volumes that there are', () => {
    const mounted = Object.values(services).flatMap((service) =>
      service.volumes.map((entry) => entry.split(':')[0] ?? ''),
    );
    expect(mounted.filter((path) => !path.startsWith('.')).toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(mounted.filter((path) => path.startsWith('.'))).toEqual(['../migrations/000-roles.sql', './Caddyfile']);
    expect(services['portico']?.build).toEqual({ context: '../..', dockerfile: 'server/deploy/Containerfile' });
    expect(built).toContain("cpSync(at('src/server/node/deploy'), at('dist/server/deploy')");
    expect(built).toContain("cpSync(at('src/server/migrations'), at('dist/server/migrations')");
  });
});

test('portico.service is made of sections and settings, and locks the server in', () => {
  const lines = recipe('portico.service')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.filter((line) => !/^(\[(Unit|Service|Install)\]|[A-Z]\w+=.*)$/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]']);
  for (const line of ['DynamicUser=yes', 'StateDirectory=portico', 'ProtectSystem=strict', 'NoNewPrivileges=yes'])
    expect(lines).toContain(line);
  const set = lines.find((line) => line.startsWith('Environment='))?.replace('Environment=', '') ?? '';
  const { NODE_ENV: _, ...env } = Object.fromEntries(set.split(' ').map((pair) => pair.split('='))) as Record<
    string,
    string
  >;
  expect(readConfig('start', env, '/')).toMatchObject({ port: 4400, trustProxy: 1, dataFolder: '/var/lib/portico' });
});

test('both proxies lead to the port of the server and take the largest file that is usual', () => {
  for (const [name, size] of [
    ['nginx.conf', 'client_max_body_size 32m;'],
    ['Caddyfile', 'max_size 32MB'],
  ] as const) {
    expect(recipe(name)).toContain('127.0.0.1:4400');
    expect(recipe(name)).toContain(size);
  }
});
