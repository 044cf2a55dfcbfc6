/** A stretch of a changed text. */
export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Number of the change it belongs to, from 0; null for what stayed. A removal and an addition side by side are one. */
  readonly change: number | null;
}
