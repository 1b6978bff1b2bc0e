import { test } from 'vitest';
import { fewKills, killEmbeddedServer } from './kills.js';

test(
  `no acknowledged reply is lost or doubled by ${fewKills} kills of the server on its own database`,
  {
    timeout: 300_000,
  },
  () => killEmbeddedServer(fewKills),
);
