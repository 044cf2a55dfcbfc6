import * as z from 'zod';
import { samplingSchema } from './model.ts';
import type { Shape } from './shape.ts';

/** A text in both languages. */
export const inBothLanguages = z.strictObject({
  en: z.string().min(1).max(8000),
  'zh-CN': z.string().min(1).max(8000),
});
export type InBothLanguages = Shape<typeof inBothLanguages>;

/** What passes from one step to the next. */
export const stepTypeSchema = z.enum(['text', 'list', 'table']);
export type StepType = z.infer<typeof stepTypeSchema>;

const pattern = z.string().min(1).max(500);
const shortText = z.string().max(2000);

/** What every step may say. `off`: it is passed over, as if it were not there. */
const every = { off: z.boolean().optional() } as const;

/** A model is told something about the text; `each`: about every item of a list. */
const promptStep = z.strictObject({
  ...every,
  do: z.literal('prompt'),
  prompt: inBothLanguages,
  each: z.boolean().optional(),
  /** With `each`: below every answer stands the item that it is about, as a quotation. */
  beside: z.boolean().optional(),
  sampling: samplingSchema.partial().optional(),
  /** Longest answer in tokens. */
  maxTokens: z.int().min(16).max(8192).optional(),
  /** A JSON Schema (2020-12) that each answer is held to; the answer is JSON then. */
  schema: z.record(z.string(), z.unknown()).optional(),
});
export type PromptStep = Shape<typeof promptStep>;

/**
 * Steps that need no model. A pattern is a regular expression in RE2's syntax, whose time is bounded by the length of the
 * text; it sees one line, item or text at a time.
 */
export const plainStepSchema = z.discriminatedUnion('do', [
  z.strictObject({ ...every, do: z.literal('case'), to: z.enum(['upper', 'lower', 'title', 'sentence']) }),
  /** `marks`: Markdown's. `wraps`: line breaks within paragraphs. `spaces`: at ends of lines, and more than one of them. */
  z.strictObject({
    ...every,
    do: z.literal('clean'),
    what: z.array(z.enum(['marks', 'wraps', 'spaces', 'blank-lines'])).min(1),
  }),
  z.strictObject({ ...every, do: z.literal('replace'), find: shortText.min(1), with: shortText }),
  z.strictObject({ ...every, do: z.literal('replace-pattern'), pattern, with: shortText }),
  z.strictObject({ ...every, do: z.literal('split'), at: z.enum(['lines', 'paragraphs', 'sentences']) }),
  z.strictObject({ ...every, do: z.literal('extract'), what: z.enum(['emails', 'links', 'numbers']) }),
  z.strictObject({ ...every, do: z.literal('extract-pattern'), pattern }),
  /** Keeps what has it; with `not`, what has it not. */
  z.strictObject({ ...every, do: z.literal('filter'), has: shortText.min(1), not: z.boolean().optional() }),
  z.strictObject({ ...every, do: z.literal('filter-pattern'), pattern, not: z.boolean().optional() }),
  z.strictObject({
    ...every,
    do: z.literal('sort'),
    by: z.enum(['text', 'number', 'length']),
    order: z.enum(['up', 'down']).optional(),
  }),
  z.strictObject({ ...every, do: z.literal('unique') }),
  z.strictObject({ ...every, do: z.literal('reverse') }),
  z.strictObject({
    ...every,
    do: z.literal('join'),
    with: shortText.optional(),
    mark: z.enum(['bullet', 'number']).optional(),
  }),
  /** Reads a table: CSV, with tabs, semicolons or bars, or as Markdown. */
  z.strictObject({ ...every, do: z.literal('read-table') }),
  z.strictObject({ ...every, do: z.literal('write-table'), as: z.enum(['markdown', 'csv', 'tabs', 'json']) }),
  z.strictObject({ ...every, do: z.literal('json'), style: z.enum(['pretty', 'compact']) }),
  z.strictObject({ ...every, do: z.literal('count'), what: z.enum(['words', 'characters', 'lines']) }),
  /** Goes on where the text has it, or with `not` where it has it not; else the chain ends there. */
  z.strictObject({ ...every, do: z.literal('when'), has: shortText.min(1), not: z.boolean().optional() }),
  /** `{text}`, `{date}` (2029-11-29) and `{time}` (14:05) are filled in; other braces are text. */
  z.strictObject({ ...every, do: z.literal('template'), text: inBothLanguages }),
]);
export type PlainStep = Shape<typeof plainStepSchema>;

/** Name of a file in the folder that actions add to: never a path, a hidden file, or one that a program would run. */
const noteName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^/\\:*?"<>|\p{Cc}\p{Cf}\u2028\u2029]+$/u)
  .refine((name) => /^[^.]+(?:\.(?:md|txt|csv))?$/.test(name));

/** Steps that do something outside of the chain: what comes to them goes on as it is. None is done in a trial. */
export const deedStepSchema = z.discriminatedUnion('do', [
  /** Opens the address that the text is, in the browser; the person is asked each time. */
  z.strictObject({ ...every, do: z.literal('open-link') }),
  /** Adds the text to the end of a file; the person is asked once for each action and file, or each time. */
  z.strictObject({ ...every, do: z.literal('append-file'), file: noteName }),
  /** Writes the text into a new file; `{date}` and `{time}` are filled in, and a name that is taken gets a number. Asked as before. */
  z.strictObject({ ...every, do: z.literal('new-file'), file: noteName }),
  /** Tells the first lines of the text by a notification of the system; the person is asked once for each action, or each time. */
  z.strictObject({ ...every, do: z.literal('notify') }),
]);
export type DeedStep = Shape<typeof deedStepSchema>;

export const stepSchema = z.discriminatedUnion('do', [
  promptStep,
  ...plainStepSchema.options,
  ...deedStepSchema.options,
]);
export type Step = Shape<typeof stepSchema>;

const deeds: ReadonlySet<string> = new Set(deedStepSchema.options.map(({ shape }) => shape.do.value));

export function isDeed(step: Step): step is DeedStep {
  return deeds.has(step.do);
}

/** The steps that are done: those that are switched off make nothing, and take nothing. */
export function stepsDone<One extends { readonly off?: boolean | undefined }>(steps: readonly One[]): readonly One[] {
  return steps.filter(({ off = false }) => !off);
}
