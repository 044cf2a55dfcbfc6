export interface FoundNumber {
  /** Its value, written in one way whatever the text writes, such as `1200` or `0.5`; with several points as it is, 14.05.2024. */
  readonly value: string;
  /** Its values if its marks part numbers and do not group digits: what 500,200 may be in a row of a table, and 14.05.2024. */
  readonly parts: readonly string[];
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
};
const digits = '零一二三四五六七八九';
/** Commas group digits by three, unless a number of another length stands before or behind: then they part a list. */
const grouped = /(?<!\d,)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![,.]?\d)/;
const scaleNames = 'hundred|thousand|million|billion|trillion|(?:k|mn|bn)\\b|[百千万亿]+';
const inDigits = new RegExp(`(${grouped.source}|\\d+(?:\\.\\d+)*)(?:\\s*(${scaleNames})|([mb])\\b)?`, 'gi');
const wordNames = [...words.keys()].sort((one, other) => other.length - one.length).join('|');
const belowHundred = `(?:${wordNames})(?:[- ](?:${small.slice(1, 10).join('|')}))?(?!\\s+hundred)`;
const belowThousand = `(?:(?:(?:${wordNames}|an?)\\s+hundred(?:(?:\\s+and)?\\s+${belowHundred})?)|${belowHundred})`;
const large = 'thousand|million|billion|trillion';
const inWords = new RegExp(
  `\\b(?:(?:${belowThousand}|an?)\\s+(?:${large})(?:(?:\\s+and)?\\s+${belowThousand}(?:\\s+(?:${large}))?)*|${belowThousand})\\b`,
  'gi',
);
const inChinese = /[零一二两三四五六七八九十百千万亿]+/g;

/** The numbers of a text: in digits of any width, with separators and scales, in English words and Chinese numerals. */
export function numbersIn(text: string): readonly FoundNumber[] {
  // Full-width digits and signs have the same length, so that places stay as they are. A full-width comma parts clauses.
  const plain = text.replaceAll(/[０-９％．]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
  const found: FoundNumber[] = [];
  for (const match of plain.matchAll(inDigits)) {
    const [whole, digitsPart = '', name = '', letter = ''] = match;
    const isScale = letter !== '' && isScaleAt(plain, match.index, letter);
    const scale = scaleOf(isScale ? letter : name);
    const value = Number.parseFloat(digitsPart.replaceAll(',', '')) * scale;
    if (!Number.isFinite(value)) continue;
    const end = match.index + whole.length - (isScale ? 0 : letter.length);
    const parts = partsOf(digitsPart, plain, match.index, end).map(Number);
    const pointed = digitsPart.split('.').length > 2;
    found.push({
      value: pointed ? digitsPart : say(value),
      parts: parts.map((part, index) => say(index === parts.length - 1 ? part * scale : part)),
      start: match.index,
      end,
    });
  }
  for (const match of plain.matchAll(inWords)) {
    const value = wordsValue(match[0]);
    // "One" is a pronoun as often as a number.
    if (value <= 1) continue;
    found.push({ value: say(value), parts: [], start: match.index, end: match.index + match[0].length });
  }
  for (const match of plain.matchAll(inChinese)) {
    // A single numeral is part of many words (一般, 十分); after 第 or before a measure it is a number all the same.
    const value = chineseValue(match[0]);
    if (value === null || (match[0].length === 1 && value <= 1)) continue;
    if (/\d\s*$/.test(plain.slice(Math.max(0, match.index - 4), match.index))) continue;
    found.push({ value: say(value), parts: [], start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** A small letter may be a unit as well: 5m is as often metres, unless it is money. */
function isScaleAt(text: string, start: number, letter: string): boolean {
  return /[MB]/.test(letter) || /[$€£¥]\s?$/.test(text.slice(Math.max(0, start - 2), start));
}

/** Commas part a list only where it goes on, or a line ends, on both sides. */
function partsOf(found: string, text: string, start: number, end: number): readonly string[] {
  if (found.includes(',')) {
    const isInRow = (start === 0 || text[start - 1] === ',') && /^(?:$|,\S)/.test(text.slice(end, end + 2));
    return isInRow ? found.split(',') : [];
  }
  const parts = found.split('.');
  return parts.length > 2 ? parts : [];
}

/** Of one name, or of Chinese ones that multiply: 百万. */
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
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of text) {
    const value = character === '两' ? 2 : digits.indexOf(character);
    if (value >= 0) digit = value;
    else if (character === '十') {
      section += (digit || 1) * 10;
      digit = 0;
    } else if (character === '百' || character === '千') {
      section += digit * (scales[character] ?? 1);
      digit = 0;
    } else {
      total = (total + section + digit) * (scales[character] ?? 1);
      section = 0;
      digit = 0;
    }
  }
  const sum = total + section + digit;
  return sum === 0 && !text.includes('零') ? null : sum;
}

function say(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
