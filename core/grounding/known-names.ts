import { fold } from '../../text/fold.ts';
import { stem } from '../../text/terms.ts';
import { surnameOf } from './names.ts';

const latinWord = /\p{L}[\p{L}\p{M}'’-]*/gu;
const capital = /^\p{Lu}/u;
/** Words that stand between those an abbreviation is made of. */
const joining = new Set(['of', 'the', 'and', 'for', 'in', 'on', 'de', 'la', 'du', 'des', 'der', 'und', 'y', '&']);
const dottedName = /(?<!\p{L})(?:\p{Lu}\.\s?){2,}/gu;
/** Longest row of first letters that is kept to look abbreviations up in, in UTF-16 units. */
const mostInitials = 200_000;
/** From so many letters on, the beginning of a name is that name: Germany and German, Paris and Parisian. */
const longBeginning = 5;

/** The words of a text as far as names are looked up in them. */
export class KnownNames {
  readonly #stems = new Set<string>();
  /** Words as they are written, of which the stems are known. */
  readonly #seen = new Set<string>();
  /** First letters of words with a capital that stand in a row, with a space between the rows. */
  #initials = ' ';
  #inRow = false;

  /** Takes a piece of the text, in its order. */
  add(text: string): void {
    for (const word of text.match(latinWord) ?? []) {
      if (capital.test(word)) this.#initial(word);
      else if (!joining.has(word)) this.#endRow();
      if (this.#seen.has(word)) continue;
      this.#seen.add(word);
      for (const part of [word, ...word.split('-')]) this.#stems.add(stemOf(part));
    }
    // U.S. is what US stands for.
    for (const dotted of text.match(dottedName) ?? []) this.#stems.add(fold(dotted.replaceAll(/[^\p{Lu}]/gu, '')));
    this.#endRow();
  }

  hasLatin(name: string): boolean {
    const parts = name.replace(/['’]s?$/, '').split('-');
    return parts.every((part) => part === '' || this.#hasPart(part)) || this.#isShort(name);
  }

  #hasPart(part: string): boolean {
    const found = stemOf(part);
    if (this.#stems.has(found)) return true;
    for (let length = longBeginning; length < found.length; length += 1)
      if (this.#stems.has(found.slice(0, length))) return true;
    return found.length >= longBeginning && this.#beginsAny(found);
  }

  #beginsAny(beginning: string): boolean {
    for (const known of this.#stems) if (known.startsWith(beginning)) return true;
    return false;
  }

  /** Whether it is made of first letters of words that stand in a row. */
  #isShort(name: string): boolean {
    return /^\p{Lu}{2,6}s?$/u.test(name) && this.#initials.includes(fold(name.replace(/s$/, '')));
  }

  #initial(word: string): void {
    if (this.#initials.length < mostInitials) this.#initials += fold(word.slice(0, 1));
    this.#inRow = true;
  }

  #endRow(): void {
    if (this.#inRow) this.#initials += ' ';
    this.#inRow = false;
  }
}

/** Whether a text has a Chinese name; of one with an office, as 王医生, somebody of that surname. */
export function hasChineseName(text: string, name: string): boolean {
  const surname = surnameOf(name);
  return text.includes(name) || (surname !== null && text.includes(surname));
}

function stemOf(word: string): string {
  return stem(fold(word).replace(/'(?:s|t|re|ve|ll|d|m)?$/, ''));
}
