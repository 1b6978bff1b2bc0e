/** The target answered otherwise than the reference. */
export class Difference extends Error {
  override readonly name = 'Difference';

  constructor(what: string, expected: unknown, actual: unknown) {
    super(`${what}\n  reference ${JSON.stringify(expected)}\n  target    ${JSON.stringify(actual)}`);
  }
}
