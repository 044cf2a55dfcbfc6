import { passagesText } from '../prompts/passages-prompt.ts';
import { linePositions } from '../text-positions.ts';
import type { AskedTexts } from './asked-texts.ts';
import { findPassages, type Passage } from './find-passages.ts';
import { withTableHeads } from './table-heads.ts';

/** What a small model still reads well; in characters. */
const budget = { en: 6000, 'zh-CN': 2200 } as const;
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
  const found = await findPassages(searched, question, budget[language], language);
  if (found === null || found.length === 0) return null;
  const passages = withTableHeads(found);
  return { passages, text: passagesText(passages, language), language };
}
