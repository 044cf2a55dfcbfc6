import { locatorOf, type TextPositions } from '../../contract/document.ts';
import { groundedSentenceLimit, type LookedUpSentence, sourceCharacters } from '../../contract/grounding.ts';
import type { Locator } from '../../contract/locator.ts';
import { type Sentence, sentencesOf } from '../../text/sentences.ts';
import { stem, tellingTermsOf } from '../../text/terms.ts';
import { Turn } from '../breathe.ts';
import { monthName } from './dates.ts';
import { labelLength } from './names.ts';
import { type Figures, figuresIn, KnownWords } from './nowhere.ts';

export interface GroundedText {
  readonly text: string;
  readonly positions: TextPositions | null;
}

/** A sentence of an answer that no passage is near to by words, and the passages that may say it in other words. */
export interface OpenSentence {
  /** Its place in what `lookUp` gives. */
  readonly index: number;
  /** Places of source sentences, the best by their words first; all of a short text. */
  readonly candidates: readonly number[];
}

/** Where a sentence of a text stands. What it says is read again when needed: kept for all, it would fill the memory. */
interface Span {
  readonly source: GroundedText;
  /** Number of the source among the texts. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

interface Scored {
  readonly place: number;
  /** Share of the sentence's terms, by weight. */
  readonly share: number;
}

/** Share of its terms, by weight, from which on a passage is near by words alone; and below which it is not worth showing. */
const nearFrom = 0.55;
const shownFrom = 0.08;

/** A text of so many sentences is compared by meaning as a whole; of a longer one so many sentences, the best by words. */
const shortText = 40;
const comparedByMeaning = 12;

export type GroundedLanguage = 'en' | 'zh-CN';

/** Looks sentences of answers up in the texts they are about. Made once for its texts. */
export class GroundingIndex {
  readonly #language: GroundedLanguage;
  readonly #spans: Span[] = [];
  /** Places of the sentences that have a term, in their order. */
  readonly #places = new Map<string, number[]>();
  readonly #known: KnownWords;

  private constructor(texts: readonly GroundedText[], language: GroundedLanguage) {
    this.#language = language;
    this.#known = new KnownWords(texts.map(({ text }) => text));
  }

  /** Long texts take seconds: others get their turn meanwhile. */
  static async of(texts: readonly GroundedText[], language: GroundedLanguage): Promise<GroundingIndex> {
    const index = new GroundingIndex(texts, language);
    const turn = new Turn();
    for (const [number, source] of texts.entries()) {
      for (const { start, end } of sentencesOf(source.text, language)) {
        index.#add({ source, number, start, end });
        if (turn.isOver) await turn.pass();
      }
    }
    return index;
  }

  /** Each sentence with what of it stands nowhere in the text, and the nearest passage by words. */
  async lookUp(answer: string): Promise<readonly LookedUpSentence[]> {
    const all: LookedUpSentence[] = [];
    const turn = new Turn();
    for (const sentence of this.#sentencesOf(answer)) {
      const best = this.#byWords(sentence.text, 1)[0];
      const nowhere = this.#known.nowhereIn(sentence.text).map(({ kind, start, end }) => ({
        kind,
        start: sentence.start + start,
        end: sentence.start + end,
      }));
      const nearest = best === undefined || best.share < shownFrom ? null : this.sourceAt(best.place);
      all.push({ ...sentence, nowhere, nearest });
      if (turn.isOver) await turn.pass();
    }
    return all;
  }

  /** The sentences of an answer whose nearest passage meanings may tell better than words. */
  async open(answer: string): Promise<readonly OpenSentence[]> {
    const all: OpenSentence[] = [];
    const turn = new Turn();
    for (const [index, { text }] of this.#sentencesOf(answer).entries()) {
      const best = this.#byWords(text, comparedByMeaning);
      if ((best[0]?.share ?? 0) < nearFrom) all.push({ index, candidates: this.#candidates(best) });
      if (turn.isOver) await turn.pass();
    }
    return all;
  }

  /** A sentence of the text, by its place. */
  sourceAt(place: number): NonNullable<LookedUpSentence['nearest']> {
    const span = this.#spans[place];
    if (span === undefined) throw new RangeError(`no sentence ${place}`);
    const { number, start, end } = span;
    const text = textOf(span).slice(0, sourceCharacters).toWellFormed();
    return { text, locator: locatorIn(span), at: { text: number, start, end } };
  }

  /** Without lines that are no more than a label. */
  #sentencesOf(answer: string): readonly Sentence[] {
    return [...sentencesOf(answer, this.#language)]
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text.slice(labelLength(text))))
      .slice(0, groundedSentenceLimit);
  }

  #candidates(best: readonly Scored[]): readonly number[] {
    if (this.#spans.length <= shortText) return this.#spans.map((_, place) => place);
    return best.map(({ place }) => place);
  }

  /** Places of source sentences that share a word or a number, the most weight first. */
  #byWords(sentence: string, most: number): readonly Scored[] {
    const terms = new Set([...tellingTermsOf(sentence), ...numberTerms(figuresIn(sentence))]);
    const weights = new Map([...terms].map((term) => [term, this.#weight(term)]));
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const scores = new Float64Array(this.#spans.length);
    for (const [term, weight] of weights)
      for (const place of this.#places.get(term) ?? []) scores[place] = (scores[place] ?? 0) + weight;
    const best: Scored[] = [];
    for (const [place, score] of scores.entries()) {
      if (score === 0) continue;
      const share = score / total;
      if (best.length === most && !isBefore({ place, share }, best.at(-1))) continue;
      const at = best.findIndex((other) => isBefore({ place, share }, other));
      best.splice(at < 0 ? best.length : at, 0, { place, share });
      if (best.length > most) best.pop();
    }
    return best;
  }

  #add(span: Span): void {
    const text = textOf(span);
    const figures = figuresIn(text);
    this.#known.add(text, figures);
    const place = this.#spans.push(span) - 1;
    const months = [...figures.months].map((month) => stem(monthName(month)));
    for (const term of new Set([...tellingTermsOf(text), ...numberTerms(figures), ...months])) {
      const places = this.#places.get(term);
      if (places === undefined) this.#places.set(term, [place]);
      else places.push(place);
    }
  }

  #weight(term: string): number {
    const count = this.#places.get(term)?.length ?? 0;
    return Math.log(1 + this.#spans.length / (1 + count)) + 0.2;
  }
}

/** Says which of two passages that are as near comes first: the one that stands first. */
function isBefore(one: Scored, other: Scored | undefined): boolean {
  if (other === undefined) return true;
  return one.share > other.share || (one.share === other.share && one.place < other.place);
}

/** Numbers among the words, so that the same one in another script is the same term. */
function numberTerms({ numbers }: Figures): readonly string[] {
  return [...numbers].map((value) => `#${value}`);
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

function locatorIn({ source, start, end }: Span): Locator | null {
  return source.positions === null ? null : locatorOf(source.positions, source.text, start, end);
}
