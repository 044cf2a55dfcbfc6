import type { Grounding } from '../../contract/grounding.ts';
import type { EmbeddingModelFile, LocalEmbeddings } from '../../models/engine/local-embeddings.ts';
import type { Log } from '../ports.ts';
import { nearestByMeaning } from './by-meaning.ts';
import type { GroundedLanguage, GroundingIndex } from './ground.ts';
import { VectorCache } from './vector-cache.ts';

export interface SentenceMeaningsOptions {
  /** The installed embedding model; null when there is none. */
  readonly findModel: () => EmbeddingModelFile | null | Promise<EmbeddingModelFile | null>;
  readonly embeddings: Pick<LocalEmbeddings, 'embed'>;
  readonly log: Log;
}

/** Beyond this the passages stay those that words tell. */
const limitMs = 20_000;

/** Chooses nearest passages by what they mean, where a model for that is installed. Never fails: words are always there. */
export class SentenceMeanings {
  readonly #options: SentenceMeaningsOptions;
  readonly #cache = new VectorCache();

  constructor(options: SentenceMeaningsOptions) {
    this.#options = options;
  }

  /** With `now` false only says whether it could be looked up by meaning too. */
  async ground(
    index: GroundingIndex,
    answer: string,
    language: GroundedLanguage,
    now: boolean,
  ): Promise<Extract<Grounding, { status: 'looked-up' }>> {
    const byWords = await index.lookUp(answer);
    const model = await this.#options.findModel();
    const words = { status: 'looked-up', sentences: byWords, meaning: 'none' } as const;
    if (model === null || !knows(model, language) || (await index.open(answer)).length === 0) return words;
    if (!now) return { ...words, meaning: 'pending' };
    const signal = AbortSignal.timeout(limitMs);
    const embed = this.#cache.through(model.id, (texts) =>
      // One form of each character: full-width signs are the same to a reader.
      this.#options.embeddings.embed(
        model,
        texts.map((text) => text.normalize('NFKC')),
        signal,
      ),
    );
    try {
      const sentences = await nearestByMeaning(index, answer, language, embed);
      return sentences === null ? { ...words, meaning: 'unfit' } : { ...words, sentences, meaning: 'used' };
    } catch (error) {
      this.#options.log.write('meaning-not-compared', { detail: error instanceof Error ? error.message : 'unknown' });
      return { ...words, meaning: 'failed' };
    }
  }
}

function knows({ languages }: EmbeddingModelFile, language: GroundedLanguage): boolean {
  return languages.length === 0 || languages.some((one) => language.startsWith(one));
}
