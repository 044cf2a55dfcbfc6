import type { PromptMessage } from '../../contract/engine.ts';
import { quote } from './delimiter.ts';
import { fill, type PromptLanguage, prompts } from './prompts.ts';

/** One text and what to do with it. Without that it is the beginning that all prompts about the text share. */
export function textPrompt(text: string, instruction: string | null): PromptMessage[] {
  const quoted = quote(text);
  return [
    { role: 'system', text: prompts.aboutText.en },
    { role: 'user', text: instruction === null ? quoted : `${quoted}\n\n${instruction}` },
  ];
}

/** What is asked of one part of a text, for an answer to `instruction` about the whole. */
export function noteInstruction(instruction: string, language: PromptLanguage): string {
  return fill(prompts.note, language, 'instruction', instruction);
}

/** What is asked of the notes of all parts. */
export function mergeInstruction(instruction: string, language: PromptLanguage): string {
  return fill(prompts.merge, language, 'instruction', instruction);
}

/** What is asked where the answer has to be JSON of a schema. */
export function jsonInstruction(instruction: string, schema: unknown, language: PromptLanguage): string {
  return `${instruction}\n\n${fill(prompts.asJson, language, 'schema', JSON.stringify(schema))}`;
}

/** Asks the question of a form once more, after an answer that does not fit at a place of it. */
export function jsonAgain(
  messages: readonly PromptMessage[],
  answer: string,
  where: string,
  language: PromptLanguage,
): PromptMessage[] {
  const again = fill(prompts.asJsonAgain, language, 'where', where);
  return [...messages, { role: 'assistant', text: answer }, { role: 'user', text: again }];
}

/** The shortest prompt there is, to see whether a model answers. */
export function trialPrompt(): PromptMessage[] {
  return [{ role: 'user', text: prompts.trial.en }];
}
