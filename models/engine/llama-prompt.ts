import type { GenerateInput, PromptMessage } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';

/** Tokens read at a time; between two of them an abort is seen. 64 cost at most 7 % of speed and bound it to half a second. */
export const prefillChunkTokens = 64;

/** Turns messages into tokens by the model's own chat template. */
export type Tokenise = (messages: readonly PromptMessage[]) => readonly number[] | Promise<readonly number[]>;

export interface FittedPrompt {
  readonly tokens: readonly number[];
  readonly droppedMessages: number;
}

/** No tokenizer packs more characters than this into a token on average; beyond it nothing needs to be counted. */
const mostCharactersPerToken = 16;

/** Share of a window that an answer as long as its prompt may take: English needs a third more tokens than the Chinese it translates. */
const longAnswerShare = 0.57;

/**
 * The prompt that fits the context window with room for an answer: earlier messages are left out oldest first, a question
 * with its answer; the system message and the last question stay. Rejects with `model/context-full` when those alone are too long.
 */
export async function fitPrompt(
  messages: readonly PromptMessage[],
  contextTokens: number,
  { maxTokens, hints }: Pick<GenerateInput, 'maxTokens' | 'hints'>,
  tokenise: Tokenise,
): Promise<FittedPrompt> {
  const usual = Math.min(maxTokens, Math.max(64, Math.floor(contextTokens / 4)), Math.floor(contextTokens / 2));
  const room = contextTokens - (hints.expectLong === true ? Math.ceil(contextTokens * longAnswerShare) : usual);
  const system = messages.filter(({ role }) => role === 'system');
  const turns = messages.filter(({ role }) => role !== 'system');
  const last = turns.at(-1);
  if (last === undefined) throw new AppError('app/bad-request', 'a prompt without a question');
  const least = system.concat(last).reduce((sum, { text }) => sum + text.length, 0);
  if (least > room * mostCharactersPerToken) throw contextFull(Math.ceil(least / mostCharactersPerToken), room);
  let start = firstThatCouldFit(turns, room);
  while (true) {
    const tokens = await tokenise([...system, ...turns.slice(start)]);
    if (tokens.length <= room) return { tokens, droppedMessages: start };
    if (start >= turns.length - 1) throw contextFull(tokens.length, room);
    start = nextQuestion(turns, start);
  }
}

function firstThatCouldFit(turns: readonly PromptMessage[], room: number): number {
  let characters = 0;
  let start = turns.length - 1;
  for (let index = turns.length - 1; index >= 0; index -= 1) {
    characters += turns[index]?.text.length ?? 0;
    if (characters > room * mostCharactersPerToken) break;
    start = index;
  }
  return start === 0 ? 0 : turns[start]?.role === 'user' ? start : nextQuestion(turns, start);
}

/** The next user message after `start`, so that what is left begins with a question; at the latest the last message. */
function nextQuestion(turns: readonly PromptMessage[], start: number): number {
  for (let index = start + 1; index < turns.length; index += 1) if (turns[index]?.role === 'user') return index;
  return turns.length - 1;
}

export function contextFull(needTokens: number, haveTokens: number): AppError {
  return new AppError('model/context-full', `the question needs ${needTokens} tokens, ${haveTokens} fit`, {
    values: { needWords: Math.round(needTokens * 0.7), haveWords: Math.round(haveTokens * 0.7) },
    action: 'shorten',
  });
}
