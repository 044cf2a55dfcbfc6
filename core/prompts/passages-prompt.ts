import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import type { Locator } from '../../contract/locator.ts';
import { chatPrompt } from './chat-prompt.ts';
import { quote } from './delimiter.ts';
import { beginSame, nameOfLocator } from './name-locator.ts';
import { type PromptLanguage, prompts } from './prompts.ts';

/** A piece of a text: [start, end) in it, and where that is. */
export interface LocatedPiece {
  readonly source: { readonly text: string };
  readonly start: number;
  readonly end: number;
  readonly locator: Locator;
}

/** A conversation as a prompt in which the last question stands with passages alone; `text` is theirs, of `passagesText`. */
export function passagesPrompt(
  { text, language }: { readonly text: string; readonly language: PromptLanguage },
  messages: readonly Message[],
  answerId: string,
): PromptMessage[] {
  const turns = chatPrompt(messages, answerId).slice(1);
  const question = `${quote(text)}\n\n${prompts.passages[language]}\n${turns.at(-1)?.text ?? ''}`;
  return [{ role: 'system', text: prompts.aboutText.en }, ...turns.slice(0, -1), { role: 'user', text: question }];
}

/** Passages in their order, each place named once. */
export function passagesText(passages: readonly LocatedPiece[], language: PromptLanguage): string {
  let text = '';
  let last: LocatedPiece | null = null;
  for (const passage of passages) {
    const { source, start, end, locator } = passage;
    const goesOn = last !== null && last.source === source && last.end === start && beginSame(last.locator, locator);
    if (!goesOn) text += `${text === '' ? '' : '\n\n'}[${nameOfLocator(locator, language)}]\n`;
    const piece = source.text.slice(start, end);
    text += goesOn ? piece : piece.trimStart();
    last = passage;
  }
  return text.trimEnd();
}
