import { type Place, placeOf, type TextPositions } from '../../contract/document.ts';
import {
  type AnswerRange,
  type GroundedSentence,
  type GroundingLabel,
  groundedSentenceLimit,
  sourceCharacters,
} from '../../contract/grounding.ts';
import { Turn } from '../breathe.ts';
import { datesIn, type FoundDate, monthName, monthsIn } from './dates.ts';
import { clausesOf, denies } from './denials.ts';
import { numbersIn } from './numbers.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { labelLength, namesIn, stem, termsOf } from './terms.ts';

export interface GroundedText {
  readonly text: string;
  readonly positions: TextPositions | null;
}

/** A sentence of an answer that words alone do not settle, and where the text may say it in other words. */
export interface OpenSentence {
  /** Its place in what `ground` gives. */
  readonly index: number;
  readonly numbers: ReadonlySet<string>;
  /** Places of source sentences, the best by their words first; all of a short text. */
  readonly candidates: readonly number[];
}

/** Where a sentence of a text stands. What it says is read again when needed: kept for all, it would fill the memory. */
interface Span {
  readonly source: GroundedText;
  readonly start: number;
  readonly end: number;
}

interface SourceSentence extends Span {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly months: ReadonlySet<number>;
}

/** Share of a sentence's terms, by weight, that the text has to have in one place. Tuned by hand on a few summaries. */
const supportedFrom = 0.55;
const weakFrom = 0.3;
/** Source sentences that are looked at closely for each sentence. */
const candidates = 8;

/** A text of so many sentences is compared by meaning as a whole; of a longer one so many sentences, the best by words. */
const shortText = 40;
const comparedByMeaning = 12;

export type GroundedLanguage = 'en' | 'zh-CN';

/** Links sentences of answers to the sentences of the texts they are about. Made once for its texts. */
export class GroundingIndex {
  readonly #language: 'en' | 'zh-CN';
  readonly #spans: Span[] = [];
  /** Places of the sentences that have a term, in their order. */
  readonly #places = new Map<string, number[]>();
  readonly #numbers = new Set<string>();
  readonly #months = new Set<number>();
  /** Months with the numbers beside them, such as `5-14`. */
  readonly #days = new Set<string>();
  readonly #texts: readonly string[];

  private constructor(texts: readonly GroundedText[], language: 'en' | 'zh-CN') {
    this.#language = language;
    this.#texts = texts.map(({ text }) => text);
  }

  /** Long texts take seconds: others get their turn meanwhile. */
  static async of(texts: readonly GroundedText[], language: 'en' | 'zh-CN'): Promise<GroundingIndex> {
    const index = new GroundingIndex(texts, language);
    const turn = new Turn();
    for (const source of texts) {
      for (const { start, end } of sentencesOf(source.text, language)) {
        index.#add({ source, start, end });
        if (turn.isOver) await turn.pass();
      }
    }
    return index;
  }

