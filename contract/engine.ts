import * as z from 'zod';
import { type Contract, request, stream } from './define.ts';
import { appErrorSchema } from './error-shape.ts';
import { samplingSchema } from './model.ts';
import { costSchema } from './price.ts';
import type { Shape } from './shape.ts';

/** One turn as a model is given it. */
export const promptMessageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string(),
});
export type PromptMessage = z.infer<typeof promptMessageSchema>;

/** Longest text that goes along with a hint, in UTF-16 units. */
const mostHinted = 400_000;

/**
 * What is known of an answer before it is made. Whoever makes it may use each of them or none; all that it changes is said
 * with each.
 */
export const generationHintsSchema = z.strictObject({
  /**
   * The text that the answer mostly repeats, as a correction does. A model may read ahead in it (prompt-lookup decoding),
   * where `temperature` is 0 and nothing is penalised. Ignored, the same answer comes slower.
   */
  draftFrom: z.string().max(mostHinted).optional(),
  /**
   * The answer is about as long as the prompt. A model may refuse with `model/context-full` or `server/context-full` what
   * leaves no room for both. Ignored, the answer is cut where the model is full, and its end says so.
   */
  expectLong: z.boolean().optional(),
  /**
   * An answer that was broken off. A model that states `continue` goes on behind `text` and does not say it again; ignored,
   * the answer begins anew, which is right for a model that does not state it.
   */
  continueFrom: z
    .strictObject({
      text: z.string().min(1).max(mostHinted),
      /** Asks for the rest, of a model that takes an answer at the end of a prompt for a finished one. */
      request: z.string().min(1).max(2000),
      /** Whether white space follows `text`, where a word behind it is to be written anew; left out where none was begun. */
      spaceAfter: z.boolean().optional(),
    })
    .optional(),
});
export type GenerationHints = z.infer<typeof generationHintsSchema>;

export const generateSchema = z.strictObject({
  messages: z.array(promptMessageSchema).min(1),
  sampling: samplingSchema,
  /** Longest answer in tokens. */
  maxTokens: z.int().min(1).max(131_072),
  seed: z.int().min(0).optional(),
  /** `off`: the model is asked to answer without thinking where it can. */
  thinking: z.enum(['on', 'off']),
  /**
   * A JSON Schema that the answer is held to, letter by letter, by a model that states `jsonSchema`; fails with
   * `app/bad-request` where no answer can be held to it. One behind a protocol with a mode for schemas is asked by that mode.
   */
  answerSchema: z.record(z.string(), z.unknown()).optional(),
  hints: generationHintsSchema,
});
export type GenerateInput = z.infer<typeof generateSchema>;

const count = z.int().min(0);
/** A part of a text; the engine sends a few tokens at a time. */
const deltaText = z.string().max(1_000_000);

/** Counts of one generation, in tokens of the model that ran. */
export const generateUsageSchema = z.strictObject({
  promptTokens: count.nullable(),
  cachedTokens: count.nullable(),
  /** Part of the prompt that the server put into its cache, which some charge more for. Left out where nobody tells. */
  cacheWriteTokens: count.nullable().optional(),
  outputTokens: count.nullable(),
  /** Part of what was written that was thought. */
  thinkingTokens: count.nullable().optional(),
  contextTokens: count.nullable(),
  droppedMessages: count,
  /** Places of the prompt in which a pseudonym stood; left out where none did. */
  hidden: count.optional(),
  /** What it cost by the price that was known then; left out where none is, or where nothing left this machine. */
  cost: costSchema.optional(),
});
export type GenerateUsage = Shape<typeof generateUsageSchema>;

/** Why a model ended: it was done, was as long as it was asked to be, or holds no more. */
const finishReasonSchema = z.enum(['stop', 'length', 'full']);
export type FinishReason = Shape<typeof finishReasonSchema>;

/**
 * Parts of one generation, the same for every model port. The last part is `finish`, `failure` or `aborted`; nothing is
 * thrown. `prompt-progress` counts prompt tokens evaluated so far.
 */
