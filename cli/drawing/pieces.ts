/** How a piece of text looks on a terminal that can show it; elsewhere it is the text alone. */
export type Look =
  | 'strong'
  | 'dim'
  | 'emphasis'
  | 'underlined'
  | 'struck'
  | 'good'
  | 'doubtful'
  | 'bad'
  | 'code'
  | 'accent';

/** A text with its looks. Whatever it holds, no terminal is steered by it: that is seen to where it is written. */
export interface Piece {
  readonly text: string;
  readonly looks: readonly Look[];
}

export type Line = string | readonly Piece[];

export function piece(text: string, ...looks: readonly Look[]): Piece {
  return { text, looks };
}

export function toPieces(line: Line): readonly Piece[] {
  return typeof line === 'string' ? [{ text: line, looks: [] }] : line;
}

export function textOf(line: Line): string {
  return typeof line === 'string' ? line : line.map(({ text }) => text).join('');
}
