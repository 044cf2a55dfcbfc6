const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const space = /[ \t\n\r]*/y;
/** Deeper ones are no rules. */
const mostDepth = 100;

/** Where a text stops being JSON: the offset of the first sign that is wrong, which no engine tells of every text. */
export function faultAt(text: string): number {
  const reader = new Reader(text);
  reader.value(0);
  return reader.at;
}

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Answers whether all of a value is there, and stands behind it, or at what is wrong. */
  value(depth: number): boolean {
    this.#skip(space);
    const sign = this.#text[this.at];
    if (depth > mostDepth) return false;
    if (sign === '{') return this.#members('}', () => this.#skip(string) && this.#sign(':') && this.value(depth + 1));
    if (sign === '[') return this.#members(']', () => this.value(depth + 1));
    return sign === '"' ? this.#skip(string) : this.#skip(scalar);
  }

  #members(end: string, member: () => boolean): boolean {
    this.at += 1;
    if (this.#sign(end)) return true;
    do {
      this.#skip(space);
      if (!member()) return false;
    } while (this.#sign(','));
    return this.#sign(end);
  }

  #sign(sign: string): boolean {
    this.#skip(space);
    if (this.#text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.at += found[0].length;
    return true;
  }
}