export const modelPartSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('queue-position'), ahead: count }),
  z.strictObject({ type: z.literal('prompt-progress'), done: count, total: count }),
  z.strictObject({ type: z.literal('messages-dropped'), count }),
  z.strictObject({ type: z.literal('thinking-delta'), text: deltaText }),
  z.strictObject({ type: z.literal('text-delta'), text: deltaText }),
  /** All text of this generation so far was thought: a closing mark came whose opening the model had never written. */
  z.strictObject({ type: z.literal('text-was-thinking') }),
  z.strictObject({ type: z.literal('finish'), reason: finishReasonSchema, usage: generateUsageSchema }),
  z.strictObject({ type: z.literal('failure'), error: appErrorSchema }),
  z.strictObject({ type: z.literal('aborted') }),
]);
export type ModelPart = Shape<typeof modelPartSchema>;

/** A part of one of several generations that run at once. */
export const indexedPartSchema = z.strictObject({ index: count, part: modelPartSchema });
export type IndexedPart = Shape<typeof indexedPartSchema>;

/** As many sequences as gain anything at once on a processor without a graphics card (measured: 8 give 1.9x). */
export const mostAtOnce = 8;
/** Longest list of `engine.generateEach`. */
export const mostInList = 64;

export const loadedModelSchema = z.strictObject({
  contextTokens: count,
  trainedContextTokens: count,
  bytes: count,
  threads: count,
  networkOff: z.boolean(),
});
export type LoadedModel = Shape<typeof loadedModelSchema>;

/** Bounds of one request for vectors: texts, and characters (UTF-16 units) of each. */
export const embedLimits = { texts: 256, characters: 4000 } as const;

/** The vector of one text: its place in the list, and 32 bit floats, little-endian, in base64. */
export const embeddedTextSchema = z.strictObject({ index: count, vector: z.string().max(200_000) });
export type EmbeddedText = Shape<typeof embeddedTextSchema>;

/** Answered by the engine process, asked by its client in core. */
export const engineContract = {
  requests: {
    /** Loads a model file; the engine holds one at a time. Fails with `model/…` codes. */
    'engine.load': request(
      z.strictObject({
        path: z.string(),
        cacheBytesPerToken: z.int().positive().nullable(),
        contextTokens: z.int().positive().nullable(),
        threads: z.int().min(1).max(256),
        thinking: z.enum(['none', 'switchable', 'always']),
        /** Every byte of the file is known; else its chat template is run in a process of its own. */
        isKnown: z.boolean().optional(),
      }),
    ).returns(loadedModelSchema),
    /** Loads an embedding model, for a process that holds no other. Fails with `model/…` codes. */
    'engine.loadEmbedding': request(z.strictObject({ path: z.string(), threads: z.int().min(1).max(256) })).returns(
      z.strictObject({
        /** How many numbers a vector has. */
        dimensions: count,
        networkOff: z.boolean(),
      }),
    ),
    /** Answered when every stream that was aborted before it was asked has ended. */
    'engine.settled': request(z.strictObject({})).returns(z.null()),
    'engine.unload': request(z.strictObject({})).returns(z.null()),
    'engine.ping': request(z.strictObject({})).returns(z.strictObject({ residentBytes: count })),
  },
  streams: {
    'engine.generate': stream(generateSchema).of(modelPartSchema),
    /**
     * Reads a prompt and writes nothing, so that the next request that begins the same starts at once. Its parts are those
     * of `engine.generate` without text; what was read before an abort stays read.
     */
    'engine.prefill': stream(z.strictObject({ messages: z.array(promptMessageSchema).min(1) })).of(modelPartSchema),
    /**
     * Up to `mostAtOnce` at once; the parts of each are those of `engine.generate`, with its place in the list. Who waits
     * for the engine meanwhile comes before those that have not begun.
     */
    'engine.generateEach': stream(z.strictObject({ inputs: z.array(generateSchema).min(1).max(mostInList) })).of(
      indexedPartSchema,
    ),
    /** Vectors of length 1, one text after another; an abort is looked at between two. */
    'engine.embed': stream(
      z.strictObject({ texts: z.array(z.string().max(embedLimits.characters)).min(1).max(embedLimits.texts) }),
    ).of(embeddedTextSchema),
    /**
     * Requantises a model file so that batches are read faster, and gives the copy its name when it is whole. A
     * file at `target` is replaced; an abort leaves none. Fails with `model/…` codes.
     */
    'engine.makeFastCopy': stream(z.strictObject({ source: z.string(), target: z.string() })).of(
      z.strictObject({ doneBytes: count }),
    ),
    /** 0 to 1 while a load goes on. */
    'engine.loading': stream(z.strictObject({})).of(z.strictObject({ progress: z.number().min(0).max(1) })),
  },
  states: {},
} as const satisfies Contract;
