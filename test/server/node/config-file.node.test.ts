import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, onTestFinished, test } from 'vitest';

import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { createAccount } from '../../../src/server/settings/new-account.js';
import { adminRoutes, configFileBytes } from '../../../src/wire/index.js';
import { readConfigFile } from '../../../src/server/node/config-file/config-command.js';
import { welcomeFirst } from '../../support/first-owner.js';
import { temporaryFolder } from '../../support/folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { snippetsOf } from '../../support/readme.js';
import { runCommand, startServerProcess } from '../../support/server-process.js';
import { badAccountFiles } from '../config-account.cases.js';
import { badFiles } from '../config-file.cases.js';

/** The example of the README. */
const [example = ''] = snippetsOf(['json']).flatMap(({ code }) => (code.includes('"$schema"') ? [code] : []));

interface File {
  inboxes: [object];
  statuses: [object];
  contactProperties: [object];
  portals: [Record<string, unknown>, ...Record<string, unknown>[]];
}
const edited = (edit: (file: File) => void): string => {
  const file = JSON.parse(example) as File;
  edit(file);
  return JSON.stringify(file);
};

const open = { timeout: 120_000 };

async function startLive() {
  const folder = temporaryFolder();
  const data = join(folder, 'live');
  await makeMigratedFolder(data, 'live');
  const file = join(folder, 'file.json');
  const write = (text: string) => writeFileSync(file, text);
  const config = (...args: string[]) => runCommand(['config', ...args], { PORTICO_DATA: data });
  const start = async () => {
    const server = await startServerProcess('start', { PORTICO_DATA: data });
    onTestFinished(async () => void (await server.end('SIGKILL')));
    return server;
  };
  return { data, file, write, config, start };
}

test('the example in the README names every setting', () => {
  const { inboxes, statuses, contactProperties, portals } = JSON.parse(example) as File;
  const keys = (shape: object, ...more: readonly string[]) => [...Object.keys(shape), ...more].sort();
  const { createInbox, createStatus, createContactProperty, createPortal } = adminRoutes;
  expect(keys(inboxes[0])).toEqual(keys(createInbox.body.shape));
  expect(keys(statuses[0])).toEqual(keys(createStatus.body.shape, 'id'));
  expect(keys(contactProperties[0])).toEqual(keys(createContactProperty.body.def.options[0].shape));
  expect(keys(portals[0])).toEqual(keys(createPortal.body.shape));
});

