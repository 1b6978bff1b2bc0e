/** One guard taken out of the source. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** Is in the file exactly once, or the list has rotted. */
  readonly find: string;
  readonly replace: string;
  /** Test files that guard it; else those of the matrix. */
  readonly tests?: readonly string[];
  /** Which second wall holds without it, in words: the tests then stay green, and have to. */
  readonly held?: string;
}

const matrix = 'test/server/matrix.node.test.ts';
const wall = 'test/server/matrix-database.node.test.ts';
export const matrixTests: readonly string[] = [wall, matrix];

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
  mutations.map((mutation) => ({ ...more, ...mutation }));
