import * as z from 'zod';
import { dateUnits, formFieldsSchema, wayOfNumber } from './atom-forms.ts';
import { inBothLanguages } from './both-languages.ts';
import { samplingSchema } from './model.ts';
import type { Shape } from './shape.ts';

export { type InBothLanguages, inBothLanguages } from './both-languages.ts';

/** What passes from one step to the next. */
export const stepTypeSchema = z.enum(['text', 'list', 'table']);
export type StepType = z.infer<typeof stepTypeSchema>;

const pattern = z.string().min(1).max(500);
const shortText = z.string().max(2000);
/** A number, or the name of an answer in braces. */
const amount = z
  .string()
  .max(60)
  .regex(/^(?:[-+]?\d{1,30}(?:\.\d{1,30})?|\{[a-z][a-z0-9-]{0,29}\})$/, 'a number, or {name} of an answer');
/** How many digits behind the point; more are rounded, half away from nothing. */
const decimals = z.enum(['0', '1', '2', '3', '4', '6']);

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
  /** `{text}`, `{date}` (2029-11-29), `{time}` (14:05) and answers to forms by their names are filled in; other braces are text. */
  z.strictObject({ ...every, do: z.literal('template'), text: inBothLanguages }),
  /** Asks the person before anything is done; steps behind it have the answers by their names. */
  z.strictObject({ ...every, do: z.literal('ask'), fields: formFieldsSchema }),
  /** One number of all that are in the text, computed exactly. */
  z.strictObject({
    ...every,
    do: z.literal('total'),
    what: z.enum(['sum', 'average', 'median', 'least', 'greatest', 'difference', 'product', 'share']),
    decimals: decimals.optional(),
  }),
  /** Every number of the text becomes another one, written as it was; `by`: a number, or the name of an answer in braces. */
  z.strictObject({
    ...every,
    do: z.literal('calculate'),
    how: wayOfNumber,
    by: amount.optional(),
    decimals: decimals.optional(),
  }),
  /** Dates that are whole, with their year, as 2029-11-29. */
  z.strictObject({ ...every, do: z.literal('find-dates') }),
  /** Every date of the text becomes another one, written as it was. */
  z.strictObject({ ...every, do: z.literal('move-date'), by: amount, unit: dateUnits }),
  /** From the first date of the text to the second one; where there is one alone, from today to that. */
  z.strictObject({ ...every, do: z.literal('between-dates'), unit: dateUnits }),
  /** Something stands for what is secret: a mark with its kind, or a name that is the same for the same secret. */
  z.strictObject({ ...every, do: z.literal('redact'), as: z.enum(['marks', 'names']).optional() }),
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

/** A model is asked to translate the text, or each item of a list; `person`: into the language that the person reads. */
const translateStep = z.strictObject({
  ...every,
  do: z.literal('translate'),
  to: z.enum(['person', 'en', 'zh-CN', 'fr', 'de', 'es', 'ja', 'ko', 'ru']),
  each: z.boolean().optional(),
});

/** A called action may be allowed these beside making a text of a text; one whose file names more is refused when it is to run. */
export const callRights = ['model', 'open', 'write', 'notify'] as const;
export type CallRight = (typeof callRights)[number];

/** Does all that another action does, on the text. */
const callStep = z.strictObject({
  ...every,
  do: z.literal('call'),
  action: z
    .string()
    .max(60)
    .regex(/^[a-z0-9][a-z0-9-]*$/),
  /** SHA-256 of what that action does: another version of it is not run. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  may: z.array(z.enum(callRights)).max(4).optional(),
});
export type CallStep = Shape<typeof callStep>;

export const stepSchema = z.discriminatedUnion('do', [
  promptStep,
  translateStep,
  callStep,
  ...plainStepSchema.options,
  ...deedStepSchema.options,
]);
export type Step = Shape<typeof stepSchema>;

const deeds: ReadonlySet<string> = new Set(deedStepSchema.options.map(({ shape }) => shape.do.value));

export function isDeed(step: Step): step is DeedStep {
  return deeds.has(step.do);
}

/** Whether a model is asked by a step, or may be by what it calls. */
export function asksModel(step: Step): boolean {
  if (step.do === 'call') return step.may?.includes('model') ?? false;
  return step.do === 'prompt' || step.do === 'translate';
}

/** The steps that are done: those that are switched off make nothing, and take nothing. */
export function stepsDone<One extends { readonly off?: boolean | undefined }>(steps: readonly One[]): readonly One[] {
  return steps.filter(({ off = false }) => !off);
}
