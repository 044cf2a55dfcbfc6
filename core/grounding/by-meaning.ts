import { type GroundedSentence, type GroundingLabel, sourceCharacters } from '../../contract/grounding.ts';
import { type Calibration, calibrate, calibrationPairs } from './calibration.ts';
import { piecesOf } from './denials.ts';
import type { GroundedLanguage, GroundingIndex, OpenSentence } from './ground.ts';
import { saysOpposite } from './opposites.ts';
import { negationsIn } from './terms.ts';
import { blend, centred, cosine, meanOf } from './vectors.ts';

/** Vectors of length 1, one a text, in their order. Rejects when the model cannot be used. */
export type Embed = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * How alike in meaning two sentences have to be, where 0 is what unrelated ones are for the model and 1 what its calibration
 * pairs are. Chosen on the half of the labelled sentences that is not held out.
 */
const supportedFrom = 1.3;
const weakFrom = 0.95;

interface Piece {
  /** The source sentence that it is a part of, or the whole of. */
  readonly place: number;
  readonly text: string;
}

/**
 * Looks at the open sentences of an answer once more, by meaning: one that the text says in other words becomes found, or
 * found in part. Nothing becomes worse than words alone make it, and what words mark stays marked. Null when the model does
 * not tell sentences of this language apart.
 */
export async function groundByMeaning(
  index: GroundingIndex,
  answer: string,
  language: GroundedLanguage,
  embed: Embed,
): Promise<readonly GroundedSentence[] | null> {
  const sentences = await index.ground(answer);
  const open = await index.open(answer);
  if (open.length === 0) return sentences;
  const calibration = calibrate(await embed(calibrationPairs[language].flat()));
  if (!calibration.isFit) return null;
  const places = new Set(open.flatMap(({ candidates }) => candidates));
  const pieces = [...places].flatMap((place) => piecesOf(index.sourceAt(place).text).map((text) => ({ place, text })));
  const asked = open.map((one) => sentences[one.index]?.text ?? '');
  const vectors = await embed([...asked, ...pieces.map(({ text }) => text)]);
  const found = new Meanings(pieces, vectors.slice(asked.length), calibration);
  return sentences.map((sentence, at) => {
    const which = open.findIndex((one) => one.index === at);
    const [one, vector] = [open[which], vectors[which]];
    return one === undefined || vector === undefined ? sentence : lift(sentence, one, found, vector, index);
  });
}

/** The sentence with a better label and the source that gives it, or as it is. */
function lift(
  sentence: GroundedSentence,
  { numbers, candidates }: OpenSentence,
  meanings: Meanings,
  vector: Float32Array,
  index: GroundingIndex,
): GroundedSentence {
  const best = meanings.closest(vector, new Set(candidates));
  // Whether it rains is much the same to a model as whether it does not.
  if (best === null || negationsIn(best.piece.text) !== negationsIn(sentence.text)) return sentence;
  if (saysOpposite(sentence.text, best.piece.text)) return sentence;
  const source = index.sourceAt(best.piece.place);
  const hasNumbers = [...numbers].every((value) => source.numbers.has(value));
  const label: GroundingLabel =
    best.likeness >= supportedFrom && hasNumbers ? 'supported' : best.likeness >= weakFrom ? 'weak' : sentence.label;
  if (label === sentence.label) return sentence;
  const named = { text: source.text.slice(0, sourceCharacters).toWellFormed(), place: source.place };
  const others = sentence.sources.filter(({ text }) => text !== named.text);
  return { ...sentence, label, sources: [named, ...others].slice(0, 2) };
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
