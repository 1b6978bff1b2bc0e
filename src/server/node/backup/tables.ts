import type { Statement } from '../../database.js';

/** A table as the catalogue has it. */
export interface Table {
  readonly name: string;
  /** Without generated ones: they follow from the others. */
  readonly columns: readonly string[];
  /** Their types, in the same order. */
  readonly types: readonly string[];
  readonly key: readonly string[];
  /** The column that counts by itself. */
  readonly identity: string | null;
  /** Tables that it refers to. */
  readonly parents: readonly string[];
}

export const listTables: Statement = {
  name: 'backup.tables',
  text: `SELECT c.relname::text AS name,
      array_agg(a.attname::text ORDER BY a.attnum) AS columns,
      array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types,
      max(a.attname::text) FILTER (WHERE a.attidentity <> '') AS identity,
      ARRAY(SELECT k.attname::text FROM pg_index i
        JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary
        ORDER BY array_position(i.indkey::int2[], k.attnum)) AS key,
      ARRAY(SELECT DISTINCT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND p.oid <> c.oid) AS parents
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.oid ORDER BY name`,
};

/** Each table after those that it refers to. */
export function parentsFirst(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  let left = tables;
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const next = left.filter(({ parents }) => !parents.some((parent) => names.has(parent)));
    if (next.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...names].join(', ')}`);
    ordered.push(...next);
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const list = (names: readonly string[]): string => names.map(quoted).join(', ');
