import * as z from 'zod';
import { runFormSchema } from './atom-forms.ts';
import { messageStateSchema } from './conversation.ts';
import { appErrorSchema } from './error-shape.ts';
import { receiptSchema } from './receipt.ts';
import type { Shape } from './shape.ts';

/** What a run is busy with before and while it writes. */
export const runPhaseSchema = z.enum([
  'queued',
  'waiting-for-model',
  'loading-model',
  'reading',
  'thinking',
  'writing',
]);
export type RunPhase = z.infer<typeof runPhaseSchema>;

/**
 * The parts of one answer, in order. A window that attaches late gets one `run-caught-up` with all text so far and then
 * what comes; another one takes the place of all before it (text that turned out to be thought); the last part is always
 * `run-finished`.
 */
export const runPartSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run-caught-up'),
    conversationId: z.string(),
    questionId: z.string(),
    answerId: z.string(),
    phase: runPhaseSchema,
    text: z.string(),
    thinking: z.string(),
    modelName: z.string(),
    where: z.enum(['device', 'server']),
    host: z.string().nullable(),
    /** Text that comes may turn out to be thought; another `run-caught-up` says so. */
    takesBack: z.boolean(),
    /** The hash of a later prompt that waits for the person's word, as `asks-changed` tells it. */
    asks: z.string().max(100).exactOptional(),
    /** The form that waits to be filled in, as `form-changed` tells it. */
    form: runFormSchema.exactOptional(),
  }),
  /** An action asks the person something before it begins (`run.fill`); null once that is answered. */
  z.strictObject({ type: z.literal('form-changed'), form: runFormSchema.nullable() }),
  /** A later prompt waits until the person has seen it (`run.shown`) and agrees to its hash (`run.agree`); null once none does. */
  z.strictObject({ type: z.literal('asks-changed'), hash: z.string().max(100).nullable() }),
  z.strictObject({ type: z.literal('phase-changed'), phase: runPhaseSchema, done: z.number(), total: z.number() }),
  z.strictObject({ type: z.literal('text-delta'), text: z.string() }),
  z.strictObject({ type: z.literal('thinking-delta'), text: z.string() }),
  z.strictObject({ type: z.literal('messages-dropped'), count: z.number() }),
  z.strictObject({
    type: z.literal('run-finished'),
    state: messageStateSchema.exclude(['growing']),
    error: appErrorSchema.nullable(),
    receipt: receiptSchema.nullable(),
    canGoOn: z.boolean(),
  }),
]);
export type RunPart = Shape<typeof runPartSchema>;

/** Answer to `run.start`: the question is on disk when this arrives. */
export const runStartedSchema = z.strictObject({
  runId: z.string(),
  conversationId: z.string(),
  questionId: z.string(),
  answerId: z.string(),
});
export type RunStarted = Shape<typeof runStartedSchema>;
