/** Empties every table but the list of migrations, by SQL of a superuser. */
export async function emptyTables(asSuperuser: <Row>(sql: string) => Promise<Row[]>): Promise<void> {
  const tables = await asSuperuser<{ name: string }>(
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations'",
  );
  await asSuperuser(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
}