describe('portico config', open, () => {
  const changes = [
    'domain help.tarnfield.example: new',
    'inbox Returns: new',
    'status awaiting-parcel: new',
    'contact property role: new',
    'portal help: new',
    'portal pomoc: new',
  ].join('\n');
  const said = (stdout: string) => ({ code: 0, stdout: `${stdout}\n`, stderr: '' });
  const planned = said(`${changes}\n6 changes; \`portico config apply\` makes them.`);
  const applied = said(`${changes}\nApplied: 6 changes.`);
  const nothing = (file: string) => said(`Nothing to do: everything is as ${file} says.`);

  test('does what the README’s example says, by the server that works on the folder', async () => {
    const { data, file, write, config, start } = await startLive();
    const server = await start();
    write(example);
    expect(await config('check', file)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'account: is the name of no account on this server; `portico start` prints a link that makes the first.\n',
    });
    await welcomeFirst(server, 'Tarnfield');
    expect(await config('check', file)).toEqual(planned);
    expect(await config('apply', file)).toEqual(applied);
    expect(await config('apply', file)).toEqual(nothing(file));

    const answer = await fetch(`${server.origin}/admin/api/v1/portals/help`, {
      headers: {
        authorization: `Bearer ${readFileSync(join(data, 'admin-token'), 'utf8')}`,
        'x-portal-client': 'portico-test/1',
      },
    });
    const { portals } = JSON.parse(example) as File;
    const { domain: _, inboxes: __, ...settings } = portals[0];
    expect(await answer.json()).toMatchObject(settings);
    await server.end('SIGTERM');
  });

  test('does the very same where no server works on it', async () => {
    const { data, file, write, config } = await startLive();
    const database = await openEmbeddedDatabase({ folder: data });
    const newId = () => randomBytes(16).toString('base64url');
    await database.tx({ role: 'staff' }, (tx) => createAccount(tx, 'Tarnfield', newId));
    await database.close();
    write(example);
    expect(await config('check', file)).toEqual(planned);
    expect(await config('apply', file)).toEqual(applied);
    write(edited(({ portals }) => Object.assign(portals[0], { name: 'Help', idleMinutes: 20 })));
    const two = 'portal help: name "Tarnfield help" -> "Help"\nportal help: idleMinutes 1440 -> 20';
    expect(await config('apply', file)).toEqual(said(`${two}\nApplied: 2 changes.`));
    expect(await config('apply', file)).toEqual(nothing(file));
    write(edited(({ portals }) => Object.assign(portals[1] ?? {}, { inboxes: ['Post'] })));
    expect(await config('apply', file)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'portals.1.inboxes.0: is the name of no inbox of the account.\n',
    });
  });

  test('tells what is wrong, a line each with its place, and changes nothing', async () => {
    const { file, write, config, start } = await startLive();
    const server = await start();
    await welcomeFirst(server, 'Tarnfield');
    const filter = { property: 'level', operator: 'greater', value: 'gold' };
    const permission = { kind: 'company-if', groups: [[filter]] };
    write(edited(({ portals }) => Object.assign(portals[0], { permission, open: 'yes' })));
    const refused = (stderr: string) => ({ code: 1, stdout: '', stderr });
    expect(await config('apply', file)).toEqual(
      refused(
        'portals.0.permission.groups.0.0.value: must be a number in quotation marks, such as "12" or "2.5".\n' +
          'portals.0.open: must be true or false.\n',
      ),
    );
    // The first portal is right, and is not made either.
    write(edited(({ portals }) => Object.assign(portals[1] ?? {}, { inboxes: ['Post'] })));
    expect(await config('apply', file)).toEqual(
      refused('portals.1.inboxes.0: is the name of no inbox of the account.\n'),
    );
    write(example);
    expect(await config('check', file)).toEqual(planned);
    await server.end('SIGTERM');
  });

  test.each([
    ['{"portals": [,]}', /^\S+file\.json: is no JSON \(.*\)\.$/],
    ['', /^\S+file\.json: is no JSON \(.*\)\.$/],
    [Buffer.from([0x22, 0xff, 0x22]), /^\S+file\.json: is not in UTF-8\.$/],
    [' '.repeat(configFileBytes + 1), /^\S+file\.json: must have at most 4096 KiB\.$/],
  ])('refuses %j', (content, sentence) => {
    const file = join(temporaryFolder(), 'file.json');
    writeFileSync(file, content);
    expect(() => readConfigFile(file)).toThrow(sentence);
  });

  test('takes portico.config.json where none is named, and a folder with a database', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file.json');
    writeFileSync(file, '{}');
    const data = { PORTICO_DATA: join(folder, 'none') };
    expect((await runCommand(['config', 'check'], data)).stderr).toBe('portico.config.json: is not there.\n');
    expect(await runCommand(['config', 'check', folder], data)).toMatchObject({
      code: 1,
      stderr: `${folder}: cannot be read (EISDIR).\n`,
    });
    expect(await runCommand(['config', 'apply', file], data)).toEqual({
      code: 1,
      stdout: '',
      stderr: `PORTICO_DATA names ${data.PORTICO_DATA}, where there is no database.\n`,
    });
  });

  test('says that the server has another token', async () => {
    const { data, file, write, start } = await startLive();
    const server = await start();
    write('{}');
    const env = { PORTICO_DATA: data, PORTICO_ADMIN_TOKEN: 'x'.repeat(32) };
    expect(await runCommand(['config', 'apply', file], env)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The server that works on the folder has another admin token; set PORTICO_ADMIN_TOKEN to it.\n',
    });
    await server.end('SIGTERM');
  });

  test.each([[['config', 'delete']], [['config', 'check', 'a', 'b']]])(
    'explains itself when called with %o',
    async (args) => {
      expect(await runCommand(args, {})).toMatchObject({ code: 2, stdout: '' });
    },
  );

  test('prints a schema that editors find the example right by, and what is wrong in others', async () => {
    const { code, stdout } = await runCommand(['config', 'schema'], {});
    expect(code).toBe(0);
    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(stdout) as object);
    expect(valid(JSON.parse(example)), JSON.stringify(valid.errors)).toBe(true);
    const found = [...badFiles, ...badAccountFiles].filter(([content]) => !valid(content));
    expect(found.length).toBeGreaterThan(60);
  });
});
