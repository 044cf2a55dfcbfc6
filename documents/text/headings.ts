/** A heading of a Markdown text. */
export interface Heading {
  /** Where its first line begins, in UTF-16 units. */
  readonly start: number;
  /** From 1, the largest, to 6. */
  readonly depth: number;
  /** Its words on one line, without marks around them. */
  readonly title: string;
}

const fence = /^ {0,3}(?<fence>`{3,}(?=[^`]*$)|~{3,})/;
const numbered = /^ {0,3}(?<marks>#{1,6})(?:[ \t]+(?<title>.*?))??(?:[ \t]+#+)?[ \t]*$/;
const underline = /^ {0,3}(?<marks>=+|-+)[ \t]*$/;
const rule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const quote = /^ {0,3}>/;
const item = /^(?<mark> {0,3}(?:[-+*]|(?<number>\d{1,9})[.)]))(?<gap>[ \t]+|$)(?<rest>.*)/;
/** HTML that ends with a mark of its own, and HTML that ends with a blank line (CommonMark, HTML blocks 1 to 7). */
const untilMark: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
];
const untilBlank =
  /^ {0,3}<\/?(?:address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?:[\s/>]|$)/i;
const tagAlone = /^ {0,3}<\/?[a-z][^<>]*>[ \t]*$/i;

/** Lines at the beginning that say facts of the file, between two lines of `---`; no longer than this. */
const frontMatter = /^---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/**
 * The headings of a Markdown text in their order, line by line, so that twenty megabytes take no longer than reading them:
 * those of the text itself, not those within lists, quotes, code or HTML.
 */
export function* headingsIn(text: string): Generator<Heading> {
  const blocks = new Blocks();
  let start = frontMatter.exec(text.slice(0, 20_000))?.[0].length ?? 0;
  while (start < text.length) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    // A line that is longer is data: its beginning tells what it is.
    const heading = blocks.take(text.slice(start, Math.min(end, start + longestLine)), start);
    if (heading !== null) yield heading;
    start = end + 1;
  }
}

const longestLine = 2000;

/** What a line stands in, as far as it tells whether it is a heading. */
class Blocks {
  /** The block that goes on until a line ends it; null for none. */
  #until: ((line: string) => boolean) | null = null;
  /** Columns from which on a line belongs to the item of a list; null outside of lists. */
  #itemFrom: number | null = null;
  /** A paragraph within an item or a quote, which goes on without their marks. */
  #isLazy = false;
  #paragraph: { readonly start: number; text: string } | null = null;

  /** The heading that a line is, or underlines. */
  take(line: string, start: number): Heading | null {
    if (this.#until !== null) {
      if (this.#until(line)) this.#until = null;
      return null;
    }
    if (line.trim() === '') {
      this.#paragraph = null;
      this.#isLazy = false;
      return null;
    }
    const indent = indentOf(line);
    if (this.#itemFrom !== null && indent >= this.#itemFrom) {
      this.#isLazy = true;
      return null;
    }
    if (this.#opens(line)) return this.#leave();
    if (indent >= 4 && this.#paragraph === null && !this.#isLazy) return null;
    return this.#headingAt(line, start) ?? this.#takeText(line, start);
  }

  #opens(line: string): boolean {
    const mark = fence.exec(line)?.groups?.['fence'];
    if (mark !== undefined) {
      const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`);
      this.#until = (next) => closing.test(next);
      return true;
    }
    const ending = untilMark.find(([begins]) => begins.test(line))?.[1];
    if (ending !== undefined) {
      if (!ending.test(line)) this.#until = (next) => ending.test(next);
      return true;
    }
    const isHtml = untilBlank.test(line) || (this.#paragraph === null && !this.#isLazy && tagAlone.test(line));
    if (isHtml) this.#until = (next) => next.trim() === '';
    return isHtml;
  }

  #headingAt(line: string, start: number): Heading | null {
    const { marks, title } = numbered.exec(line)?.groups ?? {};
    if (marks !== undefined) {
      this.#leave();
      return { start, depth: marks.length, title: plain(title ?? '') };
    }
    const under = underline.exec(line)?.groups?.['marks'];
    if (under === undefined || this.#paragraph === null) return null;
    const paragraph = this.#paragraph;
    this.#leave();
    return { start: paragraph.start, depth: under.startsWith('=') ? 1 : 2, title: plain(paragraph.text) };
  }

  #takeText(line: string, start: number): null {
    if (rule.test(line)) return this.#leave();
    if (quote.test(line)) {
      this.#leave();
      this.#isLazy = true;
      return null;
    }
    const { mark, number, gap, rest } = item.exec(line)?.groups ?? {};
    // Within a paragraph a number begins no list but with 1, and an empty item none.
    if (mark !== undefined && (this.#paragraph === null || (rest !== '' && (number === undefined || number === '1')))) {
      this.#leave();
      const width = gap === undefined || gap === '' || gap.length > 4 ? 1 : gap.length;
      this.#itemFrom = mark.length + width;
      this.#isLazy = rest !== '';
      return null;
    }
    if (this.#isLazy) return null;
    this.#itemFrom = null;
    if (this.#paragraph === null) this.#paragraph = { start, text: line };
    else if (this.#paragraph.text.length < longestLine) this.#paragraph.text += ` ${line}`;
    return null;
  }

  #leave(): null {
    this.#paragraph = null;
    this.#itemFrom = null;
    this.#isLazy = false;
    return null;
  }
}

function indentOf(line: string): number {
  let columns = 0;
  for (const sign of line) {
    if (sign === ' ') columns += 1;
    else if (sign === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** A title as it is read: of a link its words, without the marks of emphasis and code. */
function plain(title: string): string {
  return title
    .replaceAll(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replaceAll(/\*{1,3}|`+|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
