import * as z from 'zod';
import { ruleSchema } from './rule.ts';
import type { Shape } from './shape.ts';

/** Why the model that answered was asked, and no other. */
export const reasonSchema = z.discriminatedUnion('type', [
  /** Nothing was chosen: what is on this machine comes first. */
  z.strictObject({ type: z.literal('here-first') }),
  /** It is the model that the person chose. */
  z.strictObject({ type: z.literal('chosen') }),
  /** The person chose it for this question, or with `here` that it is answered on this machine. */
  z.strictObject({ type: z.literal('this-time'), here: z.boolean() }),
  /** It is the model of the action. */
  z.strictObject({ type: z.literal('action') }),
  /** The model of the action, or that a rule names, is gone: the chosen one answered. */
  z.strictObject({ type: z.literal('gone'), of: z.enum(['action', 'rule']) }),
  /** A rule, as it was then. */
  z.strictObject({ type: z.literal('rule'), rule: ruleSchema }),
]);
export type Reason = Shape<typeof reasonSchema>;
