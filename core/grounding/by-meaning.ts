import type { LookedUpSentence } from '../../contract/grounding.ts';
import { clausesOf } from '../../text/clauses.ts';
import { type Calibration, calibrate, calibrationPairs } from './calibration.ts';
import type { GroundedLanguage, GroundingIndex } from './ground.ts';
import { blend, centred, cosine, meanOf } from './vectors.ts';

/** Vectors of length 1, one a text, in their order. Rejects when the model cannot be used. */
export type Embed = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * How alike in meaning two sentences have to be for one to be the nearest, where 0 is what unrelated ones are for the model
 * and 1 what its calibration pairs are. Chosen on the half of the labelled sentences that is not held out.
 */
const nearFrom = 0.95;

interface Piece {
  /** The source sentence that it is a part of, or the whole of. */
  readonly place: number;
  readonly text: string;
}

/**
 * Looks at the open sentences of an answer once more, by meaning: where the text says something much alike in other words,
 * that is the nearest passage. What stands nowhere is for words alone to tell. Null when the model does not tell sentences
 * of this language apart.
 */
export async function nearestByMeaning(
  index: GroundingIndex,
  answer: string,
  language: GroundedLanguage,
  embed: Embed,
): Promise<readonly LookedUpSentence[] | null> {
  const sentences = await index.lookUp(answer);
  const open = await index.open(answer);
  if (open.length === 0) return sentences;
  const calibration = calibrate(await embed(calibrationPairs[language].flat()));
  if (!calibration.isFit) return null;
  const places = new Set(open.flatMap(({ candidates }) => candidates));
  const pieces = [...places].flatMap((place) => clausesOf(index.sourceAt(place).text).map((text) => ({ place, text })));
  const asked = open.map((one) => sentences[one.index]?.text ?? '');
  const vectors = await embed([...asked, ...pieces.map(({ text }) => text)]);
  const meanings = new Meanings(pieces, vectors.slice(asked.length), calibration);
  return sentences.map((sentence, at) => {
    const which = open.findIndex((one) => one.index === at);
    const [one, vector] = [open[which], vectors[which]];
    if (one === undefined || vector === undefined) return sentence;
    const best = meanings.closest(vector, new Set(one.candidates));
    return best === null || best.likeness < nearFrom
      ? sentence
      : { ...sentence, nearest: index.sourceAt(best.piece.place) };
  });
}

/** The pieces of a text by their meaning. */
class Meanings {
  readonly #pieces: readonly { readonly piece: Piece; readonly vector: Float32Array }[];
  readonly #centre: Float32Array;
  readonly #calibration: Calibration;

  constructor(pieces: readonly Piece[], vectors: readonly Float32Array[], calibration: Calibration) {
    // What all sentences of this text share, its matter above all, says nothing of which one is meant.
    this.#centre = blend(calibration.centre, meanOf(vectors));
    this.#pieces = pieces.flatMap((piece, at) => {
      const vector = vectors[at];
      return vector === undefined ? [] : [{ piece, vector: centred(vector, this.#centre) }];
    });
    this.#calibration = calibration;
  }

  /** Among the pieces of some source sentences the one most alike; null when there is none. */
  closest(
    vector: Float32Array,
    places: ReadonlySet<number>,
  ): { readonly piece: Piece; readonly likeness: number } | null {
    const { same, unrelated } = this.#calibration;
    const moved = centred(vector, this.#centre);
    let best: { readonly piece: Piece; readonly likeness: number } | null = null;
    for (const { piece, vector: other } of this.#pieces) {
      if (!places.has(piece.place)) continue;
      const likeness = (cosine(moved, other) - unrelated) / (same - unrelated);
      if (best === null || likeness > best.likeness) best = { piece, likeness };
    }
    return best;
  }
}
