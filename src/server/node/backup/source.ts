import { join } from 'node:path';
import type { Database } from '../../database.js';
import type { Config } from '../config.js';
import { readKeptFiles } from '../data-folder.js';
import { createFileStore } from '../files.js';
import { readVersion } from '../version.js';
import type { BackupSource } from './write-backup.js';

/** Everything that a server with these settings keeps, in its database and beside it. */
export const backupSource = ({ postgres, dataFolder }: Config, database: Database): BackupSource => ({
  database,
  version: readVersion(),
  files: postgres ? null : createFileStore(join(dataFolder, 'files')),
  settings: postgres ? {} : readKeptFiles(dataFolder),
});
