import { wordlikeScripts } from './scripts.ts';

const character = new RegExp(`[${wordlikeScripts}]`, 'u');
const letter = /[\p{L}\p{N}]/u;
const joining: readonly number[] = [..."'’_-"].map((sign) => sign.charCodeAt(0));

/** What a sign is for counting: a word of its own, part of a word, neither but within a word, or between words. */
const wordAlone = 1;
const ofWord = 2;
const withinWord = 3;
const between = 4;

/**
 * Words as a person counts them: each Chinese, Japanese or Korean character is one, other scripts go by spaces. One pass
 * without anything made on the way: a file may be twenty megabytes, and nothing else is answered meanwhile.
 */
export function countWords(text: string): number {
  // By UTF-16 unit, filled as the text needs it: patterns on each sign of a long text would take seconds.
  const kinds = new Uint8Array(0x10000);
  let words = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (kinds[unit] === 0) kinds[unit] = kindOf(String.fromCharCode(unit), unit);
    let kind = kinds[unit];
    if (unit >= 0xd800 && unit < 0xdc00) {
      const code = text.codePointAt(at) ?? unit;
      if (code > 0xffff) {
        kind = kindOf(String.fromCodePoint(code), code);
        at += 1;
      }
    }
    if (kind === wordAlone || (kind === ofWord && !inWord)) words += 1;
    inWord = kind === ofWord || (kind === withinWord && inWord);
  }
  return words;
}

function kindOf(sign: string, code: number): number {
  if (character.test(sign)) return wordAlone;
  if (letter.test(sign)) return ofWord;
  return joining.includes(code) ? withinWord : between;
}
