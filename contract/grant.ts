import * as z from 'zod';
import { inBothLanguages } from './atom-steps.ts';
import type { Shape } from './shape.ts';

/** Most that are kept; the one that was given longest ago goes. */
export const mostGrants = 200;

/** A word of the person: one action, as it was then, may add to a file or notify. Another version of the action asks anew. */
export const grantSchema = z.strictObject({
  id: z.string().min(1).max(100),
  actionId: z.string().max(60),
  name: inBothLanguages,
  /** Name of the file in the folder of notes; null for notifications of the system. */
  file: z.string().max(120).nullable(),
  /** SHA-256 of what the action does, in hexadecimal digits. */
  does: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it was given, in milliseconds since 1970. */
  at: z.number(),
});
export type Grant = Shape<typeof grantSchema>;

export const grantsStateSchema = z.strictObject({ list: z.array(grantSchema).max(mostGrants) });
export type GrantsState = Shape<typeof grantsStateSchema>;
