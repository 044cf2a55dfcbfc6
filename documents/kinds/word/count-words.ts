const romans = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const;
const chineseDigits = '零一二三四五六七八九';
const mostRoman = 4000;

/** A number as a list writes it (ECMA-376, ST_NumberFormat; ODF `style:num-format`); digits for kinds that are not known. */
export function countedAs(format: string, count: number): string {
  if (!Number.isInteger(count) || count < 0) return String(count);
  switch (format) {
    case 'lowerRoman':
    case 'i':
      return roman(count);
    case 'upperRoman':
    case 'I':
      return roman(count).toUpperCase();
    case 'lowerLetter':
    case 'a':
      return letters(count);
    case 'upperLetter':
    case 'A':
      return letters(count).toUpperCase();
    case 'decimalZero':
      return String(count).padStart(2, '0');
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'ideographDigital':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case '一, 二, 三, ...':
      return chinese(count);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return count >= 1 && count <= 20 ? String.fromCodePoint(0x2460 + count - 1) : String(count);
    default:
      return String(count);
  }
}

function roman(count: number): string {
  if (count === 0 || count >= mostRoman) return String(count);
  let text = '';
  let rest = count;
  for (const [value, sign] of romans) for (; rest >= value; rest -= value) text += sign;
  return text;
}

/** a to z, then aa, bb and so on, as Word counts. */
function letters(count: number): string {
  if (count === 0 || count > 780) return String(count);
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));
}

/** Up to 99, as lists of articles and chapters have them; digits beyond. */
function chinese(count: number): string {
  if (count > 99) return String(count);
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  if (tens === 0) return chineseDigits[ones] ?? '';
  return `${tens === 1 ? '' : chineseDigits[tens]}十${ones === 0 ? '' : chineseDigits[ones]}`;
}
