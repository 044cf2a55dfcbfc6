import * as z from 'zod';
import type { Shape } from './shape.ts';

export const currencySchema = z.enum(['USD', 'CNY']);
export type Currency = z.infer<typeof currencySchema>;

/** What one call of a model cost, in units of the currency; `low` and `high` differ where the tariff leaves it open. */
export const costSchema = z.strictObject({
  currency: currencySchema,
  low: z.number().min(0),
  high: z.number().min(0),
  /** Hash of the price row it is counted by: a later correction changes no receipt. */
  row: z.string().max(64),
  /** The day on which that price was last seen. */
  on: z.string().max(10),
});
export type Cost = Shape<typeof costSchema>;