  async ground(answer: string): Promise<readonly GroundedSentence[]> {
    return (await this.#judge(answer)).map(({ grounded }) => grounded);
  }

  /**
   * Sentences of an answer that could be said in other words: not found or found in part, without a number, date or name
   * that stands nowhere, and without a denial that speaks against them.
   */
  async open(answer: string): Promise<readonly OpenSentence[]> {
    return (await this.#judge(answer)).flatMap(({ grounded, isDenied, terms, numbers }, index) => {
      if (grounded.label === 'supported' || grounded.unknown.length > 0 || isDenied) return [];
      return [{ index, numbers, candidates: this.#candidates(terms) }];
    });
  }

  /** A sentence of the text, by its place. */
  sourceAt(place: number): {
    readonly text: string;
    readonly numbers: ReadonlySet<string>;
    readonly place: Place | null;
  } {
    const span = this.#spans[place];
    if (span === undefined) throw new RangeError(`no sentence ${place}`);
    const { text, numbers } = read(span);
    return { text, numbers, place: placeIn(span) };
  }

  async #judge(answer: string): Promise<readonly Judged[]> {
    const judged: Judged[] = [];
    const turn = new Turn();
    for (const sentence of this.#sentencesOf(answer)) {
      judged.push(this.#groundOne(sentence));
      if (turn.isOver) await turn.pass();
    }
    return judged;
  }

  /** Without lines that are no more than a label. */
  #sentencesOf(answer: string): readonly Sentence[] {
    return [...sentencesOf(answer, this.#language)]
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text.slice(labelLength(text))))
      .slice(0, groundedSentenceLimit);
  }

  #candidates(terms: ReadonlySet<string>): readonly number[] {
    if (this.#spans.length <= shortText) return this.#spans.map((_, place) => place);
    return this.#byWords(new Map([...terms].map((term) => [term, this.#weight(term)])), comparedByMeaning);
  }

  /** Places of source sentences that share a word, the most weight first. */
  #byWords(weights: ReadonlyMap<string, number>, most: number): readonly number[] {
    const scores = new Float64Array(this.#spans.length);
    for (const [term, weight] of weights)
      for (const place of this.#places.get(term) ?? []) scores[place] = (scores[place] ?? 0) + weight;
    const best: { readonly place: number; readonly score: number }[] = [];
    for (const [place, score] of scores.entries()) {
      if (score <= (best.length < most ? 0 : (best.at(-1)?.score ?? 0))) continue;
      const at = best.findIndex((other) => other.score < score);
      best.splice(at < 0 ? best.length : at, 0, { place, score });
      if (best.length > most) best.pop();
    }
    return best.map(({ place }) => place);
  }

  #add(span: Span): void {
    const { terms, numbers, months } = read(span);
    const place = this.#spans.push(span) - 1;
    for (const value of numbers) this.#numbers.add(value);
    for (const month of months) {
      this.#months.add(month);
      for (const value of numbers) if (Number(value) <= 31) this.#days.add(`${month}-${value}`);
    }
    for (const term of terms) {
      const places = this.#places.get(term);
      if (places === undefined) this.#places.set(term, [place]);
      else places.push(place);
    }
  }

  #groundOne(sentence: Sentence): Judged {
    const dates = datesIn(sentence.text);
    const numbers = this.#numbersOf(sentence.text, dates);
    const values = new Set(numbers.flatMap((number) => number.values));
    const terms = new Set([...termsOf(sentence.text), ...[...values].map(numberTerm)]);
    const unknown = [
      ...numbers.filter(({ isKnown }) => !isKnown),
      ...this.#unknownDates(dates),
      ...this.#unknownNames(sentence.text),
    ].map(({ start, end }) => ({ start: sentence.start + start, end: sentence.start + end }));
    const best = this.#best(terms, values);
    const [first] = best.sentences;
    const isDenied = first !== undefined && clausesOf(sentence.text).some((clause) => denies(clause, first.text));
    const grounded = {
      text: sentence.text,
      start: sentence.start,
      end: sentence.end,
      label: labelOf(best, unknown, isDenied),
      unknown,
      sources: best.sentences.map((source) => ({
        text: source.text.slice(0, sourceCharacters).toWellFormed(),
        place: placeIn(source),
      })),
    };
    return { grounded, isDenied, terms, numbers: values };
  }

