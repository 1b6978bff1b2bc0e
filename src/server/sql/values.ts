import { type Param, DatabaseError } from '../database.js';

type Decode = (text: string) => unknown;

/** The text form of a parameter; bytes travel as they are. The server infers each type from the statement. */
export function encodeParam(param: Param): string | Uint8Array | null {
  if (param === null || typeof param === 'string' || param instanceof Uint8Array) return param;
  if (param instanceof Date) return param.toISOString();
  if (isList(param)) return `{${param.map(encodeItem).join(',')}}`;
  return String(param);
}

/** Turns the text form of a column into what database.ts promises for its type. */
export function decodeColumn(typeId: number, text: string | null): unknown {
  if (text === null) return null;
  const decode = decoders.get(typeId);
  return decode ? decode(text) : text;
}

function isList(param: Param): param is readonly string[] | readonly number[] {
  return Array.isArray(param);
}

function encodeItem(item: string | number): string {
  return typeof item === 'number' ? String(item) : `"${item.replace(/["\\]/g, '\\$&')}"`;
}

/** Refuses what a number cannot hold: an id that is off by one is somebody else's row. */
function decodeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new DatabaseError('22003', `${text} is too large for a number`);
  return value;
}

/** `2026-11-22 10:00:00.5+00`: the session's time zone is UTC. */
function decodeTime(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00`);
}

function decodeBytes(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i + 2, 2 * i + 4), 16);
  return bytes;
}

/** One dimension is all we use: `{a,"b \"c\"",NULL}`. */
function decodeList(decode: Decode): Decode {
  return (text) => {
    const items: unknown[] = [];
    for (const [item, quoted] of text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs)) {
      if (quoted !== undefined) items.push(decode(quoted.replace(/\\(.)/gs, '$1')));
      else items.push(item === 'NULL' ? null : decode(item));
    }
    return items;
  };
}

const asText: Decode = (text) => text;

/** Keyed by the type's oid, which PostgreSQL fixes for built-in types. */
const decoders = new Map<number, Decode>([
  [16, (text) => text === 't'],
  [17, decodeBytes],
  [20, decodeInteger],
  [21, Number],
  [23, Number],
  [114, JSON.parse],
  [700, Number],
  [701, Number],
  [1007, decodeList(Number)],
  [1009, decodeList(asText)],
  [1015, decodeList(asText)],
  [1016, decodeList(decodeInteger)],
  [1184, decodeTime],
  [1700, Number],
  [2951, decodeList(asText)],
  [3802, JSON.parse],
]);
