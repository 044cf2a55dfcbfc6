import * as z from 'zod';
import { stepTypeSchema } from './atom-steps.ts';
import { appErrorSchema } from './error-shape.ts';
import { fileFaultSchema } from './file-fault.ts';
import type { Shape } from './shape.ts';

/** Largest file of an action, in bytes. */
export const atomFileLimitBytes = 200_000;
/** Longest text that an action is tried on, in UTF-16 units. */
export const sampleLimit = 20_000;
/** Most of a step's result that a page is shown, in UTF-16 units; only what is shown whole can be changed and gone on with. */
export const shownLimit = 60_000;
/** How many former versions of an own action are kept. */
export const keptVersions = 20;

/** Name of a file in the folder of the person's actions; never a path. */
export const atomFileName = z
  .string()
  .max(120)
  .regex(/^[^/\\\0]+\.json$/)
  .refine((name) => !name.startsWith('.'));
const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const atomText = z.string().max(atomFileLimitBytes);

/** How a field of a step is filled in. `both`: a text in each language. `form`: fields that a person is asked for. `action`: one by its id. */
export const stepFieldSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['text', 'pattern', 'both', 'choice', 'choices', 'switch', 'form', 'action']),
  optional: z.boolean(),
  /** What can be chosen, of `choice` and `choices`. */
  options: z.array(z.string()),
  /** Which of them counts where the field is left out; null where none does. */
  usual: z.string().nullable(),
});
export type StepField = Shape<typeof stepFieldSchema>;

/** What a kind of step is, as forms and menus show it. */
export const stepKindSchema = z.strictObject({
  do: z.string(),
  takes: z.array(stepTypeSchema),
  makes: z.enum(['text', 'list', 'table', 'same']),
  /** Another port, where a switch of it is on. */
  whenEach: z.strictObject({ takes: z.array(stepTypeSchema), makes: z.enum(['text', 'list', 'table']) }).nullable(),
  usesModel: z.boolean(),
  fields: z.array(stepFieldSchema),
});
export type StepKind = Shape<typeof stepKindSchema>;

/** One thing that is wrong with a file. */
export const atomFaultSchema = z.strictObject({
  /** From 1. */
  line: z.number(),
  /** Names and places of what is wrong, such as `steps`, `0`, `find`; empty for the whole file. */
  path: z.array(z.string()),
  /** As the reader says it, in English: for logs, and for whoever writes actions with a program. */
  reason: z.string(),
  /** What the reason tells, in terms that a page says in its language. */
  cause: fileFaultSchema,
});
export type AtomFault = Shape<typeof atomFaultSchema>;

/** A file of an action as an editor opens it. */
export const openedAtomSchema = z.strictObject({
  /** Null for a built-in one, which has no file of its own. */
  file: z.string().nullable(),
  text: z.string(),
  hash,
});
export type OpenedAtom = Shape<typeof openedAtomSchema>;

/** What a save comes to; `changed`: the file is another one now than the text was made from, and nothing was written. */
export const savedAtomSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('saved'), file: z.string(), hash }),
  z.strictObject({ status: z.literal('changed'), there: openedAtomSchema.nullable() }),
]);
export type SavedAtom = Shape<typeof savedAtomSchema>;

export const atomVersionSchema = z.strictObject({
  id: z.string().regex(/^\d{1,16}$/),
  /** When it was replaced, in milliseconds since 1970. */
  at: z.number(),
});
export type AtomVersion = Shape<typeof atomVersionSchema>;

/** Lines that two texts share, or that one of them has alone. */
export const lineChangeSchema = z.strictObject({
  kind: z.enum(['same', 'removed', 'added']),
  lines: z.array(z.string()),
});
export type LineChange = Shape<typeof lineChangeSchema>;

/** What passes from step to step, as a page sees it. */
export const shownValueSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('list'), items: z.array(z.string()) }),
  z.strictObject({ type: z.literal('table'), rows: z.array(z.array(z.string())) }),
]);
export type ShownValue = Shape<typeof shownValueSchema>;

/** What happens while the steps of a file are tried on a sample. Steps are named by their place, from 0. */
export const trialPartSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('step-begun'), step: z.number() }),
  /** A step was switched off, or does something outside, which no trial does: what came to it goes on. */
  z.strictObject({ type: z.literal('step-passed'), step: z.number(), why: z.enum(['off', 'deed']) }),
  /** Items done of a step that asks about each. */
  z.strictObject({ type: z.literal('step-progress'), step: z.number(), done: z.number(), total: z.number() }),
  z.strictObject({ type: z.literal('text-delta'), step: z.number(), text: z.string() }),
  /** What was written so far was thinking, or is written anew. */
  z.strictObject({ type: z.literal('text-restarted'), step: z.number() }),
  z.strictObject({
    type: z.literal('step-made'),
    step: z.number(),
    value: shownValueSchema,
    /** All of it is shown. */
    isWhole: z.boolean(),
    /** Items, rows or characters of all of it. */
    size: z.number(),
    ms: z.number(),
    /** Who answered; null for a step without a model. */
    modelName: z.string().nullable(),
    /** Where it went; null for this machine. */
    host: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('step-failed'), step: z.number(), error: appErrorSchema, ms: z.number() }),
  /** The next step asks a model, which was not allowed. */
  z.strictObject({ type: z.literal('model-wanted'), step: z.number() }),
  /** The next step is wrong, or takes what does not come to it. */
  z.strictObject({ type: z.literal('step-unfit'), step: z.number() }),
]);
export type TrialPart = Shape<typeof trialPartSchema>;
