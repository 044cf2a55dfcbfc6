export interface FoundNumber {
  /** Its value, written in one way whatever the text writes, such as `1200` or `0.5`; with several points as it is, 14.05.2024. */
  readonly value: string;
  /**
   * Other ways to read it, each as the values that it then has: 500,200 in a row of a table is two numbers, 2,5 is two and
   * a half where commas stand before decimals, 1.200 is a thousand two hundred where points group digits.
   */
  readonly readings: readonly (readonly string[])[];
  readonly start: number;
  readonly end: number;
}

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const words = new Map<string, number>([
  ...small.map((word, value): [string, number] => [word, value]),
  ...tens.map((word, index): [string, number] => [word, 20 + 10 * index]),
]);
const scales: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  b: 1e9,
  bn: 1e9,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8,
  dozen: 12,
  tn: 1e12,
  lakh: 1e5,
  crore: 1e7,
};
const digits = '零一二三四五六七八九';
/** Numerals that documents of money are written in, and other forms of the same ones. */
const otherNumerals = new Map(
  [...'〇壹贰叁肆伍陆柒捌玖拾佰仟萬億'].map((one, at) => [one, '零一二三四五六七八九十百千万亿'[at] ?? one]),
);
/** Commas group digits by three, unless a number of another length stands before or behind: then they part a list. */
const grouped = /(?<!\d,)\d{1,3}(?:(?:,\d{3})+|(?:[\u0020\u00a0\u202f'’]\d{3})+)(?:\.\d+)?(?![,.]?\d)/;
/** A comma before decimals, or points between groups of three with such a comma behind. */
const decimalComma = /(?<![\d,.])\d{1,3}(?:\.\d{3})+,\d+(?![\d,])|(?<![\d,.])\d+,\d{1,2}(?![\d,]|\.\d)/;
const scaleNames = 'hundred|thousand|million|billion|trillion|dozen|lakh|crore|(?:k|mn|bn|tn)\\b|[百千万亿]+';
const inDigits = new RegExp(
  `(${grouped.source}|${decimalComma.source}|\\d+(?:\\.\\d+)*|(?<!\\w)\\.\\d+)(?:\\s*(${scaleNames})|([mb])\\b)?`,
  'gi',
);
const wordNames = [...words.keys()].sort((one, other) => other.length - one.length).join('|');
const belowHundred = `(?:${wordNames})(?:[- ](?:${small.slice(1, 10).join('|')}))?(?!\\s+hundred)`;
const belowThousand = `(?:(?:(?:${wordNames}|an?)\\s+hundred(?:(?:\\s+and)?\\s+${belowHundred})?)|${belowHundred})`;
const large = 'thousand|million|billion|trillion|dozen|lakh|crore';
const ordinals = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth';
const inWords = new RegExp(
  `\\b(?:(?:${belowThousand}|an?)\\s+(?:${large})(?:(?:\\s+and)?\\s+${belowThousand}(?:\\s+(?:${large}))?)*|${belowThousand})\\b(?!-(?:${ordinals}))`,
  'gi',
);
/** Whether there is anything to look for: most lines of data have no number in words, and the search for one is slow. */
const someWord =
  /zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|teen|ty|hundred|thousand|illion|dozen|lakh|crore/i;
/** A decimal point is a word there: 三点五, which 三点五十分 is not. */
const inChinese = /[零一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+(?![零一二三四五六七八九十分]))?/g;

/** The numbers of a text: in digits of any width, with separators and scales, in English words and Chinese numerals. */
export function numbersIn(text: string): readonly FoundNumber[] {
  const plain = text.replaceAll(/[０-９％．]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
  // What is put in has the same length, so that places stay as they are. A full-width comma parts clauses.
  const simple = plain.replaceAll(/[〇壹贰叁肆伍陆柒捌玖拾佰仟萬億]/g, (one) => otherNumerals.get(one) ?? one);
  return [...digitNumbers(simple), ...wordNumbers(simple), ...chineseNumbers(simple)];
}

/** The value of one whole number in digits or Chinese numerals, such as 17, 十七 and 两百零三; NaN for anything else. */
export function numeralValue(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const value = /^[零一二两三四五六七八九十百千万亿]+$/.test(text) ? chineseValue(text) : null;
  return value ?? Number.NaN;
}

function digitNumbers(plain: string): readonly FoundNumber[] {
  return [...plain.matchAll(inDigits)].flatMap((match) => {
    const [whole, digitsPart = '', name = '', letter = ''] = match;
    const isScale = letter !== '' && isScaleAt(plain, match.index, letter);
    const scale = scaleOf(isScale ? letter : name);
    const isDecimalComma = /^(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/.test(digitsPart) && !/^\d{1,3},\d{3}$/.test(digitsPart);
    const written = isDecimalComma
      ? digitsPart.replaceAll('.', '').replace(',', '.')
      : digitsPart.replaceAll(/[^\d.]/g, '');
    const value = Number.parseFloat(written) * scale;
    if (!Number.isFinite(value)) return [];
    const end = match.index + whole.length - (isScale ? 0 : letter.length);
    const scaled = (parts: readonly string[]) =>
      parts.map((part, index) => say(Number(part) * (index === parts.length - 1 ? scale : 1)));
    return {
      value: !isDecimalComma && digitsPart.split('.').length > 2 ? digitsPart : say(value),
      readings: readingsOf(digitsPart, plain, match.index, end).map(scaled),
      start: match.index,
      end,
    };
  });
}

function wordNumbers(plain: string): readonly FoundNumber[] {
  if (!someWord.test(plain)) return [];
  return [...plain.matchAll(inWords)].flatMap((match) => {
    const value = wordsValue(match[0]);
    // "One" is a pronoun as often as a number.
    if (value <= 1) return [];
    return { value: say(value), readings: [], start: match.index, end: match.index + match[0].length };
  });
}

function chineseNumbers(plain: string): readonly FoundNumber[] {
  return [...plain.matchAll(inChinese)].flatMap((match) => {
    const [whole = '', decimals] = match[0].split('点');
    const units = chineseValue(whole);
    const value = decimals === undefined || units === null ? units : Number(`${units}.${inPlaces(decimals)}`);
    // A single numeral is part of many words (一般, 十分); after 第 or before a measure it is a number all the same.
    if (value === null || (match[0].length === 1 && value <= 1)) return [];
    if (/\d\s*$/.test(plain.slice(Math.max(0, match.index - 4), match.index))) return [];
    const end = match.index + match[0].length;
    // 三成 is thirty of a hundred.
    const tenths = /^成(?!功|立|员|本|为|果|长|绩|熟|交)/.test(plain.slice(end, end + 2)) ? [[say(value * 10)]] : [];
    return { value: say(value), readings: tenths, start: match.index, end };
  });
}

/** A small letter may be a unit as well: 5m is as often metres, unless it is money. */
function isScaleAt(text: string, start: number, letter: string): boolean {
  return /[MB]/.test(letter) || /[$€£¥]\s?$/.test(text.slice(Math.max(0, start - 2), start));
}

function readingsOf(found: string, text: string, start: number, end: number): readonly (readonly string[])[] {
  if (found.includes(',')) {
    // Commas part a list only where it goes on, or a line ends, on both sides.
    const isInRow = (start === 0 || text[start - 1] === ',') && /^(?:$|,\S)/.test(text.slice(end, end + 2));
    return isInRow || /^\d+,\d{1,2}$/.test(found) ? [found.split(',')] : [];
  }
  const spaced = found.split(/[\s'’]/);
  if (spaced.length > 1) return [spaced];
  const parts = found.split('.');
  const isGrouped = parts.length > 1 && /^\d{1,3}(?:\.\d{3})+$/.test(found);
  return [...(parts.length > 2 ? [parts] : []), ...(isGrouped ? [[parts.join('')]] : [])];
}

/** Answers the scale of one name, or of Chinese ones that multiply: 百万. */
function scaleOf(name: string): number {
  if (name === '') return 1;
  const plain = name.toLowerCase();
  return scales[plain] ?? [...plain].reduce((scale, character) => scale * (scales[character] ?? 1), 1);
}

function wordsValue(text: string): number {
  let total = 0;
  let section = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const scale = scales[word];
    if (scale === undefined) section += words.get(word) ?? 0;
    else if (scale === 100) section = (section || 1) * scale;
    else {
      total += (section || 1) * scale;
      section = 0;
    }
  }
  return total + section;
}

function chineseValue(text: string): number | null {
  // 万一 and 千万 are words.
  if (/^[百千万亿]/.test(text)) return null;
  // 二零二四 says its digits one by one, as years are said; 三四 is about three or four.
  if (/^[零一二两三四五六七八九]{2}$/.test(text) && !text.includes('零')) return null;
  if (text.length > 1 && /^[零一二两三四五六七八九]+$/.test(text)) return Number(inPlaces(text));
  let total = 0;
  let section = 0;
  let digit = 0;
  let largest = 0;
  for (const character of text) {
    const value = digitOf(character);
    if (value >= 0) digit = value;
    else if (character === '十') {
      section += (digit || 1) * 10;
      digit = 0;
    } else if (character === '百' || character === '千') {
      section += digit * (scales[character] ?? 1);
      digit = 0;
    } else {
      const scale = scales[character] ?? 1;
      // 一万亿 multiplies, 两亿五千万 adds.
      total = scale > largest ? (total + section + digit) * scale : total + (section + digit) * scale;
      largest = Math.max(largest, scale);
      section = 0;
      digit = 0;
    }
  }
  // The last numeral of 一百二 and 三千五 counts what is a tenth of the word before it.
  const unit = /[一二两三四五六七八九十百千]([百千万亿])[一二两三四五六七八九]$/.exec(text)?.[1];
  const sum = total + section + digit * (unit === undefined ? 1 : (scales[unit] ?? 10) / 10);
  return sum === 0 && !text.includes('零') ? null : sum;
}

function digitOf(character: string): number {
  return character === '两' ? 2 : digits.indexOf(character);
}

function inPlaces(numerals: string): string {
  return [...numerals].map(digitOf).join('');
}

function say(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
