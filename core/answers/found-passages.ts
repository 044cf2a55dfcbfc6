import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import { quote, textSystemPrompt } from '../prompt-parts.ts';
import { linePositions } from '../text-positions.ts';
import type { AskedTexts } from './asked-texts.ts';
import { findPassages, type Passage } from './find-passages.ts';
import { beginSame, nameOfLocator } from './name-locator.ts';
import { promptOf } from './prompt.ts';

/** What a small model still reads well; in characters. */
const budget = { en: 6000, 'zh-CN': 2200 } as const;
const intro = {
  en: 'These are passages of a longer document, with where they stand in it.',
  'zh-CN': '以上是一份较长文件的若干段落，标出了所在位置。',
} as const;

/** What a question is answered from. */
export interface FoundPassages {
  readonly passages: readonly Passage[];
  /** The passages joined, as they stand in the prompt. */
  readonly text: string;
  readonly language: 'en' | 'zh-CN';
}

/** Null when no passage fits the question by its words. */
export async function passagesFor({ question, texts, language }: AskedTexts): Promise<FoundPassages | null> {
  const searched = texts.map(({ text, kind, title, positions }) => ({
    text,
    name: kind === 'file' ? title : null,
    positions: positions ?? linePositions(text),
  }));
  const passages = await findPassages(searched, question, budget[language], language);
  if (passages === null || passages.length === 0) return null;
  return { passages, text: textOf(passages, language), language };
}

/** The conversation as a prompt in which the last question stands with the passages alone. */
export function promptFrom(
  found: FoundPassages,
  messages: readonly Message[],
  answerId: string,
): readonly PromptMessage[] {
  const turns = promptOf(messages, answerId).slice(1);
  const question = turns.at(-1)?.text ?? '';
  const text = `${quote(found.text)}\n\n${intro[found.language]}\n${question}`;
  return [{ role: 'system', text: textSystemPrompt }, ...turns.slice(0, -1), { role: 'user', text }];
}

/** Passages in their order, each place named once. */
function textOf(passages: readonly Passage[], language: 'en' | 'zh-CN'): string {
  let text = '';
  let last: Passage | null = null;
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
