import * as z from 'zod';
import { locatorSchema } from '../contract/locator.ts';
import { type Basis, type Receipt, receiptSchema } from '../contract/receipt.ts';

/** What is not a number counts as untold: a receipt that is damaged in one place still says where a text went. */
const told = z.number().nullable().catch(null);

/**
 * A receipt as it was stored until version 7 of the database: the sum of all calls, and one field for each thing that an
 * answer can be made from. Those stay as they are on the disk.
 */
const formerSchema = z.object({
  where: z.enum(['device', 'server']),
  host: z.string().nullable().catch(null),
  modelId: z.string().catch(''),
  modelName: z.string().catch(''),
  promptTokens: told,
  cachedTokens: told,
  outputTokens: told,
  contextTokens: told,
  firstTextMs: told,
  wordsPerSecond: told,
  tokensPerSecond: told,
  droppedMessages: z.number().catch(0),
  lostTexts: z.number().optional().catch(undefined),
  coverage: z.object({ read: z.number(), total: z.number() }).optional().catch(undefined),
  places: z
    .array(z.object({ name: z.string().nullable(), places: z.array(locatorSchema), total: z.number().nullable() }))
    .optional()
    .catch(undefined),
});
type Former = z.infer<typeof formerSchema>;

/** A stored receipt, of now or of before; null for what is neither. */
export function readReceipt(stored: unknown): Receipt | null {
  const value = parseJson(stored);
  // Most messages have none.
  if (value === null) return null;
  const current = receiptSchema.safeParse(value);
  if (current.success) return current.data;
  const former = formerSchema.safeParse(value);
  return former.success ? fromFormer(former.data) : null;
}

function fromFormer(former: Former): Receipt {
  const { where, host, modelId, modelName, promptTokens, cachedTokens, outputTokens, contextTokens } = former;
  const { droppedMessages, firstTextMs, wordsPerSecond, tokensPerSecond } = former;
  const call = { where, host, modelId, modelName, promptTokens, cachedTokens, outputTokens, contextTokens };
  return {
    entries: [{ ...call, droppedMessages, ms: null }],
    basis: basisOf(former),
    firstTextMs,
    wordsPerSecond,
    tokensPerSecond,
  };
}

function basisOf({ lostTexts, coverage, places }: Former): Basis {
  if (coverage !== undefined) return { type: 'parts', ...coverage };
  if (places !== undefined) return { type: 'passages', texts: places };
  return lostTexts === undefined ? { type: 'whole' } : { type: 'without-earlier-texts', texts: lostTexts };
}

function parseJson(stored: unknown): unknown {
  if (typeof stored !== 'string') return null;
  try {
    return JSON.parse(stored);
  } catch {
    return null;
  }
}
