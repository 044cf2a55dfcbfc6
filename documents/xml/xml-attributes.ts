import { textOf } from './xml-entities.ts';

const equals = 61;

/** The attributes of the tag that is told, found when they are asked for: of a sheet's million cells nobody wants most. */
export class XmlAttributes {
  #piece = '';
  #from = 0;
  #to = 0;

  /** Takes the attributes in [from, to) of a piece that was seen to be well-formed. */
  set(piece: string, from: number, to: number): void {
    this.#piece = piece;
    this.#from = from;
    this.#to = to;
  }

  /** An attribute by its written name; undefined where there is none. */
  get(name: string): string | undefined {
    const piece = this.#piece;
    for (let at = this.#next(this.#from); at < this.#to; ) {
      const [isIt, quote] = [this.#isNamed(at, name), this.#quoteAfter(at)];
      const end = piece.indexOf(piece[quote] as string, quote + 1);
      if (isIt) return meantBy(piece.slice(quote + 1, end));
      at = this.#next(end + 1);
    }
    return undefined;
  }

  /** Whether one of them may say what a prefix stands for. */
  mayDeclare(): boolean {
    return this.#piece.slice(this.#from, this.#to).includes('xmlns');
  }

  /** All of them, by their written names. */
  all(): Readonly<Record<string, string>> {
    const all: Record<string, string> = Object.create(null);
    const piece = this.#piece;
    for (let at = this.#next(this.#from); at < this.#to; ) {
      const quote = this.#quoteAfter(at);
      const end = piece.indexOf(piece[quote] as string, quote + 1);
      all[piece.slice(at, piece.indexOf('=', at)).trim()] = meantBy(piece.slice(quote + 1, end));
      at = this.#next(end + 1);
    }
    return all;
  }

  #isNamed(at: number, name: string): boolean {
    const piece = this.#piece;
    if (!piece.startsWith(name, at)) return false;
    const after = at + name.length;
    return piece.charCodeAt(after) === equals || piece.charCodeAt(this.#next(after)) === equals;
  }

  /** Where the value's first quotation mark stands. */
  #quoteAfter(at: number): number {
    return this.#next(this.#piece.indexOf('=', at) + 1);
  }

  /** The next place that is not blank. */
  #next(from: number): number {
    let at = from;
    while (at < this.#to && this.#piece.charCodeAt(at) <= 32) at += 1;
    return at;
  }
}

/** Its ends of lines count as blanks (XML 1.0, 3.3.3). */
function meantBy(written: string): string {
  const blank = /[\t\n]/.test(written) ? written.replaceAll(/[\t\n]/g, ' ') : written;
  return textOf(blank);
}