  /** Each number in the way to read it that the text knows, if there is one. A month in digits may stand there by its name. */
  #numbersOf(text: string, dates: readonly FoundDate[]): readonly ReadNumber[] {
    return numbersIn(text).map(({ value, parts, start, end }) => {
      const around = dates.filter((date) => date.start <= start && end <= date.end);
      const months = new Set(around.filter((date) => this.#hasDay(date)).map(({ month }) => String(month)));
      const isThere = (one: string) => this.#numbers.has(one) || months.has(one);
      // The parts of a version or an address say nothing: they stand in many texts.
      const isWhole = value.split('.').length > 2 && around.length === 0;
      const known = [[value], isWhole ? [] : parts].find((values) => values.length > 0 && values.every(isThere));
      const values = known === undefined ? [value] : known.filter((one) => this.#numbers.has(one));
      return { values, isKnown: known !== undefined, start, end };
    });
  }

  #hasDay({ month, day }: FoundDate): boolean {
    return this.#days.has(`${month}-${day}`);
  }

  /** A day and a month that both stand in the text, and never together: 14 May, of 4 May and fourteen kilometres. */
  #unknownDates(dates: readonly FoundDate[]): readonly AnswerRange[] {
    const known = new Set(dates.filter((date) => this.#hasDay(date)).map(({ start }) => start));
    return dates.filter(({ day, start }) => this.#numbers.has(String(day)) && !known.has(start));
  }

  #unknownNames(text: string): readonly AnswerRange[] {
    return namesIn(text)
      .filter((name) =>
        /\p{Script=Han}/u.test(name.text)
          ? !this.#texts.some((known) => known.includes(name.text))
          : !this.#places.has(stem(name.text.toLowerCase().replace(/['’]s$/, ''))) &&
            ![...monthsIn(name.text)].some((month) => this.#months.has(month)),
      )
      .map(({ text: name, start }) => ({ start, end: start + name.length }));
  }

  /** The one or two source sentences that have most of the terms, and the share they have. */
  #best(terms: ReadonlySet<string>, numbers: ReadonlySet<string>): Best {
    const weights = new Map([...terms].map((term) => [term, this.#weight(term)]));
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return { share: numbers.size === 0 ? 1 : 0, numbersThere: numbers.size === 0, sentences: [] };
    const words = new Set([...terms].filter((term) => !term.startsWith('#')));
    const closest = this.#byWords(weights, candidates).flatMap((place) => {
      const span = this.#spans[place];
      return span === undefined ? [] : [read(span)];
    });
    let best: Best = { share: 0, numbersThere: false, sentences: [] };
    for (const one of closest) {
      for (const other of [null, ...closest]) {
        const chosen = [one, ...(other === null || other === one ? [] : [other])];
        const has = (term: string) => chosen.some((sentence) => sentence.terms.has(term));
        const covered = [...weights].reduce((sum, [term, weight]) => sum + (has(term) ? weight : 0), 0);
        const shares = (sentence: SourceSentence) => [...sentence.terms].filter((term) => words.has(term)).length > 1;
        const near = chosen.filter((sentence, index) => index === 0 || shares(sentence));
        const numbersThere = [...numbers].every((value) => near.some((sentence) => sentence.numbers.has(value)));
        // A second sentence has to bring enough to be worth naming.
        const share = covered / total - (chosen.length > 1 ? 0.1 : 0) - (numbersThere ? 0 : 0.15);
        if (share > best.share) best = { share, numbersThere, sentences: chosen };
      }
    }
    return best;
  }

  #weight(term: string): number {
    const count = this.#places.get(term)?.length ?? 0;
    return Math.log(1 + this.#spans.length / (1 + count)) + 0.2;
  }
}

function labelOf(best: Best, unknown: readonly AnswerRange[], isDenied: boolean): GroundingLabel {
  if (unknown.length > 0 || best.share < weakFrom) return 'not-found';
  if (best.share < supportedFrom) return 'weak';
  if (isDenied) return 'not-found';
  return best.numbersThere ? 'supported' : 'weak';
}

interface Judged {
  readonly grounded: GroundedSentence;
  /** The closest sentence says the opposite. */
  readonly isDenied: boolean;
  readonly terms: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/** A number of an answer. */
interface ReadNumber extends AnswerRange {
  readonly values: readonly string[];
  /** Whether the text has it anywhere. */
  readonly isKnown: boolean;
}

interface Best {
  readonly share: number;
  /** Whether all numbers stand in these very sentences. */
  readonly numbersThere: boolean;
  readonly sentences: readonly SourceSentence[];
}

/** A number among the words, so that the same one in another script is the same term. */
function numberTerm(value: string): string {
  return `#${value}`;
}

function read(span: Span): SourceSentence {
  const text = span.source.text.slice(span.start, span.end);
  // Version 3.11 is what a text with 3.11.4 has, too.
  const valuesOf = (value: string) => [value, String(Number.parseFloat(value))];
  const numbers = new Set(numbersIn(text).flatMap(({ value, parts }) => [...valuesOf(value), ...parts]));
  const months = monthsIn(text);
  const names = [...months].map((month) => stem(monthName(month)));
  return {
    ...span,
    text,
    numbers,
    months,
    terms: new Set([...termsOf(text), ...[...numbers].map(numberTerm), ...names]),
  };
}

function placeIn({ source, start, end }: Span): Place | null {
  return source.positions === null ? null : placeOf(source.positions, source.text, start, end);
}
