import * as z from 'zod';
import { currencySchema } from '../../contract/price.ts';
import { refusalSchema } from '../openai-compatible/dialects.ts';
import data from './providers.json' with { type: 'json' };

const text = z.string().min(1);
const day = z.iso.date();
const body = z.record(text, z.unknown());

/** What is known, with where that was read and when; or that it is not known. */
function fact<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal('unknown'), z.strictObject({ is: schema, source: text, on: day })]);
}

const names = z.strictObject({ en: text, 'zh-CN': text });

/** Where a provider answers: one address for each kind of account, and others that lead to the same. */
const regionSchema = z.strictObject({
  id: text,
  names: names.optional(),
  address: z.url(),
  alternates: z.array(z.url()).default([]),
  /** For keys of a subscription alone, whose terms mostly limit what they may be used for. */
  plan: z.boolean().default(false),
  source: text,
  on: day,
});

/** `always`: it thinks whatever it is asked. An image goes to no model that is not known to see. */
const modelSchema = z.strictObject({
  id: text,
  sees: fact(z.boolean()),
  thinks: z.enum(['switch', 'always', 'never', 'unknown']),
  /** Answers to keys of a subscription alone. */
  planOnly: fact(z.boolean()).optional(),
});

/** Where an account tells its own figures, each at names with dots between them. */
const accountSchema = z.strictObject({
  /** Under the region's address. */
  path: z.string().startsWith('/'),
  /** Where a list of them stands, one for each currency; the answer itself when left out. */
  list: text.optional(),
  figures: z
    .array(
      z.strictObject({
        what: z.enum(['left', 'spent-month', 'spent']),
        is: text,
        /** `/` and where it stands, the currency of every account, or that of each region by its id. */
        currency: z.union([currencySchema, z.string().startsWith('/'), z.record(text, currencySchema)]),
      }),
    )
    .min(1),
});
export type Account = z.infer<typeof accountSchema>;

const policySchema = z.strictObject({
  /** Days that questions and answers are kept at most where nobody agreed on more; 0: not kept. */
  retentionDays: fact(z.int().min(0)),
  /** `unless-paid`: accounts that pay nothing are learned from. `by-control`: not where `control` is sent. */
  training: fact(z.enum(['no', 'yes', 'unless-paid', 'by-control'])),
  /** The strictest that a request can ask for, which every request asks for. */
  control: fact(z.strictObject({ body, says: z.enum(['store-off', 'no-collectors', 'organisation', 'own', 'none']) })),
});

/** One provider: all that is told apart between them is here, so that one more is a row and no code. */
const providerSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  group: z.enum(['china', 'international', 'own']),
  names,
  protocol: z.enum(['chat', 'responses', 'messages', 'gemini']),
  regions: z.array(regionSchema).min(1),
  /** Hosts that it has left: an address there is offered the move. */
  formerHosts: z.array(z.strictObject({ host: text, source: text, on: day })),
  /** Variables of the environment that its key is usually kept in. */
  variables: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/)),
  /** How keys of a subscription begin. */
  planKeys: z.array(text),
  /** Whether `/models` lists what answers, and what it leaves out. */
  list: fact(z.strictObject({ is: z.enum(['yes', 'partly', 'no']), gaps: z.string() })),
  /** An address under its own that tells whether a key is right, where the list of models needs none. */
  keyProbe: fact(z.string().startsWith('/')).optional(),
  /** Where an account tells what it has left or has spent. */
  account: fact(accountSchema).optional(),
  /** Offered first, the cheapest for short work before others. */
  models: z.array(modelSchema),
  /** What a question says so that a model thinks or does not; `always`: to one that cannot leave it. */
  thinking: fact(
    z.strictObject({ on: body, off: body, always: body.optional(), fixedSampling: z.boolean().optional() }),
  ),
  /** The field that bounds an answer, which is sent with every question. */
  limitField: fact(z.enum(['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'maxOutputTokens'])),
  /** Where it tells what an answer used, and how cached tokens are counted. */
  usage: fact(text),
  cache: fact(text),
  policy: policySchema,
  /** What its own codes mean, before those of all. */
  errors: z.array(refusalSchema),
  errorsFrom: fact(text),
});
export type Provider = z.infer<typeof providerSchema>;
export type Protocol = Provider['protocol'];
export type Fact<Value> = 'unknown' | { readonly is: Value; readonly source: string; readonly on: string };

export const providersSchema = z.array(providerSchema);
export const providers: readonly Provider[] = providersSchema.parse(data);

/** The provider of an id, or null: a settings file may name one that this version does not have. */
export function providerOf(id: string | undefined): Provider | null {
  return providers.find((provider) => provider.id === id) ?? null;
}

/** What a fact says, or null where it is not known. */
export function known<Value>(fact: Fact<Value> | undefined): Value | null {
  return fact === undefined || fact === 'unknown' ? null : fact.is;
}
