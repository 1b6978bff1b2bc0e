import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Config, ConfigError, readConfig } from '../../../src/server/node/config.js';
import { prepareDataFolder, readKept } from '../../../src/server/node/data-folder.js';
import { temporaryFolder } from '../../support/folder.js';

const config = (dataFolder: string, more: Partial<Config> = {}): Config => ({
  ...readConfig('start', {}, '/srv'),
  dataFolder,
  ...more,
});

test('the demo marks a folder that is missing or empty and comes back to it', () => {
  for (const folder of [temporaryFolder(), join(temporaryFolder(), 'new')]) {
    prepareDataFolder('demo', folder);
    expect(readdirSync(folder)).toEqual(['demo-folder.txt']);
    writeFileSync(join(folder, 'secret'), '');
    prepareDataFolder('demo', folder);
  }
});

test('the demo refuses a folder with other things in it and leaves it as it was', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'thesis.txt'), '');
  expect(() => prepareDataFolder('demo', folder)).toThrow(
    new ConfigError(`PORTICO_DATA names ${folder}, which is not empty and not a demo folder; the demo needs another.`),
  );
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test('real data never goes into a demo folder', () => {
  const folder = temporaryFolder();
  prepareDataFolder('demo', folder);
  expect(() => prepareDataFolder('start', folder)).toThrow(
    new ConfigError(
      `PORTICO_DATA names ${folder}, which holds the demo world; \`portico start\` needs another folder.`,
    ),
  );
});

test('secret and admin token are made once, differ, and only their owner may read them', () => {
  const folder = temporaryFolder();
  const first = readKept(config(folder));
  expect(first.secret).toHaveLength(32);
  expect(first.adminToken).toMatch(/^[\w-]{43}$/);
  expect(first.newToken).toBe(`made, in ${join(folder, 'admin-token')}`);
  for (const file of ['secret', 'admin-token']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).not.toBe(first.adminToken);
  expect(readKept(config(folder))).toEqual({ ...first, newToken: null });
});

test('settings go before what is kept, and then nothing is made', () => {
  const folder = temporaryFolder();
  const secret = new Uint8Array(32).fill(1);
  expect(readKept(config(folder, { secret, adminToken: 'given' }))).toEqual({
    secret,
    adminToken: 'given',
    newToken: null,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a damaged secret stops the start: a new one would end every session without a word', () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'secret'), '\n');
  expect(() => readKept(config(folder))).toThrow(`The file ${join(folder, 'secret')} is damaged`);
});
