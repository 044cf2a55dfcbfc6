import type { TextPiece } from './page-text.ts';

/** Text that stands together on one line: the words of a line of a column, or of a cell. In points, from the lower left. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly height: number;
}

/** Room between two words that still belong together, in heights of a letter. */
const mostBetweenWords = 1.3;
const leastBetweenWords = 0.18;
/** Letters of one line stand apart from it by less: raised and lowered ones too. */
const mostRaised = 0.5;
/** Overlapping more than this, a piece is not the next one. */
const mostOverlap = 0.5;

/** The segments of a page in the order in which they were drawn; null where some of it does not stand upright. */
export function segmentsOf(pieces: readonly TextPiece[]): readonly Segment[] | null {
  const segments: Segment[] = [];
  let open: Segment | null = null;
  let spaceBefore = false;
  for (const piece of pieces) {
    if (piece.str.trim() === '') {
      spaceBefore = true;
      continue;
    }
    const placed = placedAs(piece);
    if (placed === null) return null;
    const joined: Segment | null = open === null ? null : join(open, placed, spaceBefore);
    if (joined === null) segments.push(placed);
    else segments[segments.length - 1] = joined;
    open = joined ?? placed;
    spaceBefore = false;
  }
  return segments;
}

function placedAs({ str, transform, width, height, dir }: TextPiece): Segment | null {
  const [, up = 0, slant = 0, tall = 0, left = 0, baseline = 0] = transform;
  const size = height > 0 ? height : Math.abs(tall);
  // Letters that lean to one side have a slant, and no turn.
  if (Math.abs(up) > 0.01 || Math.abs(slant) > size || size <= 0 || width <= 0 || dir !== 'ltr') return null;
  return { text: str, left, right: left + width, baseline, height: size };
}

/** Both as one; null where the second does not go on from the first. */
function join(first: Segment, next: Segment, spaceBetween: boolean): Segment | null {
  const height = Math.max(first.height, next.height);
  const gap = next.left - first.right;
  if (Math.abs(first.baseline - next.baseline) > height * mostRaised) return null;
  if (gap > height * mostBetweenWords || gap < -height * mostOverlap) return null;
  const isOpen = gap > height * leastBetweenWords || spaceBetween;
  const space = isOpen && !first.text.endsWith(' ') && !next.text.startsWith(' ') ? ' ' : '';
  const { baseline } = first.height >= next.height ? first : next;
  return { text: `${first.text}${space}${next.text}`, left: first.left, right: next.right, baseline, height };
}
