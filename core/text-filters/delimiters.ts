import type { TextFilter } from './text-filter.ts';

/** White space at a closing delimiter that goes with it; what is longer is text. In UTF-16 units. */
const longestHeld = 200;

/**
 * Takes the delimiters away that a text was quoted in, when a model writes them around its answer too: those very ones, since
 * others are the text's own. Text comes out as soon as it is known not to be one.
 */
export class Delimiters implements TextFilter {
  readonly #delimiters: readonly string[];
  readonly #goesOn: boolean;
  #held = '';
  #begun: boolean;
  /** What may close the answer. */
  #closing: readonly string[];

  /** `goesOn`: the answer has begun already; whether with a delimiter, nobody knows any more. */
  constructor(delimiters: readonly string[], { goesOn = false } = {}) {
    this.#delimiters = delimiters;
    this.#goesOn = goesOn;
    this.#begun = goesOn;
    this.#closing = goesOn ? delimiters : [];
  }

  restart(): void {
    this.#held = '';
    this.#begun = this.#goesOn;
    this.#closing = this.#goesOn ? this.#delimiters : [];
  }

  push(text: string): string {
    this.#held += text;
    if (!this.#begun) {
      const begins = this.#held.trimStart();
      if (this.#delimiters.some((delimiter) => mayOpen(begins, delimiter))) return '';
      const opening = this.#delimiters.find((one) => lengthOfOpening(begins, one) > 0);
      if (opening !== undefined) {
        this.#closing = [opening];
        this.#held = begins.slice(lengthOfOpening(begins, opening));
      }
      this.#begun = true;
    }
    return this.#release(this.#held.length - lengthOfMaybeClosing(this.#held, this.#closing));
  }

  end(): string {
    const rest = this.#held;
    this.#held = '';
    // A delimiter that nothing came after opens nothing.
    const closing = this.#begun ? this.#closing : this.#delimiters;
    return closing.includes(rest.trim()) ? '' : rest;
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}

/** Whether this is an opening delimiter as far as it has come. */
function mayOpen(begins: string, delimiter: string): boolean {
  return (
    delimiter.startsWith(begins) || (begins.startsWith(delimiter) && /^[ \t]*$/.test(begins.slice(delimiter.length)))
  );
}

function lengthOfOpening(begins: string, delimiter: string): number {
  const lineEnd = begins.startsWith(delimiter) ? /^[ \t]*\n/.exec(begins.slice(delimiter.length)) : null;
  return lineEnd === null ? 0 : delimiter.length + lineEnd[0].length;
}

/**
 * What may become the closing delimiter is only told apart at the end: white space, signs of a delimiter, and white space
 * again. Counted from the end, and no further than white space may be long there: a model that is stuck writes it for long.
 */
function lengthOfMaybeClosing(text: string, closing: readonly string[]): number {
  if (closing.length === 0) return 0;
  const signs = new Set(closing.map((delimiter) => delimiter.charAt(0)));
  const tail = text.slice(-longestHeld - Math.max(...closing.map(({ length }) => length)));
  const spaceAfter = startOf(isSpace, tail, tail.length);
  const delimiter = startOf((character) => signs.has(character), tail, spaceAfter);
  return tail.length - startOf(isSpace, tail, delimiter);
}

/** Where the characters of a kind begin that end at `end`. */
function startOf(isOfKind: (character: string) => boolean, text: string, end: number): number {
  let start = end;
  while (start > 0 && isOfKind(text.charAt(start - 1))) start -= 1;
  return start;
}

function isSpace(character: string): boolean {
  return character.trim() === '';
}
