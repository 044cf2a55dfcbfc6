import type { Place } from './document.ts';

/**
 * How well a sentence of an answer is backed by the text it is about. `supported`: the text says it in other or the same
 * words. `weak`: part of it is there. `not-found`: the text does not say it, or says otherwise.
 */
export type GroundingLabel = 'supported' | 'weak' | 'not-found';

/** A piece of an answer, [start, end) in UTF-16 units of the answer's text. */
export interface AnswerRange {
  readonly start: number;
  readonly end: number;
}

export interface GroundedSentence extends AnswerRange {
  readonly text: string;
  readonly label: GroundingLabel;
  /** Numbers and names in it that stand nowhere in the text. */
  readonly unknown: readonly AnswerRange[];
  /** Sentences of the text that say it, the best first; at most two. */
  readonly sources: readonly {
    /** At most `sourceCharacters` of it. */
    readonly text: string;
    /** Its page or line, where the text has any. */
    readonly place: Place | null;
  }[];
}

/**
 * Whether sentences were compared by what they mean, too. `none`: no model for that is installed, or words settle all.
 * `pending`: they can be, when asked for. `used`: they were. `unfit`: the installed model does not know the language well
 * enough. `failed`: it could not be used this time. In all but `used` words alone decided.
 */
export type GroundingMeaning = 'none' | 'pending' | 'used' | 'unfit' | 'failed';

/** `other-language`: words cannot be compared across languages. `nothing`: no text went along, or it was to be changed. */
export type Grounding =
  | {
      readonly status: 'grounded';
      readonly sentences: readonly GroundedSentence[];
      readonly meaning: GroundingMeaning;
    }
  | { readonly status: 'other-language' }
  | { readonly status: 'nothing' };

export const sourceCharacters = 400;
/** Sentences of an answer that are looked at. */
export const groundedSentenceLimit = 200;
