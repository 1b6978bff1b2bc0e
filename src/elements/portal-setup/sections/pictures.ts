import { readImage } from '../../../brand/image.js';

/** Pictures that are kept as `data:`, by addresses that the policy of our pages lets an `<img>` have. */
export class Pictures {
  readonly #made = new Map<string, string>();

  /** `undefined` for what is no picture. */
  addressOf(data: string | undefined): string | undefined {
    const image = data ? readImage(data) : null;
    if (!data || !image) return undefined;
    const made = this.#made.get(data) ?? URL.createObjectURL(new Blob([image.bytes], { type: image.type }));
    this.#made.set(data, made);
    return made;
  }

  /** Nobody sees them any more. */
  release(): void {
    for (const address of this.#made.values()) URL.revokeObjectURL(address);
    this.#made.clear();
  }
}
