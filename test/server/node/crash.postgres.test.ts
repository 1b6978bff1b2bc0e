import { test } from 'vitest';
import { fewKills, killPostgres } from './kills.js';

test(`no acknowledged reply is lost or doubled by ${fewKills} kills of PostgreSQL`, { timeout: 300_000 }, () =>
  killPostgres(fewKills),
);
