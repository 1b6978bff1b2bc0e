import type { ConfigFileWire } from '../../../../wire/index.js';
import { createContactProperty, readProperties, updateContactProperty } from '../contact-properties.js';
import { createInbox, listInboxes } from '../inboxes.js';
import { createStatus, listStatuses, updateStatus } from '../statuses.js';
import { type AdminWriting, refuse } from '../writing.js';
import { below, inboxesNamed, refuseRepeated } from './parts.js';

type InboxInFile = NonNullable<ConfigFileWire['inboxes']>[number];
type StatusInFile = NonNullable<ConfigFileWire['statuses']>[number];
type PropertyInFile = NonNullable<ConfigFileWire['contactProperties']>[number];

/** Makes those that are not there. @throws ApiError as `createInbox` */
export async function writeInboxes(writing: AdminWriting, inboxes: readonly InboxInFile[]): Promise<void> {
  const names = inboxes.map(({ name }) => name.trim());
  refuseRepeated(names, (at) => `inboxes.${at}.name`);
  const { items } = await listInboxes(writing);
  for (const [at, name] of names.entries()) {
    if (items.some((inbox) => inbox.name === name)) continue;
    await below(`inboxes.${at}`, () => createInbox(writing, { name }), { desk: 'name' });
  }
}

/**
 * Makes those that are not there, changes the others, and puts all of them into the order of the file. New ones come first:
 * what is the last of its category before them may not be after them.
 *
 * @throws ApiError as `createStatus` and `updateStatus`, and `invalid` for an inbox that is not there
 */
export async function writeStatuses(writing: AdminWriting, statuses: readonly StatusInFile[]): Promise<void> {
  const ids = statuses.map(({ id }) => id);
  refuseRepeated(ids, (at) => `statuses.${at}.id`);
  const { items } = await listStatuses(writing);
  const isThere = (id: string) => items.some((status) => status.id === id);
  const write = async (status: StatusInFile, path: string) => {
    const make = !isThere(status.id);
    await below(path, () => writeStatus(writing, status, make), { desk: make ? 'id' : 'inboxes' });
  };
  const inFile = [...statuses.entries()];
  for (const [at, status] of inFile) if (!isThere(status.id)) await write(status, `statuses.${at}`);
  for (const [at, status] of inFile) if (isThere(status.id)) await write(status, `statuses.${at}`);
  await arrange(writing, ids, isThere);
}

async function writeStatus(writing: AdminWriting, { id, inboxes, ...settings }: StatusInFile, make: boolean) {
  if (inboxes) refuseRepeated(inboxes, (at) => `inboxes.${at}`);
  const chosen = inboxes && (await inboxesNamed(writing, inboxes));
  const status = { ...settings, ...(chosen !== undefined && { inboxes: chosen }) };
  await (make ? createStatus(writing, status, id) : updateStatus(writing, id, status));
}

/**
 * Those that the file names, in its order. No more are moved than have to be, and new ones rather than others: each comes right
 * after the one that is before it in the file.
 */
async function arrange(writing: AdminWriting, named: readonly string[], isOld: (id: string) => boolean): Promise<void> {
  const { items } = await listStatuses(writing);
  let order = items.map(({ id }) => id);
  const found = order.filter((id) => named.includes(id));
  const staying = heaviestRun(
    found.map((id) => named.indexOf(id)),
    (place) => (isOld(named[place] ?? '') ? named.length : 1),
  );
  for (const [place, id] of named.entries()) {
    if (staying.includes(place)) continue;
    const others = order.filter((other) => other !== id);
    const [first = 0] = staying;
    const position = place === 0 ? others.indexOf(named[first] ?? '') : others.indexOf(named[place - 1] ?? '') + 1;
    await updateStatus(writing, id, { position });
    order = others.toSpliced(position, 0, id);
  }
}

/** Of places in any order, those that rise from one to the next and weigh the most together. */
function heaviestRun(places: readonly number[], weightOf: (place: number) => number): readonly number[] {
  const runs: { readonly run: readonly number[]; readonly weight: number }[] = [{ run: [], weight: 0 }];
  const heaviest = (of: typeof runs) => of.reduce((one, other) => (other.weight > one.weight ? other : one));
  for (const place of places) {
    const { run, weight } = heaviest(runs.filter((one) => (one.run.at(-1) ?? -1) < place));
    runs.push({ run: [...run, place], weight: weight + weightOf(place) });
  }
  return heaviest(runs).run;
}

/** @throws ApiError as `createContactProperty` and `updateContactProperty`, and `invalid` for another type than it has (`fixed`) */
export async function writeProperties(writing: AdminWriting, properties: readonly PropertyInFile[]): Promise<void> {
  refuseRepeated(
    properties.map(({ name }) => name),
    (at) => `contactProperties.${at}.name`,
  );
  const defined = await readProperties(writing);
  for (const [at, property] of properties.entries()) {
    const there = defined.find(({ name }) => name === property.name);
    await below(`contactProperties.${at}`, async () => {
      if (!there) return createContactProperty(writing, property);
      const { name: _, type, options, ...settings } = property;
      if (type !== there.type) throw refuse('type', 'fixed');
      return updateContactProperty(writing, there.public_id, { ...settings, ...(options && { options }) });
    });
  }
}
