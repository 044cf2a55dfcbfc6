/**
 * Marks that only tell how a letter sounds or looks, in the scripts where people leave them out: Latin, Greek, Cyrillic,
 * Hebrew, Arabic. Signs of Indic scripts and Thai, and the voicing of kana, make other letters and stay.
 */
const accents =
  /(?!\u3099|\u309a)(?=\p{M})[\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}]/gu;
const mapped = /[ßςđðøłħŧıæœ‘’‚‛′“”„‟″«»\u2010-\u2015\u2212\u0640\u30a1-\u30f6]|\p{Cf}|[^\0-\x7f\P{Nd}]/gu;
/** Letters with a stroke and joined letters are no letters with a mark to Unicode; quotes and dashes have many forms. */
const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ς: 'σ', đ: 'd', ð: 'd', ø: 'o', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', æ: 'ae', œ: 'oe' },
  ...{ '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '″': '"' },
  ...{ '«': '"', '»': '"', '−': '-' },
};
const fromKatakana = 0x60;
/** Most text is of these alone, which need no more than their case, their width and their quotes folded. */
const plain = /^[\0-\x7f\u2010-\u2015\u2018-\u201f\u3001\u3002\u300a-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/;
const plainMapped = /[\u2010-\u2015\u2018-\u201f\uff01-\uff5e]/g;
const fromFullWidth = 0xfee0;

/**
 * Text as it is searched: without case, accents, width, invisible signs, the way a letter is put together, digits of other
 * scripts and the two forms of kana. Every kind of white space becomes a space. The same for stored text and for queries.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.replaceAll(plainMapped, mapPlain).toLowerCase().replaceAll(/\s/g, ' ');
  return text
    .normalize('NFKD')
    .replaceAll(accents, '')
    .toLowerCase()
    .replaceAll(accents, '')
    .replaceAll(mapped, mapSign)
    .normalize('NFC')
    .replaceAll(/\s/g, ' ');
}

function mapPlain(sign: string): string {
  const code = sign.charCodeAt(0);
  return code >= 0xff01 ? String.fromCharCode(code - fromFullWidth) : mapSign(sign);
}

function mapSign(sign: string): string {
  const letter = letters[sign];
  if (letter !== undefined) return letter;
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x30a1 && code <= 0x30f6) return String.fromCharCode(code - fromKatakana);
  if (code >= 0x2010 && code <= 0x2015) return '-';
  return /\p{Nd}/u.test(sign) ? String(digitOf(code)) : '';
}

/** Digits stand in rows of ten that begin with 0. */
function digitOf(code: number): number {
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

/** A letter with all that is written onto it, which is folded as one. */
const piece = /[\s\S][\p{M}\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb\uffa0-\uffdc]*/gu;

/** Folded text, with the place in the original that each of its characters (UTF-16 units) comes from, from and to. */
export interface PlacedText {
  readonly folded: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export function foldWithPlaces(text: string): PlacedText {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  // Few letters come, again and again.
  const known = new Map<string, string>();
  for (const { 0: letter, index } of text.matchAll(piece)) {
    const pieceFolded = known.get(letter) ?? fold(letter);
    known.set(letter, pieceFolded);
    folded += pieceFolded;
    for (let unit = 0; unit < pieceFolded.length; unit += 1) {
      starts.push(index);
      ends.push(index + letter.length);
    }
  }
  return { folded, starts, ends };
}

/** Cuts text where no letter is torn apart, into parts of about this length, whose folded forms are the folded whole. */
export function* partsToFold(text: string, length = 16_384): Generator<string> {
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + length);
    while (to < text.length && belongsToTheOneBefore(text, to)) to += 1;
    yield text.slice(from, to);
    from = to;
  }
}

function belongsToTheOneBefore(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit >= 0xdc00 && unit <= 0xdfff) return true;
  return /^[\p{M}\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb\uffa0-\uffdc]/u.test(text.slice(at, at + 2));
}
