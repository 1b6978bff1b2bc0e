import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

import type { FieldError } from '../../src/server/api-error.js';
import { ConfigFileError, readConfigFile } from '../../src/server/node/config-file/config-command.js';
import { refusalsOf } from '../../src/server/node/config-file/sentences.js';
import type { ConfigChangeWire } from '../../src/wire/index.js';
import { temporaryFolder } from '../support/folder.js';
import { askAdmin } from './admin-client.js';
import type { SmallWorldHeld } from './use-small-world.js';

/** Follows files of settings in a test's own world. */
export function createFileFollower(small: SmallWorldHeld) {
  const send = (config: object, apply: boolean) =>
    askAdmin<{ readonly changes: ConfigChangeWire[]; readonly fields?: readonly FieldError[] }>(
      small,
      'POST',
      '/config',
      { config, apply },
    );
  return {
    send,

    /** What it changes, or would. */
    async follow(config: object, apply: boolean): Promise<ConfigChangeWire[]> {
      const { status, body } = await send(config, apply);
      expect([status, body]).toEqual([200, { changes: expect.any(Array) as unknown }]);
      return body.changes;
    },

    /** What is wrong, as the command finds it: in the file itself, or by asking the server. */
    async faultsIn(content: unknown): Promise<string> {
      const file = join(temporaryFolder(), 'portico.config.json');
      writeFileSync(file, JSON.stringify(content));
      try {
        const { body } = await send(readConfigFile(file), true);
        return refusalsOf(body.fields ?? [])
          .map(({ path, sentence }) => `${path}: ${sentence}`)
          .join('\n');
      } catch (error) {
        if (!(error instanceof ConfigFileError)) throw error;
        return error.message.replace(file, '');
      }
    },
  };
}
