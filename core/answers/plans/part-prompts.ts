import type { GenerateInput, GenerationHints, PromptMessage } from '../../../contract/engine.ts';
import { markFor, quote, textSystemPrompt } from '../../prompt-parts.ts';
import type { PartAsk } from '../ask-parts.ts';

export const words = {
  en: {
    note: (instruction: string) =>
      `This is one part of a longer text. Note in one or two sentences what it says that matters for this task: ${instruction}`,
    merge: (instruction: string) => `These are notes on the consecutive parts of one text. ${instruction}`,
  },
  'zh-CN': {
    note: (instruction: string) => `这是一篇长文的一部分。请用一两句话记下其中与这项任务有关的内容：${instruction}`,
    merge: (instruction: string) => `以上是同一篇文章各部分的笔记，按先后排列。${instruction}`,
  },
} as const;

/** Asks about a part of a text, or about notes on it, as `input` asks about the whole. */
export function askAbout(input: GenerateInput, text: string, instruction: string): PartAsk {
  const messages: PromptMessage[] = [
    { role: 'system', text: textSystemPrompt },
    { role: 'user', text: `${quote(text)}\n\n${instruction}` },
  ];
  // What was known of the whole answer does not hold of that to a part.
  return { input: { ...input, messages, hints: {} }, delimiter: markFor(text) };
}

/** What is known of the answer to a part. */
export function partHints({ hints }: GenerateInput, part: string): GenerationHints {
  return hints.draftFrom === undefined ? {} : { draftFrom: quote(part) };
}
