import * as z from 'zod';
import { exampleSchema } from './atom.ts';
import { inBothLanguages, stepSchema } from './atom-steps.ts';
import { toldCardSchema } from './card.ts';
import { appErrorSchema } from './error-shape.ts';
import type { Shape } from './shape.ts';

const text = z.string();

/** A step as a person is told of it; one that this version does not know keeps its name alone. */
export const toldStepSchema = z.union([stepSchema, z.strictObject({ do: z.literal('unknown'), name: text })]);
export type ToldStep = Shape<typeof toldStepSchema>;

/** What an atom may touch, found from its steps and narrowed by its file; nothing else is possible for it. */
export const touchesSchema = z.strictObject({
  reads: z.literal('selection'),
  /** `here`: a model of this machine alone. `any`: the one that is chosen, which may be a server's. */
  model: z.enum(['none', 'here', 'any']),
  writes: z.enum(['nothing', 'selection']),
  /** Opens links, each of which is asked about. */
  opens: z.boolean(),
  /** Shows notifications of the system. */
  notifies: z.boolean(),
  /** Names of the files that it adds to, each once; `*`: those that an action names which it calls. */
  adds: z.array(text),
  /** Ids of the actions that it calls, each once. */
  calls: z.array(text),
});
export type Touches = Shape<typeof touchesSchema>;

/** How an atom would run, found without running it. */
export const atomPlanSchema = z.strictObject({
  /** What passes from each step to the next; empty where a step is not known. */
  types: z.array(z.enum(['text', 'list', 'table'])),
  /** Questions to a model for a short text, and the most there can be of a list. */
  calls: z.strictObject({ least: z.number(), most: z.number() }),
});
export type AtomPlan = Shape<typeof atomPlanSchema>;

/** An atom in words: what it does, and what it may touch. */
export const toldAtomSchema = z.strictObject({
  id: text,
  name: inBothLanguages,
  hint: inBothLanguages.nullable(),
  /** Its name in a list of its family, where that is another one. */
  listedAs: inBothLanguages.nullable(),
  steps: z.array(toldStepSchema),
  touches: touchesSchema,
  plan: atomPlanSchema,
  /** SHA-256 of what it does, in hexadecimal digits. */
  hash: text,
});
export type ToldAtom = Shape<typeof toldAtomSchema>;

/** A person by the name they chose and the fingerprint of their key: 8 groups of 4 hexadecimal digits. */
const authorSchema = z.strictObject({ name: text, fingerprint: text });
export type Author = Shape<typeof authorSchema>;

/**
 * Who signed a file. `own`: this profile. `before`: atoms here are signed by the same key (`others` of them). `changed`: signed
 * once, and changed here since.
 */
export const sealSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unsigned') }),
  z.strictObject({
    state: z.literal('signed'),
    by: authorSchema,
    standing: z.enum(['own', 'first', 'before']),
    others: z.number(),
  }),
  z.strictObject({ state: z.literal('changed'), by: authorSchema }),
]);
export type Seal = Shape<typeof sealSchema>;

/** What of an example does not hold. */
const wrongSchema = z.union([
  z.strictObject({ check: z.enum(['is', 'language', 'length']) }),
  z.strictObject({ check: z.enum(['missing', 'extra']), what: text }),
]);

/** How one example came out here. */
export const exampleProofSchema = z.strictObject({
  /** Its place among the examples, from 0. */
  example: z.number(),
  /** `here`: it is an example of the version that is here, which the new one would break. */
  of: z.enum(['new', 'here']),
  /** The beginning of its text. */
  input: text,
  wrong: z.array(wrongSchema),
  error: appErrorSchema.nullable(),
  /** The beginning of what came. */
  result: text,
  ms: z.number(),
});
export type ExampleProof = Shape<typeof exampleProofSchema>;

/** What the examples of an atom came to with one model of this machine; null for one without steps that ask a model. */
export const proofSchema = z.strictObject({
  model: z.strictObject({ id: text, name: text }).nullable(),
  examples: z.array(exampleProofSchema),
  at: z.number(),
});
export type AtomProof = Shape<typeof proofSchema>;

/** One change between the version that is here and the new one, step by step. */
const stepChangeSchema = z.strictObject({
  change: z.enum(['same', 'added', 'removed', 'changed']),
  step: toldStepSchema,
  was: toldStepSchema.nullable(),
});
export type StepChange = Shape<typeof stepChangeSchema>;

/** Why a person should look twice. `values` fill the sentence, and come from outside. */
export const doubtSchema = z.strictObject({
  doubt: z.enum([
    'other-key',
    'no-longer-signed',
    'replaces-built-in',
    'name-of-another',
    'mixed-scripts',
    'hidden-characters',
    'author-of-another-key',
    'unknown-step',
    'bad-pattern',
    'no-examples',
  ]),
  values: z.record(text, z.string()),
});
export type Doubt = Shape<typeof doubtSchema>;

/** A file that was read and waits for the person's word. Nothing of it has run but examples without a model. */
export const reviewSchema = z.strictObject({
  reviewId: text,
  fileName: text,
  /** `same`: exactly this is here. `update`: another version is. */
  kind: z.enum(['new', 'update', 'same']),
  atom: toldAtomSchema,
  seal: sealSchema,
  /** What its author says it was made from. */
  from: z.array(authorSchema),
  /** The version that is here. */
  here: z.strictObject({ atom: toldAtomSchema, seal: sealSchema, builtIn: z.boolean() }).nullable(),
  changes: z.array(stepChangeSchema),
  /** Other fields that differ: `name`, `output` … */
  fields: z.array(text),
  /** What it may do that the version here may not. */
  widened: z.array(z.enum(['model', 'server', 'write', 'open', 'notify', 'add', 'call'])),
  doubts: z.array(doubtSchema),
  examples: z.array(exampleSchema),
  proofs: z.array(proofSchema),
  /** Instructions of another program were made into it, and what of them was left out. */
  madeFrom: z.strictObject({ kind: z.enum(['skill', 'pattern']), leftOut: z.array(text) }).nullable(),
  /** The answer card that it lay in. */
  card: toldCardSchema.nullable(),
});
export type AtomReview = Shape<typeof reviewSchema>;

/** A file that cannot be added, with its reason. */
const refusedSchema = z.strictObject({ fileName: text, error: appErrorSchema });

export const importedSchema = z.strictObject({
  reviews: z.array(reviewSchema),
  refused: z.array(refusedSchema),
  /** Answer cards without an action in them that could be added. */
  cards: z.array(toldCardSchema),
});
export type Imported = Shape<typeof importedSchema>;

/** An atom that is here, as `beckon atoms list` and the settings tell it. */
export const keptAtomSchema = z.strictObject({
  atom: toldAtomSchema,
  builtIn: z.boolean(),
  seal: sealSchema,
  from: z.array(authorSchema),
  examples: z.number(),
  proofs: z.array(proofSchema),
});
export type KeptAtom = Shape<typeof keptAtomSchema>;
