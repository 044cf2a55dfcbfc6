import { type Place, placeOf, type TextPositions } from '../../contract/document.ts';
import {
  type AnswerRange,
  type GroundedSentence,
  type GroundingLabel,
  groundedSentenceLimit,
  sourceCharacters,
} from '../../contract/grounding.ts';
import { datesIn, monthsIn } from './dates.ts';
import { numbersIn } from './numbers.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { isNegated, namesIn, stem, termsOf } from './terms.ts';

export interface GroundedText {
  readonly text: string;
  readonly positions: TextPositions | null;
}

interface SourceSentence extends Sentence {
  readonly source: GroundedText;
  readonly terms: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly months: ReadonlySet<number>;
}

/** Share of a sentence's terms, by weight, that the text has to have in one place. Tuned by hand on a few summaries. */
const supportedFrom = 0.55;
const weakFrom = 0.3;
/** Source sentences that are looked at closely for each sentence. */
const candidates = 8;

/** Links sentences of answers to the sentences of the texts they are about. Built once for its texts. */
export class GroundingIndex {
  readonly #language: 'en' | 'zh-CN';
  readonly #sentences: SourceSentence[] = [];
  readonly #places = new Map<string, number[]>();
  readonly #numbers = new Set<string>();
  readonly #words = new Set<string>();
  readonly #texts: readonly string[];

  constructor(texts: readonly GroundedText[], language: 'en' | 'zh-CN') {
    this.#language = language;
    this.#texts = texts.map(({ text }) => text);
    for (const source of texts) {
      for (const sentence of sentencesOf(source.text, language)) this.#add(sentence, source);
    }
  }

  ground(answer: string): readonly GroundedSentence[] {
    return sentencesOf(answer, this.#language)
      .slice(0, groundedSentenceLimit)
      .map((sentence) => this.#groundOne(sentence));
  }

  #add(sentence: Sentence, source: GroundedText): void {
    const numbers = new Set(numbersIn(sentence.text).map(({ value }) => value));
    const terms = new Set([...termsOf(sentence.text), ...[...numbers].map(numberTerm)]);
    const place = this.#sentences.push({ ...sentence, source, terms, numbers, months: monthsIn(sentence.text) }) - 1;
    for (const value of numbers) this.#numbers.add(value);
    for (const term of terms) {
      this.#words.add(term);
      const places = this.#places.get(term);
      if (places === undefined) this.#places.set(term, [place]);
      else places.push(place);
    }
  }

  #groundOne(sentence: Sentence): GroundedSentence {
    const numbers = numbersIn(sentence.text);
    const terms = new Set([...termsOf(sentence.text), ...numbers.map(({ value }) => numberTerm(value))]);
    const unknown = [
      ...numbers.filter(({ value }) => !this.#numbers.has(value)).map(({ start, end }) => ({ start, end })),
      ...this.#unknownDates(sentence.text),
      ...this.#unknownNames(sentence.text),
    ].map(({ start, end }) => ({ start: sentence.start + start, end: sentence.start + end }));
    const best = this.#best(terms, new Set(numbers.map(({ value }) => value)));
    return {
      text: sentence.text,
      start: sentence.start,
      end: sentence.end,
      label: this.#judge(sentence.text, best, unknown),
      unknown,
      sources: best.sentences.map((source) => ({
        text: source.text.slice(0, sourceCharacters).toWellFormed(),
        place: placeIn(source),
      })),
    };
  }

  /** A day and a month that both stand in the text, and never together: 14 May, of 4 May and fourteen kilometres. */
  #unknownDates(text: string): readonly AnswerRange[] {
    return datesIn(text)
      .filter(({ month, day }) => {
        if (!this.#numbers.has(String(day))) return false;
        return !this.#sentences.some(({ months, numbers }) => months.has(month) && numbers.has(String(day)));
      })
      .map(({ start, end }) => ({ start, end }));
  }

  #unknownNames(text: string): readonly AnswerRange[] {
    return namesIn(text)
      .filter((name) =>
        /\p{Script=Han}/u.test(name.text)
          ? !this.#texts.some((known) => known.includes(name.text))
          : !this.#words.has(stem(name.text.toLowerCase().replace(/['’]s$/, ''))),
      )
      .map(({ text: name, start }) => ({ start, end: start + name.length }));
  }

  /** The one or two source sentences that have most of the terms, and the share they have. */
  #best(terms: ReadonlySet<string>, numbers: ReadonlySet<string>): Best {
    const weights = new Map([...terms].map((term) => [term, this.#weight(term)]));
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return { share: numbers.size === 0 ? 1 : 0, numbersThere: numbers.size === 0, sentences: [] };
    const words = new Set([...terms].filter((term) => !term.startsWith('#')));
    const scores = new Map<number, number>();
    for (const [term, weight] of weights)
      for (const place of this.#places.get(term) ?? []) scores.set(place, (scores.get(place) ?? 0) + weight);
    const closest = [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, candidates);
    let best: Best = { share: 0, numbersThere: false, sentences: [] };
    for (const [place] of closest) {
      for (const other of [null, ...closest.map(([index]) => index)]) {
        const chosen = [place, ...(other === null || other === place ? [] : [other])]
          .map((index) => this.#sentences[index])
          .filter((sentence) => sentence !== undefined);
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
    return Math.log(1 + this.#sentences.length / (1 + count)) + 0.2;
  }

  #judge(text: string, best: Best, unknown: readonly AnswerRange[]): GroundingLabel {
    if (unknown.length > 0 || best.share < weakFrom) return 'not-found';
    if (best.share < supportedFrom) return 'weak';
    const [first] = best.sentences;
    if (first !== undefined && clausesOf(text).some((clause) => denies(clause, first.text))) return 'not-found';
    return best.numbersThere ? 'supported' : 'weak';
  }
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

/** Whether one of the two says of the same thing what the other denies: compared part by part of a sentence. */
function denies(clause: string, source: string): boolean {
  const terms = termsOf(clause);
  const counted = clausesOf(source).map((other) => ({
    other,
    count: [...termsOf(other)].filter((term) => terms.has(term)).length,
  }));
  const [closest] = counted.sort((one, other) => other.count - one.count);
  // What the text denies, all of it said without the denial.
  const saysAll = counted.some(
    ({ other, count }) => count > 1 && isNegated(other) && count >= termsOf(other).size * 0.75,
  );
  if (saysAll && !isNegated(clause)) return true;
  // With little in common it is not the same thing.
  if (closest === undefined || closest.count * 2 < terms.size || closest.count === 0) return false;
  return isNegated(clause) !== isNegated(closest.other);
}

function clausesOf(sentence: string): readonly string[] {
  return sentence
    .split(/[,;:，；：、]|\b(?:but|although|while|because|and)\b|但是?|虽然|因为/)
    .filter((clause) => clause.trim() !== '');
}

function placeIn({ source, start, end }: SourceSentence): Place | null {
  return source.positions === null ? null : placeOf(source.positions, source.text, start, end);
}
