import type { Message } from '../../contract/conversation.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import { pagesNamedIn } from './find-passages.ts';

/** A question of a person's own about texts, which may be longer than what a model can read for it. */
export interface AskedTexts {
  readonly question: string;
  readonly texts: readonly Attachment[];
  /** True when the texts went along with an earlier question of the conversation. */
  readonly earlier: boolean;
  readonly language: 'en' | 'zh-CN';
}

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

/** Whether a page is named of a text that has pages. */
export function namesPages({ question, texts }: AskedTexts): boolean {
  return texts.some(({ positions }) => positions?.unit === 'page') && pagesNamedIn(question).length > 0;
}

/** Whether the texts went along earlier and leave no room for the talk about them. */
export function isLongEarlierText({ texts, earlier, language }: AskedTexts): boolean {
  return earlier && texts.reduce((sum, { text }) => sum + text.length, 0) > longEarlierText[language];
}
