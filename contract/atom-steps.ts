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
  /** `{text}`, `{date}` (2029-11-29) and `{time}` (14:05) are filled in; other braces are text. */
  z.strictObject({ ...every, do: z.literal('template'), text: inBothLanguages }),
]);
export type PlainStep = Shape<typeof plainStepSchema>;

export const stepSchema = z.discriminatedUnion('do', [promptStep, ...plainStepSchema.options]);
export type Step = Shape<typeof stepSchema>;

/** The steps that are done: those that are switched off make nothing, and take nothing. */
export function stepsDone<One extends { readonly off?: boolean | undefined }>(steps: readonly One[]): readonly One[] {
  return steps.filter(({ off = false }) => !off);
}
