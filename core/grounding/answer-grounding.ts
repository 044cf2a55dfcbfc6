import type { Grounding } from '../../contract/grounding.ts';
import { languageOfText } from '../../text/language.ts';
import { type AskedAboutParts, askedAbout } from '../asked-about.ts';
import type { IndexCache } from './index-cache.ts';
import type { SentenceMeanings } from './sentence-meanings.ts';

export interface AnswerGroundingOptions extends AskedAboutParts {
  readonly indexes: IndexCache;
  readonly meanings: SentenceMeanings;
}

/**
 * Looks an answer up in the texts that went along with its question, or, for a follow-up, with the last question that had
 * some. Says nothing of an answer that takes the place of its text.
 */
export async function groundAnswer(
  messageId: string,
  byMeaning: boolean,
  { conversationOf, attachmentsOf, indexes, meanings }: AnswerGroundingOptions,
): Promise<Grounding> {
  const about = askedAbout(messageId, { conversationOf, attachmentsOf });
  if (about === null) return { status: 'nothing' };
  const { answer, before, texts } = about;
  const action = before.findLast(({ role }) => role === 'user')?.action ?? null;
  if (action !== null && action.grounded !== true) return { status: 'nothing' };
  const whole = texts.map(({ text }) => text).join('\n');
  const language = languageOfText(whole);
  if (whole === '' || answer.text === '') return { status: 'nothing' };
  if (languageOfText(answer.text) !== language) return { status: 'other-language' };
  return meanings.ground(await indexes.of(texts, language), answer.text, language, byMeaning);
}
