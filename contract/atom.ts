import * as z from 'zod';
import { permissionsSchema, sharedSchema } from './atom-shared.ts';
import { inBothLanguages, stepSchema } from './atom-steps.ts';
import { appErrorSchema } from './error-shape.ts';
import { samplingSchema } from './model.ts';
import type { Shape } from './shape.ts';

const idSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens');

/** Actions that are one row of a list, which leads to another list of them. */
export const familySchema = z.strictObject({
  of: z.enum(['rewrite', 'translate', 'tidy']),
  /** The name in that list; elsewhere the action has its whole name. */
  name: inBothLanguages,
  hint: inBothLanguages.exactOptional(),
});
export type Family = z.infer<typeof familySchema>;

/** `replace`: the answer stands for the text. `show`: it is something about the text. */
const outputSchema = z.enum(['replace', 'show']);

/** A text, and what has to hold of what comes of it. */
export const exampleSchema = z.strictObject({
  input: z.string().min(1).max(20_000),
  /** The result, character by character. */
  is: z.string().max(20_000).optional(),
  has: z.array(z.string().min(1).max(500)).max(20).optional(),
  not: z.array(z.string().min(1).max(500)).max(20).optional(),
  language: z.enum(['en', 'zh-CN']).optional(),
  /** `kept`: every number of the text is there. `none-new`: no number is there that the text has not. `same`: both. */
  numbers: z.enum(['kept', 'none-new', 'same']).optional(),
  /** Longest result, as a share of the length of the text. */
  atMost: z.number().positive().max(100).optional(),
});
export type Example = Shape<typeof exampleSchema>;

/** What every file says, whatever its version. */
const common = {
  id: idSchema,
  name: inBothLanguages,
  /** A few words beside the name. */
  hint: inBothLanguages.optional(),
  /** The row that the action stands behind; without one it is a row of its own. */
  family: familySchema.exactOptional(),
  /** A name out of the icon set; an unknown one shows the usual sign. */
  icon: z.string().max(40).optional(),
  /** `selection`: works only when there is text. */
  input: z.enum(['selection']),
  output: outputSchema,
  /** Shows what changed, word by word. */
  diff: z.boolean().optional(),
  examples: z.array(exampleSchema).max(20).optional(),
  /** Narrows what the steps come to; it never widens that. */
  permissions: permissionsSchema.optional(),
  /** Who made and signed it; whatever changes the file leaves this as it is, so that the next export can tell what it was made from. */
  shared: sharedSchema.optional(),
} as const;

/** An action as its file says it: one prompt that works on text. */
export const actionFileSchema = z.strictObject({
  /** Version of this format. */
  atom: z.literal(1),
  ...common,
  /** What the model is told to do with the text, in the language of that text. */
  prompt: inBothLanguages,
  /** The answer keeps to the text, so that its words can be looked up there. */
  grounded: z.boolean().optional(),
  sampling: samplingSchema.partial().optional(),
  /** Longest answer in tokens. */
  maxTokens: z.int().min(16).max(8192).optional(),
});

/** A chain as its file says it: steps, each of which works on what the one before made. Some need no model. */
export const chainFileSchema = z.strictObject({
  atom: z.literal(2),
  ...common,
  steps: z.array(stepSchema).min(1).max(50),
});

/** The format of the built-in atoms and of a person's own. */
export const atomFileSchema = z.discriminatedUnion('atom', [actionFileSchema, chainFileSchema]);
export type AtomFile = z.infer<typeof atomFileSchema>;
export type ChainFile = z.infer<typeof chainFileSchema>;

/** An action as a list shows it. */
export const atomRowSchema = z.strictObject({
  id: z.string(),
  name: inBothLanguages,
  hint: inBothLanguages.nullable(),
  icon: z.string().nullable(),
  output: outputSchema,
  /** False where every step is done without a model. */
  usesModel: z.boolean(),
  /** Some step opens links or adds to a file. */
  acts: z.boolean(),
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
  output: outputSchema,
  diff: z.boolean(),
  /** What is done one after another; left out for one prompt. */
  steps: z.array(stepSchema).exactOptional(),
  /** The place in its file of what each step was made of, from 0; left out where every step stands in the file itself. */
  places: z.array(z.number()).exactOptional(),
  /** Its questions go to a model of this machine alone. */
  stays: z.literal('here').exactOptional(),
  /** Left out by versions that did not know it. */
  grounded: z.boolean().exactOptional(),
  sampling: samplingSchema.partial().nullable(),
  maxTokens: z.number().nullable(),
});
export type UsedAction = Shape<typeof usedActionSchema>;
