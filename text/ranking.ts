/** The usual constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). */
const k1 = 1.2;
const b = 0.75;

/** Ranks texts by how well they fit the terms that are wanted (BM25). Texts are taken one by one, so that others get their turn. */
export class Ranking {
  readonly #wanted: ReadonlySet<string>;
  readonly #texts: { readonly counts: ReadonlyMap<string, number>; readonly length: number }[] = [];
  /** How many texts have a term. */
  readonly #having = new Map<string, number>();

  constructor(wanted: Iterable<string>) {
    this.#wanted = new Set(wanted);
  }

  /** Takes the terms of the next text, as often as they are there. */
  add(terms: readonly string[]): void {
    const counts = new Map<string, number>();
    for (const term of terms) if (this.#wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const term of counts.keys()) this.#having.set(term, (this.#having.get(term) ?? 0) + 1);
    this.#texts.push({ counts, length: terms.length });
  }

  /** A score for each text in the order they came; 0 for one without any term that is wanted. */
  scores(): readonly number[] {
    const average = this.#texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, this.#texts.length);
    return this.#texts.map(({ counts, length }) => {
      const weight = 1 - b + (b * length) / Math.max(1, average);
      let sum = 0;
      for (const [term, count] of counts) sum += (this.#rarity(term) * count * (k1 + 1)) / (count + k1 * weight);
      return sum;
    });
  }

  #rarity(term: string): number {
    const having = this.#having.get(term) ?? 0;
    return Math.log(1 + (this.#texts.length - having + 0.5) / (having + 0.5));
  }
}
