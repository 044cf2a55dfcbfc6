/**
 * What the search index holds of a message: every letter, every two that stand together and, where letters are few and words
 * are long, every three. Words of any script are found by any part of them, the shortest too.
 */
export class Grams {
  readonly #found = new Set<string>();
  #before: string[] = [];

  /** Takes the next part of a folded text. */
  add(folded: string): void {
    let [two = ' ', one = ' '] = this.#before;
    for (const letter of folded) {
      if (letter !== ' ') {
        this.#found.add(letter);
        if (one !== ' ') {
          this.#found.add(one + letter);
          if (two !== ' ' && !areDense(two, one, letter)) this.#found.add(two + one + letter);
        }
      }
      two = one;
      one = letter;
    }
    this.#before = [two, one];
  }

  /** All of them as the index takes them. */
  join(): string {
    return [...this.#found].map(encode).join(' ');
  }
}

/** The query of the index for a folded word: what a message that holds the word holds for certain. */
export function matchOf(term: string): string {
  const signs = [...term];
  const grams = signs.length < 3 ? [term] : gramsOfLong(signs);
  return [...new Set(grams)].map((gram) => `"${encode(gram)}"`).join(' AND ');
}

/** Whether a message that holds the grams of a word holds the word. */
export function isExact(term: string): boolean {
  const signs = [...term];
  return signs.length < 3 || (signs.length === 3 && !areDense(...(signs as [string, string, string])));
}

function gramsOfLong(signs: readonly string[]): string[] {
  const grams: string[] = [];
  for (let index = 2; index < signs.length; index += 1) {
    const [two = '', one = '', last = ''] = signs.slice(index - 2, index + 1);
    if (areDense(two, one, last)) grams.push(two + one, one + last);
    else grams.push(two + one + last);
  }
  return grams;
}

/** In scripts of thousands of letters two of them tell as much as a word. */
function areDense(one: string, two: string, three: string): boolean {
  return isDense(one) && isDense(two) && isDense(three);
}

function isDense(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x3005) return false;
  return (code <= 0x9fff && code !== 0x4dc0) || (code >= 0xac00 && code <= 0xd7a3) || code >= 0x20000;
}

/** The index splits at ASCII's signs and spaces: those are moved to where no letters are. */
function encode(gram: string): string {
  return gram.replaceAll(/[^a-z0-9\x80-\u{10ffff}]/gu, (sign) => String.fromCharCode(0xe000 + sign.charCodeAt(0)));
}
