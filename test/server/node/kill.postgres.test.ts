import { inject, test } from 'vitest';
import { addressOf } from '../../support/postgres.js';
import { fewKills, killServerOnPostgres } from './kills.js';

const postgres = inject('postgres');
if (!postgres) throw new Error('These tests run with --mode postgres.');

test(`no acknowledged reply is lost or doubled by ${fewKills} kills of the server`, { timeout: 300_000 }, () =>
  killServerOnPostgres(addressOf(postgres), fewKills),
);
