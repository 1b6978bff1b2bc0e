import { readImage } from '../../../brand/image.js';

/** What an `<img>` needs: with its size, it moves nothing when it comes. */
export interface Shown {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

/** Pictures that are kept as `data:`, by addresses that the policy of our pages lets an `<img>` have. */
export class Pictures {
  readonly #made = new Map<string, Shown>();

  /** `undefined` for what is no picture. */
  of(data: string | undefined): Shown | undefined {
    if (!data) return undefined;
    const made = this.#made.get(data);
    const image = made ? null : readImage(data);
    if (!image) return made;
    const { bytes, type, width, height } = image;
    const shown = { src: URL.createObjectURL(new Blob([bytes], { type })), width, height };
    this.#made.set(data, shown);
    return shown;
  }

  /** Nobody sees them any more. */
  release(): void {
    for (const { src } of this.#made.values()) URL.revokeObjectURL(src);
    this.#made.clear();
  }
}
