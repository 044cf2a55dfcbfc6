export interface FoundNumber {
  /** Its value, written in one way whatever the text writes, such as `1200` or `0.5`. */
  readonly value: string;
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
  k: 1e3,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8,
};
const digits = '零一二三四五六七八九';
const number = /\d[\d,，]*(?:\.\d+)?/;
const scaleNames = 'hundred|thousand|million|billion|k\\b|百|千|万|亿';
const inDigits = new RegExp(`(${number.source})\\s*(${scaleNames})?(亿)?`, 'gi');
const wordNames = [...words.keys()].sort((one, other) => other.length - one.length).join('|');
const inWords = new RegExp(
  `\\b(${wordNames})(?:[- ](${small.slice(1, 10).join('|')}))?(?:\\s+(hundred|thousand|million))?\\b`,
  'gi',
);
const inChinese = /[零一二两三四五六七八九十百千万亿]+/g;

/** The numbers of a text: in digits of any width, with separators and scales, in English words and Chinese numerals. */
export function numbersIn(text: string): readonly FoundNumber[] {
  // Full-width digits and signs have the same length, so that places stay as they are.
  const plain = text.replaceAll(/[０-９％．，]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
  const found: FoundNumber[] = [];
  for (const match of plain.matchAll(inDigits)) {
    const [whole, digitsPart = '', scale] = match;
    const value =
      Number(digitsPart.replaceAll(/[,，]/g, '').replace(/\.$/, '')) * (scales[scale?.toLowerCase() ?? ''] ?? 1);
    const trimmed = whole.replace(/[,，\s]+$/, '');
    if (Number.isFinite(value))
      found.push({ value: say(value), start: match.index, end: match.index + trimmed.length });
  }
  for (const match of plain.matchAll(inWords)) {
    const [whole, first = '', second, scale] = match;
    const value =
      (words.get(first.toLowerCase()) ?? 0) + (second === undefined ? 0 : (words.get(second.toLowerCase()) ?? 0));
    // "One" is a pronoun as often as a number.
    if (value <= 1 && scale === undefined) continue;
    found.push({
      value: say(value * (scales[scale?.toLowerCase() ?? ''] ?? 1)),
      start: match.index,
      end: match.index + whole.length,
    });
  }
  for (const match of plain.matchAll(inChinese)) {
    // A single numeral is part of many words (一般, 十分); after 第 or before a measure it is a number all the same.
    const value = chineseValue(match[0]);
    if (value === null || (match[0].length === 1 && value <= 1)) continue;
    if (/\d\s*$/.test(plain.slice(0, match.index))) continue;
    found.push({ value: say(value), start: match.index, end: match.index + match[0].length });
  }
  return found;
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
