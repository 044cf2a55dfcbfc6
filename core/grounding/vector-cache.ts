import { createHash } from 'node:crypto';
import type { Embed } from './by-meaning.ts';

/** Some 12 MB of vectors with 768 numbers. */
const mostVectors = 4096;

/** Vectors that were made lately, by model and content, so that a text is read once. The oldest go first. */
export class VectorCache {
  readonly #vectors = new Map<string, Float32Array>();

  get size(): number {
    return this.#vectors.size;
  }

  /** Answers as `embed` does, and asks it only for what is not known yet. */
  through(modelId: string, embed: Embed): Embed {
    return async (texts) => {
      const keys = texts.map((text) => keyOf(modelId, text));
      const missing = new Map(
        texts.flatMap((text, index) => {
          const key = keys[index] ?? '';
          return this.#vectors.has(key) ? [] : [[key, text] as const];
        }),
      );
      const known = new Map(keys.flatMap((key) => this.#touch(key)));
      const made = missing.size === 0 ? [] : await embed([...missing.values()]);
      for (const [index, key] of [...missing.keys()].entries()) {
        const vector = made[index];
        if (vector === undefined) throw new Error('a text has no vector');
        known.set(key, vector);
        this.#keep(key, vector);
      }
      return keys.map((key) => known.get(key) ?? new Float32Array());
    };
  }

  #touch(key: string): readonly (readonly [string, Float32Array])[] {
    const vector = this.#vectors.get(key);
    if (vector === undefined) return [];
    this.#vectors.delete(key);
    this.#vectors.set(key, vector);
    return [[key, vector]];
  }

  #keep(key: string, vector: Float32Array): void {
    this.#vectors.set(key, vector);
    for (const oldest of this.#vectors.keys()) {
      if (this.#vectors.size <= mostVectors) return;
      this.#vectors.delete(oldest);
    }
  }
}

function keyOf(modelId: string, text: string): string {
  return createHash('sha256').update(`${modelId}\n${text}`).digest('base64');
}
