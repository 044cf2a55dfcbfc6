import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import { currencySchema } from './price.ts';
import type { Shape } from './shape.ts';

const bothLanguages = z.strictObject({ en: z.string(), 'zh-CN': z.string() });

/** What a model charges for a million tokens, of the shortest prompts; null where it is not known. */
export const shownPriceSchema = z.strictObject({
  currency: currencySchema,
  input: z.number(),
  output: z.number(),
  /** What the same costs outside the hours of the dearer rate. */
  otherwise: z.strictObject({ input: z.number(), output: z.number() }).nullable(),
  /** Longer prompts cost more, or have no price that is known. */
  variesByLength: z.boolean(),
  /** The day on which it was last seen, and whether that was long ago. */
  on: z.string(),
  stale: z.boolean(),
  /** Set by the person. */
  own: z.boolean(),
});
export type ShownPrice = Shape<typeof shownPriceSchema>;

export const providerModelSchema = z.strictObject({
  id: z.string(),
  thinks: z.enum(['switch', 'always', 'never', 'unknown']),
  price: shownPriceSchema.nullable(),
});
export type ProviderModel = Shape<typeof providerModelSchema>;

/** Who may keep or learn from what is sent. Null: not known, which is said. */
export const policySchema = z.strictObject({
  retentionDays: z.number().nullable(),
  training: z.enum(['no', 'yes', 'unless-paid', 'by-control']).nullable(),
  /** The strictest that is asked for with every question. */
  control: z.enum(['store-off', 'no-collectors', 'organisation', 'own', 'none']).nullable(),
  /** The day on which the newest of this was read. */
  on: z.string().nullable(),
});
export type Policy = Shape<typeof policySchema>;

/** A provider as the person sees it. Null: not known, which is said. */
export const providerRowSchema = z.strictObject({
  id: z.string(),
  group: z.enum(['china', 'international', 'own']),
  names: bothLanguages,
  regions: z.array(
    z.strictObject({ id: z.string(), names: bothLanguages.nullable(), address: z.string(), plan: z.boolean() }),
  ),
  /** How keys of a subscription begin, which are no keys of a metered address. */
  planKeys: z.array(z.string()),
  policy: policySchema,
  models: z.array(providerModelSchema),
  /** Ids of the servers that were added of it. */
  servers: z.array(z.string()),
});
export type ProviderRow = Shape<typeof providerRowSchema>;

/** One of an account's own figures: what it has left, or has spent in this month of the provider's clock or at all. */
export const accountFigureSchema = z.strictObject({
  what: z.enum(['left', 'spent-month', 'spent']),
  currency: currencySchema,
  amount: z.number(),
});
export type AccountFigure = Shape<typeof accountFigureSchema>;

/** A server whose provider tells what its account has. */
export const accountRowSchema = z.strictObject({ serverId: z.string(), label: z.string(), host: z.string() });
export type AccountRow = Shape<typeof accountRowSchema>;

export const providerTestSchema = z.strictObject({
  ok: z.boolean(),
  error: appErrorSchema.nullable(),
  /** The address that took the key: another region's, where the one that was asked first refused it. */
  address: z.string(),
  /** True where that is not the one that was asked for. */
  moved: z.boolean(),
  models: z.array(providerModelSchema),
});
export type ProviderTest = Shape<typeof providerTestSchema>;
