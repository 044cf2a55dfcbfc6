/** White space at a closing mark that goes with it; what is longer is text. In UTF-16 units. */
const longestHeld = 200;

/**
 * Takes the marks away that a text was quoted in, when a model writes them around its answer too: those very marks, since
 * others are the text's own. Text goes in as it comes and comes out as soon as it is known not to be a mark.
 */
export class MarkFilter {
  readonly #marks: readonly string[];
  readonly #goesOn: boolean;
  #held = '';
  #begun: boolean;
  /** What may close the answer. */
  #closing: readonly string[];

  /** `goesOn`: the answer has begun already; whether with a mark, nobody knows any more. */
  constructor(marks: readonly string[], { goesOn = false } = {}) {
    this.#marks = marks;
    this.#goesOn = goesOn;
    this.#begun = goesOn;
    this.#closing = goesOn ? marks : [];
  }

  /** What came so far was no part of the answer. */
  restart(): void {
    this.#held = '';
    this.#begun = this.#goesOn;
    this.#closing = this.#goesOn ? this.#marks : [];
  }

  push(text: string): string {
    this.#held += text;
    if (!this.#begun) {
      const begins = this.#held.trimStart();
      if (this.#marks.some((mark) => mayOpen(begins, mark))) return '';
      const mark = this.#marks.find((one) => lengthOfOpening(begins, one) > 0);
      if (mark !== undefined) {
        this.#closing = [mark];
        this.#held = begins.slice(lengthOfOpening(begins, mark));
      }
      this.#begun = true;
    }
    return this.#release(this.#held.length - lengthOfMaybeClosing(this.#held, this.#closing));
  }

  /** What was held back and turned out to be text. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    // A mark that nothing came after opens nothing.
    const marks = this.#begun ? this.#closing : this.#marks;
    return marks.includes(rest.trim()) ? '' : rest;
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}

/** Whether this is an opening mark as far as it has come. */
function mayOpen(begins: string, mark: string): boolean {
  return mark.startsWith(begins) || (begins.startsWith(mark) && /^[ \t]*$/.test(begins.slice(mark.length)));
}

function lengthOfOpening(begins: string, mark: string): number {
  const lineEnd = begins.startsWith(mark) ? /^[ \t]*\n/.exec(begins.slice(mark.length)) : null;
  return lineEnd === null ? 0 : mark.length + lineEnd[0].length;
}

/**
 * What may become the closing mark is only told apart at the end: white space, signs of a mark, and white space again.
 * Counted from the end, and no further than white space at a mark may be long: a model that is stuck writes it for long.
 */
function lengthOfMaybeClosing(text: string, closing: readonly string[]): number {
  if (closing.length === 0) return 0;
  const signs = new Set(closing.map((mark) => mark.charAt(0)));
  const tail = text.slice(-longestHeld - Math.max(...closing.map(({ length }) => length)));
  const spaceAfter = startOf(isSpace, tail, tail.length);
  const mark = startOf((character) => signs.has(character), tail, spaceAfter);
  return tail.length - startOf(isSpace, tail, mark);
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
