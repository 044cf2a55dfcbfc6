import type { TextPiece } from './page-text.ts';

/** Lines from the top and from the bottom of a page among which its header and footer are. */
const edgeLines = 2;
/** A page with fewer lines may be all of what it says. */
const fewestLines = 6;
/** Pages on which a line stood before it is left out: it is there to be read on the first ones. */
const pagesBefore = 2;

/** Room between a header or footer and what is on the page, in heights of a letter; less is that between lines. */
const leastApart = 1.6;

/**
 * Headers and footers of pages that come one after another. A line is one where it stands apart at the edge of the page, and the
 * same words, or a number that counts the pages, stood there on two pages before. What else counts, such as the days of a diary,
 * is what the page says.
 */
export class PageFurniture {
  readonly #seen = new Map<string, number>();

  /** The pieces of the next page, without those lines. */
  without(pieces: readonly TextPiece[], page: number): readonly TextPiece[] {
    const lines = linesOf(pieces);
    if (lines.length < fewestLines) return pieces;
    const left = new Set<TextPiece>();
    for (const line of [...edgeOf(lines), ...edgeOf(lines.toReversed())]) {
      const known = keysOf(line, page).map((key) => this.#count(key));
      if (known.some((pages) => pages >= pagesBefore)) for (const piece of line) left.add(piece);
    }
    return left.size === 0 ? pieces : pieces.filter((piece) => !left.has(piece));
  }

  /** On how many pages it was before this one. */
  #count(key: string): number {
    const before = this.#seen.get(key) ?? 0;
    this.#seen.set(key, before + 1);
    return before;
  }
}

type Line = readonly TextPiece[];

/** The pieces of each line, from the top of the page. */
function linesOf(pieces: readonly TextPiece[]): readonly Line[] {
  const heights = Map.groupBy(
    pieces.filter(({ str }) => str.trim() !== ''),
    (piece) => Math.round(heightOf(piece)),
  );
  return [...heights].toSorted(([one], [other]) => other - one).map(([, line]) => line);
}

const heightOf = ({ transform }: TextPiece) => transform[5] ?? 0;

/** The first lines, as far as room parts them from the rest; none where nothing does. */
function edgeOf(lines: readonly Line[]): readonly Line[] {
  for (let count = edgeLines; count > 0; count -= 1) {
    const [last, next] = [lines[count - 1]?.[0], lines[count]?.[0]];
    if (last === undefined || next === undefined) continue;
    if (Math.abs(heightOf(last) - heightOf(next)) > Math.max(last.height, next.height) * leastApart)
      return lines.slice(0, count);
  }
  return [];
}

/** More numbers in a line are those of a table. */
const mostNumbers = 3;
/** All that may stand beside the number of a page: signs, and the words for a page and for how many there are. */
const pageWords = /^(?:[\s\p{P}\p{S}]|pages?|pp?|of|seiten?|von|pagina|página|sur|de|第|页|頁|共)*$/iu;

/** A line as it is, and where it is a number of a page with each of its numbers counted from that page or as it is. */
function keysOf(line: Line, page: number): readonly string[] {
  const height = Math.round((line[0] === undefined ? 0 : heightOf(line[0])) / 2);
  const text = line.map(({ str }) => str.trim()).join(' ');
  const [first = '', ...rest] = text.split(/(\d+)/);
  const counts = rest.length <= 2 * mostNumbers && pageWords.test(text.replaceAll(/\d+/g, ''));
  let keys = [`${height} ${first}`];
  for (const [at, part] of rest.entries()) {
    const forms = counts && at % 2 === 0 ? [part, `<${Number(part) - page}>`] : [part];
    keys = keys.flatMap((key) => forms.map((form) => `${key}${form}`));
  }
  return keys;
}
