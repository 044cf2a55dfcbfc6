import * as z from 'zod';
import { currencySchema } from './price.ts';
import type { Shape } from './shape.ts';

/** How it stands with one limit of the budget, in its currency. */
export const standingSchema = z.strictObject({
  period: z.enum(['day', 'month']),
  limit: z.number(),
  /** What was spent, and what is set aside for what is under way. */
  used: z.number(),
});
export type StandingOfBudget = Shape<typeof standingSchema>;

/** The calls of one day by one model, at one place, for one action, charged in one currency. */
export const usageGroupSchema = z.strictObject({
  /** A day of this machine's clock, such as `2026-11-30`. */
  day: z.string(),
  modelName: z.string(),
  host: z.string(),
  /** `device`: the model on this machine. */
  place: z.string().nullable(),
  /** The id of the action; null for questions in one's own words. */
  action: z.string().nullable(),
  calls: z.number(),
  /** Words that were read and written; those of entries from before they were counted are none. */
  words: z.number(),
  /** Null where nothing was charged, or no price is known. */
  currency: currencySchema.nullable(),
  low: z.number(),
  high: z.number(),
  /** Calls that left this machine and of which no price is known: they are never counted as nothing. */
  unpriced: z.number(),
});
export type UsageGroup = Shape<typeof usageGroupSchema>;

export const usageSchema = z.strictObject({
  groups: z.array(usageGroupSchema),
  standings: z.array(standingSchema),
  /** Whether anything was ever asked of a model. */
  hasAny: z.boolean(),
});
export type Usage = Shape<typeof usageSchema>;
