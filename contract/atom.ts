import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import { samplingSchema } from './model.ts';
import type { Shape } from './shape.ts';

/** A text in both languages. */
const inBothLanguages = z.strictObject({ en: z.string().min(1).max(8000), 'zh-CN': z.string().min(1).max(8000) });

/** Actions that are one row of a list, which leads to another list of them. */
export const familySchema = z.strictObject({
  of: z.enum(['rewrite', 'translate']),
  /** The name in that list; elsewhere the action has its whole name. */
  name: inBothLanguages,
  hint: inBothLanguages.exactOptional(),
});
export type Family = z.infer<typeof familySchema>;

/** An action as its file says it: one prompt that works on text. The format of the built-in ones and of a person's own. */
export const atomFileSchema = z.strictObject({
  /** Version of this format. */
  atom: z.literal(1),
  id: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens'),
  name: inBothLanguages,
  /** A few words beside the name. */
  hint: inBothLanguages.optional(),
  /** The row that the action stands behind; without one it is a row of its own. */
  family: familySchema.exactOptional(),
  /** A name out of the icon set; an unknown one shows the usual sign. */
  icon: z.string().max(40).optional(),
  /** What the model is told to do with the text, in the language of that text. */
  prompt: inBothLanguages,
  /** `selection`: works only when there is text. */
  input: z.enum(['selection']),
  /** `replace`: the answer stands for the text. `show`: it is something about the text. */
  output: z.enum(['replace', 'show']),
  /** Shows what changed, word by word. */
  diff: z.boolean().optional(),
  /** The answer keeps to the text, so that its words can be looked up there. */
  grounded: z.boolean().optional(),
  sampling: samplingSchema.partial().optional(),
  /** Longest answer in tokens. */
  maxTokens: z.int().min(16).max(8192).optional(),
});
export type AtomFile = z.infer<typeof atomFileSchema>;

/** An action as a list shows it. */
export const atomRowSchema = z.strictObject({
  id: z.string(),
  name: inBothLanguages,
  hint: inBothLanguages.nullable(),
  icon: z.string().nullable(),
  output: atomFileSchema.shape.output,
  family: familySchema.exactOptional(),
  /** First letters of the pinyin of the Chinese name. */
  pinyinInitials: z.string(),
  /** When it was last used, in milliseconds since 1970; 0 for never. */
  usedAt: z.number(),
  builtIn: z.boolean(),
});
export type AtomRow = Shape<typeof atomRowSchema>;

/** The actions there are, and the files that are none, each with its reason (`action/…`). */
export const atomsStateSchema = z.strictObject({ atoms: z.array(atomRowSchema), broken: z.array(appErrorSchema) });
export type AtomsState = Shape<typeof atomsStateSchema>;

/** What an action was when it was used; kept with the question, so that a changed file changes no history. */
export const usedActionSchema = z.object({
  id: z.string(),
  name: inBothLanguages,
  instruction: z.string(),
  output: atomFileSchema.shape.output,
  diff: z.boolean(),
  /** Left out by versions that did not know it. */
  grounded: z.boolean().exactOptional(),
  sampling: samplingSchema.partial().nullable(),
  maxTokens: z.number().nullable(),
});
export type UsedAction = Shape<typeof usedActionSchema>;
