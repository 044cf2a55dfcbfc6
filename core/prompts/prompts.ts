import * as z from 'zod';
import data from './prompts.json' with { type: 'json' };

const sentence = z.string().min(1).max(2000);
/** Told in this one language, whatever the text is in. */
const inEnglish = z.strictObject({ en: sentence.refine(fillsNothing) });
/** Told in the language of the text that it is about. */
const inBoth = (...values: readonly string[]) => {
  const checked = sentence.refine((text) => namesOf(text).join() === values.join(), 'names other values');
  return z.strictObject({ en: checked, 'zh-CN': checked });
};

/** Every sentence that a model is told by Beckon itself; what an action tells it stands in the action's own file. */
export const promptsSchema = z.strictObject({
  /** What it is in a chat. It is the same for all of them, so that its evaluated form is shared. */
  chat: inEnglish,
  /** What it is for a text. All conversations about one begin with this and the text, so that actions share their beginning. */
  aboutText: inEnglish,
  /** Stands between the passages of a document and a question about it. */
  passages: inBoth(),
  /** Asks for a note on one part of a text that is worked on in parts. */
  note: inBoth('instruction'),
  /** Asks for the answer from the notes of all parts. */
  merge: inBoth('instruction'),
  /** Asks for the rest of an answer that was broken off, where a model cannot simply write on. */
  continue: inEnglish,
  /** Asks for the answer in a form. */
  asJson: inBoth('schema'),
  /** Asks for it once more, where it was not of that form. */
  asJsonAgain: inBoth('where'),
  /** Stands between a text and instructions that were written for another program. */
  instructions: inBoth(),
  /** Asks for the text in another language. */
  translate: inBoth('language'),
  /** What languages are called there. */
  languages: z.strictObject({
    ...{ en: inBoth(), 'zh-CN': inBoth(), fr: inBoth(), de: inBoth() },
    ...{ es: inBoth(), ja: inBoth(), ko: inBoth(), ru: inBoth() },
  }),
  /** Asks a model for a first sign of life. */
  trial: inEnglish,
  /** Where a passage stands; people read those of `locales/`. `place` is a number or a range. */
  locators: z.strictObject({
    page: inBoth('place'),
    line: inBoth('place'),
    paragraph: inBoth('place'),
    slide: inBoth('place'),
    message: inBoth('place'),
  }),
});

export type PromptLanguage = 'en' | 'zh-CN';
type Sentence = Readonly<Record<PromptLanguage, string>>;

/** Checked when core starts. */
export const prompts = promptsSchema.parse(data);

/** A sentence with a value in the place that it keeps for it. */
export function fill(sentence: Sentence, language: PromptLanguage, name: string, value: string): string {
  // As a function: what stands in a value is no pattern.
  return sentence[language].replace(`{${name}}`, () => value);
}

function namesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name);
}

function fillsNothing(text: string): boolean {
  return namesOf(text).length === 0;
}
