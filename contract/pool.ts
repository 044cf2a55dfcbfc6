import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import type { Shape } from './shape.ts';

/** What is known of a server by the questions that were put to it since core began. */
export const serverLoadSchema = z.strictObject({
  serverId: z.string(),
  /** Questions that it is at work on. */
  busy: z.int().min(0),
  /** Questions that it gave a first word to. */
  answered: z.int().min(0),
  /** Why it gave none the last time; null when it did. It is asked last for a while. */
  failed: appErrorSchema.nullable(),
});
export type ServerLoad = Shape<typeof serverLoadSchema>;

export const poolSchema = z.strictObject({ servers: z.array(serverLoadSchema).max(200) });
export type PoolState = Shape<typeof poolSchema>;
