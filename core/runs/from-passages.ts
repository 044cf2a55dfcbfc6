import type { Message } from '../../contract/conversation.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import { passagesText } from '../prompts/passages-prompt.ts';
import { linePositions } from '../text-positions.ts';
import { findPassages, type Passage, pagesNamedIn } from './find-passages.ts';

/** A question of a person's own about texts, which may be longer than what a model can read for it. */
export interface AskedTexts {
  readonly question: string;
  readonly texts: readonly Attachment[];
  /** True when the texts went along with an earlier question of the conversation. */
  readonly earlier: boolean;
  readonly language: 'en' | 'zh-CN';
}

/** What a small model still reads well; in characters. */
const budget = { en: 6000, 'zh-CN': 2200 } as const;
/** An earlier text that is longer leaves no room for the talk about it. */
const longEarlierText = { en: 12_000, 'zh-CN': 4500 } as const;

/** Words that ask for something of the whole text, which some passages of it cannot give. */
const wantsAll =
  /\b(?:summar\w*|overview|outline|gist|main points?|key points?|tl;?dr|translat\w*|rewrite|proofread|whole|entire|list (?:all|every)|each (?:page|chapter|section))\b|总结|概括|摘要|概述|大意|要点|主要内容|讲了什么|翻译|全文|所有|全部|每一?[页章节]/i;

/** The texts a question is about: its own, else those of the last question before that had some. Null for actions. */
export function askedTextsOf(
  messages: readonly Message[],
  questionId: string,
  attachments: ReadonlyMap<string, readonly Attachment[]>,
): AskedTexts | null {
  const at = messages.findIndex(({ id }) => id === questionId);
  const question = messages[at];
  if (question === undefined || question.action !== null || wantsAll.test(question.text)) return null;
  const about = messages.slice(0, at + 1).findLast(({ id }) => (attachments.get(id)?.length ?? 0) > 0);
  const texts = about === undefined ? [] : (attachments.get(about.id) ?? []);
  if (texts.length === 0) return null;
  const language = languageOfText(texts[0]?.text ?? '');
  return { question: question.text, texts, earlier: about !== question, language };
}

/** A larger window has room for a whole document with what is said about it; in tokens. */
const shortWindow = 16_384;

/** Whether a model holds so little that passages serve it better than a whole document, where they are enough. */
export function hasShortWindow({ capabilities: { contextTokens } }: Pick<LanguageModel, 'capabilities'>): boolean {
  return contextTokens !== null && contextTokens <= shortWindow;
}

/** Whether passages are looked for before the whole is tried: a page is named, or the text is an earlier, long one. */
export function needsPassages({ question, texts, earlier, language }: AskedTexts): boolean {
  const paged = texts.some(({ positions }) => positions?.unit === 'page');
  if (paged && pagesNamedIn(question).length > 0) return true;
  return earlier && texts.reduce((sum, { text }) => sum + text.length, 0) > longEarlierText[language];
}

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
  return { passages, text: passagesText(passages, language), language };
}
