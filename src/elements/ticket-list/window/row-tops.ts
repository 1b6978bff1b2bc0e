/** The height of a row before any was measured, in px. */
const guess = 60;

/**
 * Where each row of a long list begins, in px from the beginning of the list: by heights that were measured, and for rows
 * that nobody has seen yet by the mean of those.
 */
export class RowTops {
  readonly #heights = new Map<string, number>();
  #sum = 0;
  #ids: readonly string[] = [];
  #places = new Map<string, number>();
  #tops = new Float64Array(1);

  /** Notes the height of a row. True when it was another before. */
  measure(id: string, height: number): boolean {
    const before = this.#heights.get(id);
    // Less than half a pixel is how browsers round.
    if (before !== undefined && Math.abs(before - height) < 0.5) return false;
    this.#sum += height - (before ?? 0);
    this.#heights.set(id, height);
    return true;
  }

  /** Nothing is of that height any more: the list has another width. */
  forget(): void {
    this.#heights.clear();
    this.#sum = 0;
  }

  /** Lays out the rows of a list, or the same ones anew. */
  layOut(ids: readonly string[] = this.#ids): void {
    if (ids !== this.#ids) this.#places = new Map(ids.map((id, place) => [id, place]));
    this.#ids = ids;
    const mean = this.#heights.size ? this.#sum / this.#heights.size : guess;
    this.#tops = new Float64Array(ids.length + 1);
    for (const [place, id] of ids.entries())
      this.#tops[place + 1] = this.topOf(place) + (this.#heights.get(id) ?? mean);
  }

  /** Where a row begins; the place after the last row is where the list ends. */
  topOf(place: number): number {
    return this.#tops[place] ?? 0;
  }

  idOf(place: number): string | undefined {
    return this.#ids[place];
  }

  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** The row that is `at` px from the beginning: the first or the last one where that is outside. */
  placeAt(at: number): number {
    let [low, high] = [0, Math.max(0, this.#ids.length - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
