import { rtStatuses } from '../../src/server/connectors/rt/statuses.js';
import { statusInRt } from '../support/rt-world.js';
import { statuses } from './setting.js';

/** Ids and labels of RT's statuses, in the model's words. */
const ids = new Map(statuses.map(({ id }) => [statusInRt(id), id]));
const labels = new Map(
  statuses.map(({ id, label }) => [rtStatuses({}).find((one) => one.id === statusInRt(id))?.label['en'], label.en]),
);

/** An answer of the wire with the model's statuses. */
export function fromRt(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(fromRt);
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, part(name, value)]));
}

function part(name: string, value: unknown): unknown {
  if (name === 'statuses' && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value as object).map(([id, count]) => [ids.get(id) ?? id, count]));
  }
  if (name !== 'status' || value === null || typeof value !== 'object') return fromRt(value);
  const { id, label, from, to, ...rest } = value as Readonly<Record<string, string>>;
  const named = (text: string | undefined) => (text === undefined ? undefined : (labels.get(text) ?? text));
  return from === undefined
    ? { ...rest, id: ids.get(id ?? '') ?? id, label: named(label) }
    : { ...rest, from: named(from), to: named(to) };
}
