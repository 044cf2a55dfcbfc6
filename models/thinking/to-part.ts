import type { ModelPart } from '../../contract/engine.ts';
import type { TextPiece } from './thinking-splitter.ts';

/** A piece of an answer as a part of a generation. */
export function toPart(piece: TextPiece): ModelPart {
  if (piece.kind === 'was-thinking') return { type: 'text-was-thinking' };
  return { type: piece.kind === 'text' ? 'text-delta' : 'thinking-delta', text: piece.text };
}
