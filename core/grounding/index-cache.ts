import { isDeepStrictEqual } from 'node:util';
import { type GroundedLanguage, type GroundedText, GroundingIndex } from './ground.ts';

/** Long enough for the answers of a chat that is opened, short enough not to keep the memory that a long text takes. */
const keptMs = 60_000;

interface Entry {
  readonly texts: readonly GroundedText[];
  readonly language: GroundedLanguage;
  readonly index: Promise<GroundingIndex>;
}

/** Keeps the last index for a minute: answers about one text are looked up one after the other, or all at once. */
export class IndexCache {
  #last: Entry | null = null;
  #timer: NodeJS.Timeout | undefined;

  of(texts: readonly GroundedText[], language: GroundedLanguage): Promise<GroundingIndex> {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#last = null;
    }, keptMs);
    this.#timer.unref();
    if (this.#last === null || this.#last.language !== language || !areSame(this.#last.texts, texts)) {
      // Only what an index is made of: an attachment may bring more along.
      const kept = texts.map(({ text, positions }) => ({ text, positions }));
      this.#last = { texts: kept, language, index: GroundingIndex.of(kept, language) };
    }
    return this.#last.index;
  }
}

function areSame(one: readonly GroundedText[], other: readonly GroundedText[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(
    ({ text, positions }, at) => text === other[at]?.text && isDeepStrictEqual(positions, other[at]?.positions),
  );
}
