/** Letters of the languages that are written in Latin-1, by how usual they are; bits as in `cost-of-reading`. */
const usual = new Set('éèàäöüßñçáíóúãõåøæêôîûâëïìòù');
const rare = new Set('ðþýÿœšžÐÞÝŸŒŠŽ');
/** Signs, with what stands before and behind them in a text; elsewhere they are unlikely. */
const signs: Readonly<Record<string, RegExp>> = {
  '°': /[\d\s]°(?:[CFKNSEWO\d\s.,;:/)"']|$)/,
  º: /[\d.nNaA]º/,
  ª: /[\d.]ª/,
  µ: /[\d\s(]µ[a-zA-ZΩ]/,
  '²': /[\w)]²(?:[^A-Za-z]|$)/,
  '³': /[\w)]³(?:[^A-Za-z]|$)/,
  '±': /[\d\s(]±[\d\s]/,
  '½': /½(?:[^A-Za-z]|$)/,
  '¼': /¼(?:[^A-Za-z]|$)/,
  '¾': /¾(?:[^A-Za-z]|$)/,
  '×': /[\d\s]×[\d\s]/,
  '£': /£\s?\d|\d\s?£/,
  '€': /€\s?\d|[\d\s(;,/]€(?:\W|$)/,
  '¤': /¤\s?\d|\d\s?¤/,
  '¥': /¥\s?\d|\d\s?¥/,
  '§': /§\s?[\d§]/,
  '©': /©\s?[\dA-Z]/,
  '®': /\w®/,
  '™': /\w™/,
  '«': /(?:^|[\s(>="',;])«/,
  '»': /»(?:[\s.,;:!?)<"']|$)/,
  '¡': /(?:^|[\s("'«=,;])¡/,
  '¿': /(?:^|[\s("'«=,;])¿/,
  '‘': /(?:^|[\s("=,;])‘\S/,
  '’': /[^\s]’|’\d|’n?\s/,
  '‚': /(?:^|[\s("=])‚\S/,
  '„': /(?:^|[\s(>="',;])„\S/,
  '“': /(?:^|[\s("'[=>,;])“\S|[^\s(]“(?:\W|$)/,
  '”': /[^\s(]”(?:\W|$)|(?:^|\s)”\S/,
  '–': /[\d\s]–[\d\s]|[\p{L}]–[\p{L}]/u,
  '—': /\s—\s|\w—\w|(?:^|\s)—/,
  '…': /[\w\s!?")]…/,
  '•': /(?:^|\s)•\s/,
  '·': /\w·\w|\s·\s/,
  '\u00A0': /[\s\S]\u00A0/,
};
/** Two such letters in a row, as in `päätös`, `ação`, `größer`, `créée`, `það`. */
const pairs =
  /^(?:ää|öö|üü|åå|ää|yö|çã|çõ|öß|üß|äß|éé|ée|áð|íð|óð|úð|ýð|æð|ið|öð|ðá|ðí|ðö|ðú|ðó|þæ|þó|þú|þá|þí|þý|þö|øå|åø|íá|óá|úá|ïé|üé|éô|íó|íñ|öå|õõ|õe|üõ|õü|öü|äö|ñó|ñá|ñí|çá|éï|àï|ôï|øí|ØÐ|ùà)$/i;

const sign = 4;
const letter = 5;
const rareLetter = 7;
const unlikely = 8;
const outOfPlace = 18;
const undefinedSign = 24;

/** What it costs to read all signs beyond ASCII of a Latin text as what they are, in bits: low for what people write. */
export function westernCost(text: string): number {
  let cost = 0;
  for (const { 0: run, index } of text.matchAll(/[^\p{ASCII}]+/gu))
    for (let at = index; at < index + run.length; at += 1) cost += costOf(text, at);
  return cost;
}

function costOf(text: string, at: number): number {
  const character = text[at] ?? '';
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  const natural = signs[character];
  if (natural !== undefined)
    return natural.test(before + character + after + (text[at + 2] ?? ' ')) ? sign : outOfPlace;
  if (!/\p{L}/u.test(character) || !/[À-ÿŒœŠšŽžŸ]/.test(character)) return undefinedSign;
  const lower = character.toLowerCase();
  let cost = usual.has(lower) ? letter : rareLetter;
  if (rare.has(character)) cost = rareLetter;
  if (isForeign(before)) cost += pairs.test(before + character) ? 2 : isLetter(before) ? unlikely : 2;
  return cost + caseCost(character, before, after) + (isLetter(before) || isLetter(after) ? 0 : alone(lower));
}

/**
 * Judges letters of other alphabets: Greek and Russian ones may stand alone, all others stand in words, and a word is
 * of one script.
 */
export function foreignLetterCost(text: string): number {
  let cost = 0;
  for (const { 0: character, index } of text.matchAll(/\P{ASCII}/gu)) {
    const neighbours = [text[index - 1] ?? ' ', text[index + character.length] ?? ' '].filter(isLetter);
    const isInWord = neighbours.length > 0 && neighbours.every((other) => scriptOf(other) === scriptOf(character));
    cost += isInWord || (neighbours.length === 0 && /[\u0370-\u045F]/.test(character)) ? rareLetter : undefinedSign;
  }
  return cost;
}

function scriptOf(character: string): string {
  const names = ['Latin', 'Greek', 'Cyrillic', 'Hebrew', 'Arabic', 'Armenian'];
  return names.find((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(character)) ?? '';
}

/** A capital within a word of small letters is not written, nor a small letter among capitals, but for ß. */
function caseCost(character: string, before: string, after: string): number {
  const isCapital = character !== character.toLowerCase();
  if (isCapital) return /\p{Ll}/u.test(before) ? unlikely : /\p{Lu}/u.test(before) && /\p{Ll}/u.test(after) ? 4 : 1;
  if (character === 'ß' || !/\p{Lu}/u.test(after)) return 0;
  return /\p{Lu}/u.test(before) ? 12 : 6;
}

/** Words of one such letter. */
function alone(lower: string): number {
  return /[àéèöåóáíúæ]/.test(lower) ? 2 : unlikely;
}

function isForeign(character: string): boolean {
  return character > '\u007F';
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}
