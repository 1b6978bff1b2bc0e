import type { ClientConfig } from 'pg';

/** Milliseconds. */
const connectLimit = 5_000;

/** How every connection of ours is made. What is written as text must read alike on every server. */
export const connectionTo = (url: string): ClientConfig => ({
  connectionString: url,
  application_name: 'portico',
  connectionTimeoutMillis: connectLimit,
  keepAlive: true,
  // Our statements are short: compiling one takes longer than running it.
  options: '-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c jit=off',
});
