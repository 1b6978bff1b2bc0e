/** One guard taken out of the source. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** Is in the file exactly once, or the list has rotted. */
  readonly find: string;
  readonly replace: string;
  /** What guards it, as vitest takes it; else the whole matrix. */
  readonly tests?: readonly string[];
  /** Which second wall holds without it, in words: the tests then stay green, and have to. */
  readonly held?: string;
}

const matrix = 'test/server/matrix.node.test.ts';
const wall = ['test/server/matrix-database.node.test.ts', 'test/server/matrix-database-writes.node.test.ts'];
/** Everything: what has to be green with a guard that a second wall holds. */
export const matrixTests: readonly string[] = [...wall, matrix];
/** The viewers at every route, both walls up. */
export const routeTests: readonly string[] = [matrix, '--testNamePattern=every mounted|both walls'];
/** The same with row level security switched off: the first wall alone. */
export const policyTests: readonly string[] = [matrix, '--testNamePattern=every mounted|policy alone'];
/** What the database shows to whoever asks it: the second wall alone. */
export const wallTests: readonly string[] = wall;

/** `find` without some of its text. */
export const without = (
  file: string,
  name: string,
  find: string,
  gone: string,
  more: Partial<Mutation> = {},
): Mutation => ({
  name,
  file,
  find,
  replace: find.replace(gone, () => ''),
  ...more,
});

/** The same mutations, each with what they share. */
export const all = (mutations: readonly Mutation[], more: Partial<Mutation>): Mutation[] =>
  mutations.map((mutation) => (mutation.held ? mutation : { ...more, ...mutation }));
