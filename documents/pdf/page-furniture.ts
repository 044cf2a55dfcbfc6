import type { TextPiece } from './page-text.ts';

/** Lines from the top and from the bottom of a page among which its header and footer are. */
const edgeLines = 2;
/** A page with fewer lines may be all of what it says. */
const fewestLines = 6;
/** Pages on which a line stood before it is left out: it is there to be read on the first ones. */
const pagesBefore = 2;

/**
 * Headers and footers of pages that come one after another. A line is one where the same words, or words that count the pages,
 * stood at the same height of two pages before.
 */
export class PageFurniture {
  readonly #seen = new Map<string, number>();

  /** The pieces of the next page, without those lines. */
  without(pieces: readonly TextPiece[], page: number): readonly TextPiece[] {
    const lines = linesOf(pieces);
    if (lines.length < fewestLines) return pieces;
    const left = new Set<TextPiece>();
    for (const line of [...lines.slice(0, edgeLines), ...lines.slice(-edgeLines)]) {
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

/** The pieces of each line, from the top of the page. */
function linesOf(pieces: readonly TextPiece[]): readonly (readonly TextPiece[])[] {
  const heights = Map.groupBy(
    pieces.filter(({ str }) => str.trim() !== ''),
    ({ transform }) => Math.round(transform[5] ?? 0),
  );
  return [...heights].toSorted(([one], [other]) => other - one).map(([, line]) => line);
}

/** More numbers in a line are those of a table. */
const mostNumbers = 3;

/** A line as it is, and with each of its numbers counted from that of the page or as it is. */
function keysOf(line: readonly TextPiece[], page: number): readonly string[] {
  const height = Math.round((line[0]?.transform[5] ?? 0) / 2);
  const [first = '', ...rest] = line
    .map(({ str }) => str.trim())
    .join(' ')
    .split(/(\d+)/);
  let keys = [`${height} ${first}`];
  for (const [at, part] of rest.entries()) {
    const forms = at % 2 === 0 && rest.length <= 2 * mostNumbers ? [part, `<${Number(part) - page}>`] : [part];
    keys = keys.flatMap((key) => forms.map((form) => `${key}${form}`));
  }
  return keys;
}
