import { betweenSections, locatorOf, type TextPositions } from '../../contract/document.ts';
import type { Locator } from '../../contract/locator.ts';
import { numeralValue } from '../../text/numerals.ts';
import { Ranking } from '../../text/ranking.ts';
import { slicesOf } from '../../text/slices.ts';
import { splitText } from '../../text/split-text.ts';
import { askedTermsOf, emptyWords, looseTermsIn, looseTermsOf, termsOf } from '../../text/terms.ts';
import { breathe } from '../breathe.ts';

/** A text to look in. */
export interface SearchedText {
  readonly text: string;
  /** A file's name; null for other texts. */
  readonly name: string | null;
  readonly positions: TextPositions;
}

/** A piece of a text: [start, end) in it. */
export interface Passage {
  readonly source: SearchedText;
  readonly start: number;
  readonly end: number;
  readonly locator: Locator;
}

/** Long enough to say something, short enough to be about one thing; in characters. */
const passageCharacters = { en: 900, 'zh-CN': 350 } as const;
/** Texts are cut into slices first, so that no cutting takes long; between slices others get their turn. */
const sliceCharacters = 20_000;
/** A passage that fits the question less than this, of the best one, is left out. */
const leastShare = 0.35;

/** How much it counts that signs are shared and not words. */
const looseShare = 0.3;

/** Words of a question that say how it is asked, and not about what. */
const notAskedFor: ReadonlySet<string> = new Set([
  ...emptyWords,
  ...['why', 'page', 'pages', 'document', 'file', 'text', 'say', 'says', 'said', 'tell', 'please'],
]);

/**
 * The passages that fit a question best by its words (Chinese by pairs of characters), in the order of the text, at most
 * `budget` characters together. A question that names pages gets those. Null when nothing in the texts fits it.
 */
export async function findPassages(
  texts: readonly SearchedText[],
  question: string,
  budget: number,
  language: 'en' | 'zh-CN',
): Promise<readonly Passage[] | null> {
  const ranked = await rankPassages(texts, question, language);
  if (ranked.length === 0) return null;
  const best = ranked[0]?.score ?? 0;
  const chosen: RankedPassage[] = [];
  let length = 0;
  for (const one of ranked) {
    const { passage, score, isNamed } = one;
    if (!isNamed && score < best * leastShare) break;
    if (length + passage.end - passage.start > budget) continue;
    length += passage.end - passage.start;
    chosen.push(one);
  }
  return chosen.sort((one, other) => one.index - other.index).map(({ passage }) => passage);
}

export interface RankedPassage {
  readonly passage: Passage;
  /** Where it stands among all of them. */
  readonly index: number;
  readonly score: number;
  /** The question names its page. */
  readonly isNamed: boolean;
}

/** All passages, those that fit a question best first; those of pages that it names alone, where it names any. None where nothing fits. */
export async function rankPassages(
  texts: readonly SearchedText[],
  question: string,
  language: 'en' | 'zh-CN',
): Promise<readonly RankedPassage[]> {
  const pages = pagesNamedIn(question);
  const passages: Passage[] = [];
  for (const source of texts) passages.push(...(await cut(source, passageCharacters[language])));
  const named = passages.filter(({ locator }) => pages.some((page) => holds(locator, page)));
  const isNamed = named.length > 0;
  const among = isNamed ? named : passages;
  const scores = await score(among, question);
  if (!isNamed && scores.every((each) => each <= 0)) return [];
  const ranked = among.map((passage, index) => ({ passage, index, score: scores[index] ?? 0, isNamed }));
  return ranked.sort((one, other) => other.score - one.score || one.index - other.index);
}

/** Page numbers that a question names, in digits or Chinese: "page 17", "pp. 3-5", "第十七页". */
export function pagesNamedIn(question: string): readonly number[] {
  const pages: number[] = [];
  const add = (from: number, to: number) => {
    for (let page = from; page <= Math.min(to, from + 20); page += 1) if (page > 0) pages.push(page);
  };
  for (const [, from, to] of question.matchAll(/\b(?:pages?|pp?\.)\s*(\d{1,6})(?:\s*(?:-|–|to|and)\s*(\d{1,6}))?/gi))
    add(Number(from), Number(to ?? from));
  const chinese =
    /第\s*([\d零一二两三四五六七八九十百]{1,6})\s*(?:(?:-|–|—|至|到)\s*第?\s*([\d零一二两三四五六七八九十百]{1,6})\s*)?页/g;
  for (const [, from, to] of question.matchAll(chinese)) add(numeralValue(from ?? ''), numeralValue(to ?? from ?? ''));
  return pages;
}

function holds(locator: Locator, page: number): boolean {
  return locator.unit === 'page' && locator.first <= page && page <= locator.last;
}

async function cut(source: SearchedText, limit: number): Promise<readonly Passage[]> {
  const { text, positions } = source;
  const passages: Passage[] = [];
  for (const [from, to] of runningTexts(source)) {
    for (const [start, end] of slicesOf(text, sliceCharacters, from, to)) {
      let at = start;
      for (const part of splitText(text.slice(start, end), limit)) {
        const next = at + part.length;
        const locator = locatorOf(positions, text, at, next);
        if (part.trim() !== '' && locator !== null) passages.push({ source, start: at, end: next, locator });
        at = next;
      }
      await breathe();
    }
  }
  return passages;
}

/** Sections that go on without a gap, as one: no passage goes over the end of a page, or of a slide. */
function* runningTexts({ text, positions: { sections } }: SearchedText): Generator<readonly [number, number]> {
  let from = sections[0]?.start ?? 0;
  for (const [index, { locator }] of sections.entries()) {
    const next = sections[index + 1];
    if (next !== undefined && betweenSections(locator, next.locator) === '') continue;
    const to = next?.start ?? text.length;
    yield [from, to];
    from = to;
  }
}

async function score(passages: readonly Passage[], question: string): Promise<readonly number[]> {
  const ranking = new Ranking(askedTermsOf(question, notAskedFor));
  const loose = new Ranking(looseTermsOf(question, notAskedFor));
  const stems = new Map<string, string>();
  for (const [index, { source, start, end }] of passages.entries()) {
    const text = source.text.slice(start, end);
    ranking.add(termsOf(text, undefined, stems));
    loose.add(looseTermsIn(text));
    if (index % 100 === 99) await breathe();
  }
  const looseScores = loose.scores();
  return ranking.scores().map((score, index) => score + looseShare * (looseScores[index] ?? 0));
}
