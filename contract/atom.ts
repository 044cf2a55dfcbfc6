import * as z from 'zod';
import type { AppErrorShape } from './errors.ts';
import { samplingSchema } from './model.ts';

/** A text in both languages. */
const inBothLanguages = z.strictObject({ en: z.string().min(1).max(8000), 'zh-CN': z.string().min(1).max(8000) });

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
export interface AtomRow {
  readonly id: string;
  readonly name: AtomFile['name'];
  readonly hint: AtomFile['hint'] | null;
  readonly icon: string | null;
  readonly output: AtomFile['output'];
  /** First letters of the pinyin of the Chinese name. */
  readonly pinyinInitials: string;
  /** When it was last used, in milliseconds since 1970; 0 for never. */
  readonly usedAt: number;
  readonly builtIn: boolean;
}

/** The actions there are, and the files that are none, each with its reason (`action/…`). */
export interface AtomsState {
  readonly atoms: readonly AtomRow[];
  readonly broken: readonly AppErrorShape[];
}

/** What an action was when it was used; kept with the question, so that a changed file changes no history. */
export interface UsedAction {
  readonly id: string;
  readonly name: AtomFile['name'];
  readonly instruction: string;
  readonly output: AtomFile['output'];
  readonly diff: boolean;
  /** Left out by versions that did not know it. */
  readonly grounded?: boolean;
  readonly sampling: AtomFile['sampling'] | null;
  readonly maxTokens: number | null;
}
