import { createHash } from 'node:crypto';
import * as z from 'zod';
import { currencySchema } from '../../contract/price.ts';

const rate = z.number().min(0).nullable();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const monthDay = z.string().regex(/^\d\d-\d\d$/);

/**
 * Rates for a million tokens, of a prompt that has at most `upToInput` of them; null: of any length. The whole of a question
 * has the rates of its length. Unknown rates are null: what is cached then costs between nothing and what is not, what goes
 * into the cache as much as other input, what is thought as much as what is written.
 */
const tierSchema = z.strictObject({
  upToInput: z.int().positive().nullable(),
  input: z.number().min(0),
  cached: rate,
  cacheWrite: rate,
  output: z.number().min(0),
  thinking: rate,
});

const tiersSchema = z.array(tierSchema).min(1);

/** Windows of time in the provider's zone in which `tiers` hold; at other times, and on holidays, `otherwise` does. */
const hoursSchema = z.strictObject({
  zone: z.string().min(1),
  /** Monday is 1. The end is not within; a window may go over midnight. */
  windows: z.array(z.strictObject({ weekdays: z.array(z.int().min(1).max(7)).min(1), from: clock, to: clock })),
  otherwise: tiersSchema,
  exceptHolidays: z.string().optional(),
});

export const priceSchema = z.strictObject({
  /** The id of a provider, or the host of a server of one's own. */
  provider: z.string().min(1),
  model: z.string().min(1),
  currency: currencySchema,
  /** Regions of the provider that charge this; all of them when left out. */
  regions: z.array(z.string()).optional(),
  /** Where one address charges in two currencies: the language of those who are charged in this one. */
  language: z.enum(['en', 'zh-CN']).optional(),
  tiers: tiersSchema,
  hours: hoursSchema.optional(),
  source: z.string().min(1),
  on: z.iso.date(),
});
export type Price = z.infer<typeof priceSchema>;
export type Tier = z.infer<typeof tierSchema>;

/** Days of the year between which holidays can lie. */
const holidaysSchema = z.record(
  z.string(),
  z.strictObject({ about: z.string(), between: z.array(z.tuple([monthDay, monthDay])) }),
);

export const priceFileSchema = z.strictObject({
  holidays: holidaysSchema.default({}),
  prices: z.array(priceSchema).max(5000),
});
export type PriceFile = z.infer<typeof priceFileSchema>;
export type Holidays = PriceFile['holidays'];

/** Tells two rows apart by all that they say. */
export function hashOf(price: Price): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(price)))
    .digest('hex')
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
