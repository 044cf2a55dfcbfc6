import type { NowhereMark } from '../../contract/grounding.ts';
import { type FoundNumber, numbersIn } from '../../text/numerals.ts';
import { wordStarts } from '../../text/segments.ts';
import { chineseMonthsIn, datesIn, type FoundDate, loneDaysIn, monthsIn } from './dates.ts';
import { figuresSaidIn, romanValue } from './known-figures.ts';
import { hasChineseName, KnownNames } from './known-names.ts';
import { namesIn } from './names.ts';

/** What a piece of a text says in figures. */
export interface Figures {
  readonly numbers: ReadonlySet<string>;
  readonly months: ReadonlySet<number>;
}

/** What counts before a Chinese numeral alone: it is part of many words, and there it is a number. */
const countedBefore = /(?:第|百分之|星期|周|礼拜|图|表)$/;
const countedBehind = /^(?:个|名|人|位|年|月|日|号|天|周|点|时|成(?!功|立|员|本|为|果|长|绩|熟|交))/;
const weekdays = /^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?$/i;

/** The figures, dates and names of a text, to tell which of an answer stand nowhere in it. */
export class KnownWords {
  readonly #numbers = new Set<string>();
  readonly #months = new Set<number>();
  /** Months with the numbers beside them, such as `5-14`. */
  readonly #days = new Set<string>();
  /** Days without a month, as in the 14th. */
  readonly #loneDays = new Set<number>();
  readonly #names = new KnownNames();
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** Takes one sentence of the text, with what `figuresIn` finds in it. */
  add(text: string, { numbers, months }: Figures): void {
    for (const value of numbers) this.#numbers.add(value);
    for (const value of figuresSaidIn(text)) this.#numbers.add(value);
    for (const month of months) {
      this.#months.add(month);
      for (const value of numbers) if (Number(value) <= 31) this.#days.add(`${month}-${value}`);
    }
    for (const day of loneDaysIn(text)) this.#loneDays.add(day);
    this.#names.add(text);
  }

  /** What of a sentence stands nowhere in the text, in its order, none within another; offsets are those of the sentence. */
  nowhereIn(sentence: string): readonly NowhereMark[] {
    const dates = datesIn(sentence);
    const wrongDays = new Set(
      dates.filter((date) => !dates.some((other) => sameAt(date, other) && this.#hasDay(other))),
    );
    const marks: NowhereMark[] = [
      ...[...wrongDays].map(({ start, end }) => ({ kind: 'date' as const, start, end })),
      ...chineseMonthsIn(sentence)
        .filter(({ month }) => !this.#months.has(month))
        .map(({ start, end }) => ({ kind: 'date' as const, start, end })),
      ...this.#numbersOf(sentence, dates).map((number) => ({ kind: 'figure' as const, ...withSign(number, sentence) })),
      ...this.#namesOf(sentence),
    ];
    return apart(marks, sentence);
  }

  /** The numbers that no reading of is there. A month in digits may stand there by its name. */
  #numbersOf(sentence: string, dates: readonly FoundDate[]): readonly FoundNumber[] {
    return numbersIn(sentence).filter(({ value, readings, start, end }) => {
      const piece = sentence.slice(start, end);
      if (/^\p{Script=Han}$/u.test(piece) && !isCounted(sentence, start, end)) return false;
      const around = dates.filter((date) => date.start <= start && end <= date.end);
      const inDay = new Set(
        around.filter((date) => this.#hasDay(date)).flatMap(({ month, day }) => [month, day].map(String)),
      );
      const isThere = (one: string) => this.#numbers.has(one) || inDay.has(one);
      // The parts of a version or an address say nothing: they stand in many texts.
      const isWhole = value.split('.').length > 2 && around.length === 0;
      return ![[value], ...(isWhole ? [] : readings)].some((values) => values.every(isThere));
    });
  }

  #hasDay({ month, day }: FoundDate): boolean {
    return this.#days.has(`${month}-${day}`) || (this.#months.has(month) && this.#loneDays.has(day));
  }

  #namesOf(sentence: string): readonly NowhereMark[] {
    return namesIn(sentence).flatMap(({ text, start }) => {
      if (/\p{Script=Han}/u.test(text)) {
        if (this.#texts.some((known) => hasChineseName(known, text))) return [];
        return { kind: 'name' as const, start, end: start + text.length };
      }
      const months = monthsIn(text);
      const isRoman = /^[IVXLC]+$/.test(text) && this.#numbers.has(String(romanValue(text)));
      if (isRoman || this.#names.hasLatin(text) || [...months].some((month) => this.#months.has(month))) return [];
      const kind = months.size > 0 || weekdays.test(text) ? ('date' as const) : ('name' as const);
      return { kind, start, end: start + text.length };
    });
  }
}

/** Numbers and months of a text; version 3.11 is what a text with 3.11.4 has, too. */
export function figuresIn(text: string): Figures {
  const valuesOf = (value: string) => [value, String(Number.parseFloat(value))];
  const numbers = numbersIn(text).flatMap(({ value, readings }) => [...valuesOf(value), ...readings.flat()]);
  return { numbers: new Set(numbers), months: monthsIn(text) };
}

/** Whether a numeral that is one Chinese character is a word by itself (六 in 六勺, not in 十分), or counts by what stands beside. */
function isCounted(sentence: string, start: number, end: number): boolean {
  const borders = wordStarts(sentence, 'zh');
  if (borders.has(start) && (borders.has(end) || end === sentence.length)) return true;
  // 四周 is all around as often as four weeks.
  if (sentence.startsWith('四周', start)) return false;
  return countedBehind.test(sentence.slice(end, end + 3)) || countedBefore.test(sentence.slice(0, start));
}

/** A number with the sign that says what it counts: 5 %, $12, 百分之五. */
function withSign({ start, end }: FoundNumber, sentence: string): { readonly start: number; readonly end: number } {
  const before = /(?:[$€£¥￥]\s?|百分之|千分之)$/.exec(sentence.slice(0, start))?.[0].length ?? 0;
  const behind = /^\s?[%％‰]/.exec(sentence.slice(end))?.[0].length ?? 0;
  return { start: start - before, end: end + behind };
}

function sameAt(one: FoundDate, other: FoundDate): boolean {
  return one.start === other.start;
}

/** In their order, the longer of two that overlap, and names beside each other as one. */
function apart(marks: readonly NowhereMark[], sentence: string): readonly NowhereMark[] {
  const ordered = [...marks].sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: NowhereMark[] = [];
  for (const mark of ordered) {
    const last = kept.at(-1);
    if (last === undefined || mark.start >= last.end) {
      const areOne = last?.kind === 'name' && mark.kind === 'name' && sentence.slice(last.end, mark.start) === ' ';
      if (areOne) kept[kept.length - 1] = { ...last, end: mark.end };
      else kept.push(mark);
    } else if (mark.end - mark.start > last.end - last.start) kept[kept.length - 1] = mark;
  }
  return kept;
}
