import * as z from 'zod';
import type { Shape } from './shape.ts';

/** A stretch of a changed text. */
export const diffPieceSchema = z.strictObject({
  kind: z.enum(['same', 'removed', 'added']),
  text: z.string(),
  /** Number of the change it belongs to, from 0; null for what stayed. A removal and an addition side by side are one. */
  change: z.int().min(0).nullable(),
});
export type DiffPiece = Shape<typeof diffPieceSchema>;
