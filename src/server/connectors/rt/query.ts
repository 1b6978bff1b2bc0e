import type { RtSettings } from './settings.js';

/** A text in a query over tickets. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Of all tickets those that the portal shows. */
export const ourQueues = ({ queues }: RtSettings): string =>
  `(${queues.map((queue) => `Queue = ${quoted(queue)}`).join(' OR ')})`;

/** Rows that have one of these values in a field, as RT's collections other than tickets are asked. */
export const anyOf = (field: string, values: readonly string[]): { field: string; value: string }[] =>
  values.map((value) => ({ field, value }));

/** RT gives no more at once. */
export const pageSize = 100;

/** Refs are ids of RT; whatever else comes in names nothing there. */
export const isId = (ref: string): boolean => /^[1-9]\d{0,17}$/.test(ref);

export function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
