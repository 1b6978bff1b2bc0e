import { faultOf } from '../../../policy/index.js';
import type { ContactPropertyWire, NewContactPropertyWire } from '../../../wire/index.js';
import { ApiError, type FieldError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { changeOf } from '../../identity/audit.js';
import { reservedColumns } from './import-table.js';
import { type AdminWriting, given, record, refuse, taken } from './writing.js';

type Reading = Pick<AdminWriting, 'tx' | 'account'>;
type Properties = Readonly<Record<string, string>>;

/** A field of every contact. */
export interface ContactProperty {
  readonly public_id: string;
  readonly name: string;
  readonly label: string;
  readonly type: ContactPropertyWire['type'];
  readonly options: readonly string[] | null;
  readonly portals: ContactPropertyWire['portals'];
}

const most = 100;

const columns = `SELECT d.public_id, d.name, d.label, d.type, d.options,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'name', p.name) ORDER BY p.id), '[]') FROM portals p
      WHERE p.account_id = d.account_id AND jsonb_path_exists(p.permission, '$.groups[*][*] ? (@.property == $name)',
        jsonb_build_object('name', d.name))) AS portals
  FROM contact_properties d WHERE d.account_id = $1`;
const list: Statement = { name: 'admin_contact_properties', text: `${columns} ORDER BY d.id` };
const find: Statement = { name: 'admin_contact_property', text: `${columns} AND d.public_id = $2` };
const insert: Statement = {
  name: 'admin_contact_property_insert',
  text: `INSERT INTO contact_properties (account_id, public_id, name, label, type, options)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
};
const update: Statement = {
  name: 'admin_contact_property_update',
  text: 'UPDATE contact_properties SET label = $3, options = $4 WHERE account_id = $1 AND public_id = $2',
};
const remove: Statement = {
  name: 'admin_contact_property_delete',
  text: 'DELETE FROM contact_properties WHERE account_id = $1 AND public_id = $2',
};
/** One after another, or two changes would each undo the other. */
export const lockContactProperties: Statement = {
  name: 'admin_contact_properties_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('contact properties ' || $1::bigint, 0))`,
};

const toWire = ({ public_id: id, options, ...property }: ContactProperty): ContactPropertyWire => ({
  id,
  name: property.name,
  label: property.label,
  type: property.type,
  options: options && [...options],
  portals: property.portals,
});

export const readProperties = ({ tx, account }: Reading): Promise<readonly ContactProperty[]> =>
  tx.query<ContactProperty>(list, [account]);

export const listContactProperties = async (reading: Reading) => ({
  items: (await readProperties(reading)).map(toWire),
});

async function readProperty({ tx, account }: Reading, id: string): Promise<ContactProperty> {
  const [property] = await tx.query<ContactProperty>(find, [account, id]);
  if (!property) throw new ApiError('not-found');
  return property;
}

/** @throws ApiError `conflict` for a name that is defined, `invalid` for one that a table of people has for something else */
export async function createContactProperty(
  writing: AdminWriting,
  { name, label, type, options = null }: NewContactPropertyWire,
): Promise<ContactPropertyWire> {
  const { tx, account, newId } = writing;
  if (reservedColumns.includes(name.toLowerCase())) throw refuse('name', 'reserved');
  refuseRepeated(options);
  await tx.query(lockContactProperties, [account]);
  if ((await readProperties(writing)).length >= most) throw refuse('name', 'too-many');
  const id = newId();
  const [made] = await tx.query(insert, [account, id, name, label, type, options]);
  if (!made) throw taken('name');
  await record(writing, { event: 'property-created', change: { name: { before: null, after: name } } });
  return toWire(await readProperty(writing, id));
}

/** @throws ApiError `not-found`, `invalid` for options of what is no choice */
export async function updateContactProperty(
  writing: AdminWriting,
  id: string,
  change: { readonly label?: string | undefined; readonly options?: readonly string[] | undefined },
): Promise<ContactPropertyWire> {
  const { tx, account } = writing;
  await tx.query(lockContactProperties, [account]);
  const before = await readProperty(writing, id);
  if (change.options && before.type !== 'choice') throw refuse('options');
  refuseRepeated(change.options ?? null);
  const { label, options } = { ...before, ...given(change) };
  await tx.query(update, [account, id, label, options]);
  const changed = changeOf({ label: before.label, options: before.options }, { label, options });
  if (Object.keys(changed).length > 0) {
    const name = { before: before.name, after: before.name };
    await record(writing, { event: 'property-changed', change: { name, ...changed } });
  }
  return toWire({ ...before, label, options });
}

/** @throws ApiError `not-found`, `conflict` while a portal's permission asks for it */
export async function deleteContactProperty(writing: AdminWriting, id: string): Promise<void> {
  const { tx, account } = writing;
  await tx.query(lockContactProperties, [account]);
  const { name, portals } = await readProperty(writing, id);
  if (portals.length > 0) throw new ApiError('conflict', { fields: [{ path: 'portals', code: 'in-use' }] });
  await tx.query(remove, [account, id]);
  await record(writing, { event: 'property-deleted', change: { name: { before: name, after: null } } });
}

/**
 * What is wrong with a contact's properties. What was there before stays: it may be older than its definition, and nobody
 * who changes something else has to mend it first.
 */
export const faultsOf = (
  defined: readonly Pick<ContactProperty, 'name' | 'type' | 'options'>[],
  before: Properties,
  after: Properties,
): FieldError[] =>
  defined.flatMap(({ name, type, options }) => {
    const value = Object.hasOwn(after, name) ? after[name] : undefined;
    if (value === undefined || (Object.hasOwn(before, name) && before[name] === value)) return [];
    const code = faultOf({ name, type, options: options?.map((option) => ({ value: option })) ?? null }, value);
    return code ? [{ path: `properties.${name}`, code }] : [];
  });

function refuseRepeated(options: readonly string[] | null): void {
  const at = options?.findIndex((option, place) => options.indexOf(option) < place) ?? -1;
  if (at >= 0) throw refuse(`options.${at}`, 'repeated');
}
