import { XmlAttributes } from './xml-attributes.ts';
import { textOf } from './xml-entities.ts';

/** What is told of a document as it is written; names with the prefixes that it has. */
export interface ScannedXml {
  /** `attributes` is read before the next one is told. */
  readonly open: (name: string, attributes: XmlAttributes) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
  /** Takes an element whole that begins there and is written in a form that it knows, well-formed; its end, or -1. */
  readonly whole?: ((piece: string, at: number) => number) | undefined;
}

/** A whole tag that opens an element: its name, its attributes in quotes, and its end. */
const openTag = /<[^\s/>="'<&!?\d.-][^\s/>="'<&]*(?:\s+[^\s/>="'<&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>/y;
const nameEnd = /[\s/>]/g;
const closeTag = /<\/([^\s/>="'<&]+)\s*>/y;
/** Characters that XML 1.0 has not (production 2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const slash = 47;
const more = 62;
/** A drawing's old form, which programs keep in an attribute, has a million signs or two. */
const longestTag = 4_000_000;

/** What is neither a tag nor text, by how it begins, with how it ends. */
const asides = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!DOCTYPE', '>'],
] as const;

/**
 * Tells elements and texts of XML that comes in pieces, cut anywhere. It knows no entities but the five of XML itself, and no
 * document type. Throws where the document is not well-formed; of attributes nobody asks for, their form alone is looked at.
 */
export class XmlScanner {
  readonly #told: ScannedXml;
  readonly #attributes = new XmlAttributes();
  readonly #open: string[] = [];
  /** What came and is not told yet. */
  #rest = '';
  /** Text before it, of pieces that had no end of it. */
  #texts: string[] = [];
  #hasRoot = false;
  /** What it is in the middle of, which is told or left out as it comes, however long it is. */
  #aside: { readonly ends: string; readonly isText: boolean } | null = null;

  constructor(told: ScannedXml) {
    this.#told = told;
  }

  write(piece: string): void {
    if (forbidden.test(piece)) throw new Error('a sign that XML has not');
    let text = this.#rest + piece;
    if (this.#aside === null && this.#rest[0] === '<') {
      if (text.length > longestTag) throw new Error('a tag that does not end');
      // A tag of which the end has not come is not looked through again for each piece.
      if (!piece.includes('>') && !this.#rest.includes('>')) {
        this.#rest = text;
        return;
      }
    }
    this.#rest = '';
    if (text.includes('\r')) {
      // Whether a line's end goes on tells the next piece.
      if (text.endsWith('\r')) {
        this.#rest = '\r';
        text = text.slice(0, -1);
      }
      text = text.replaceAll(/\r\n?/g, '\n');
    }
    this.#rest = text.slice(this.#scan(text)) + this.#rest;
  }

  end(): void {
    if (this.#aside !== null || this.#rest.startsWith('<')) throw new Error('it ends within a tag');
    this.#texts.push(this.#rest.replace('\r', '\n'));
    this.#tellText('');
    if (this.#open.length > 0) throw new Error(`${this.#open.at(-1)} has no end`);
    if (!this.#hasRoot) throw new Error('it has no root');
  }

  /** Tells what is whole, and where the rest begins. */
  #scan(piece: string): number {
    let at = 0;
    for (;;) {
      if (this.#aside !== null) {
        at = this.#passAside(piece, at, this.#aside);
        if (this.#aside !== null) return at;
      }
      const tag = piece.indexOf('<', at);
      if (tag < 0) {
        // The text is kept until a tag ends it, so that it is told as one.
        this.#texts.push(piece.slice(at));
        return piece.length;
      }
      this.#tellText(tag > at ? piece.slice(at, tag) : '');
      const known = this.#open.length > 0 ? (this.#told.whole?.(piece, tag) ?? -1) : -1;
      const end = known < 0 ? this.#tagAt(piece, tag) : known;
      if (end < 0) return tag;
      at = end;
    }
  }

  /** Tells the tag there, and where it ends; -1 where its end has not come. */
  #tagAt(piece: string, tag: number): number {
    const sign = piece.charCodeAt(tag + 1);
    if (sign === slash) return this.#closeAt(piece, tag);
    openTag.lastIndex = tag;
    if (openTag.test(piece)) {
      this.#openAt(piece, tag, openTag.lastIndex);
      return openTag.lastIndex;
    }
    for (const [begins, ends] of asides) {
      if (piece.startsWith(begins, tag)) return this.#asideAt(piece, tag, begins, ends);
      if (begins.startsWith(piece.slice(tag, tag + begins.length))) return -1;
    }
    if (isWhole(piece, tag)) throw new Error('a tag that is none');
    return -1;
  }

  #openAt(piece: string, tag: number, end: number): void {
    const isEmpty = piece.charCodeAt(end - 2) === slash;
    nameEnd.lastIndex = tag + 1;
    nameEnd.test(piece);
    const last = nameEnd.lastIndex - 1;
    const name = piece.slice(tag + 1, last);
    if (this.#open.length === 0 && this.#hasRoot) throw new Error('it has two roots');
    this.#hasRoot = true;
    this.#attributes.set(piece, last, isEmpty ? end - 2 : end - 1);
    this.#open.push(name);
    this.#told.open(name, this.#attributes);
    if (isEmpty) this.#closed(name);
  }

  #closeAt(piece: string, tag: number): number {
    const open = this.#open.at(-1) ?? '';
    const usual = tag + 2 + open.length;
    let end = usual + 1;
    if (piece.charCodeAt(usual) !== more || !piece.startsWith(open, tag + 2)) {
      closeTag.lastIndex = tag;
      const found = closeTag.exec(piece);
      if (found === null && !piece.includes('>', tag)) return -1;
      if (found?.[1] !== open) throw new Error('another element is open');
      end = closeTag.lastIndex;
    }
    if (open === '') throw new Error('no element is open');
    this.#closed(open);
    return end;
  }

  #closed(name: string): void {
    this.#open.pop();
    this.#told.close(name);
  }

  #asideAt(piece: string, tag: number, begins: string, ends: string): number {
    const from = tag + begins.length;
    if (begins === '<!DOCTYPE') {
      const end = piece.indexOf(ends, from);
      if (piece.slice(from, end < 0 ? undefined : end).includes('[')) throw new Error('it defines entities');
      return end < 0 ? -1 : end + ends.length;
    }
    const isText = begins === '<![CDATA[';
    if (isText && this.#open.length === 0) throw new Error('text outside of its root');
    this.#aside = { ends, isText };
    return from;
  }

  /** Passes what there is of an aside, and answers where the rest begins; it is none any more once its end was there. */
  #passAside(
    piece: string,
    from: number,
    { ends, isText }: { readonly ends: string; readonly isText: boolean },
  ): number {
    const end = piece.indexOf(ends, from);
    // Its end may be cut.
    const to = end < 0 ? Math.max(from, piece.length - ends.length + 1) : end;
    if (isText && to > from) this.#told.text(piece.slice(from, to));
    if (end < 0) return to;
    this.#aside = null;
    return end + ends.length;
  }

  #tellText(last: string): void {
    let text = last;
    if (this.#texts.length > 0) {
      text = this.#texts.join('') + last;
      this.#texts = [];
    }
    if (text === '') return;
    if (this.#open.length > 0) this.#told.text(textOf(text));
    else if (/[^\s\ufeff]/.test(text)) throw new Error('text outside of its root');
  }
}

/** Whether a tag has its end, which no quotation marks hold. */
function isWhole(piece: string, tag: number): boolean {
  let quote = '';
  for (let at = tag; at < piece.length; at += 1) {
    const sign = piece[at] as string;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '>') return true;
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return false;
}
