import type { LogEntry } from '../deps.js';

/** One line of JSON an entry, on stderr: stdout belongs to the person who started the server. */
export function logLine(entry: LogEntry): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}
