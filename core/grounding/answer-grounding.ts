import type { Grounding } from '../../contract/grounding.ts';
import { languageOfText } from '../../text/language.ts';
import { type AskedAboutParts, askedAbout } from '../asked-about.ts';
import type { GroundedLanguage, GroundingIndex } from './ground.ts';
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
  if (whole === '' || answer.text === '') return { status: 'nothing' };
  const [said, own] = [languageOfText(answer.text), languageOfText(whole)];
  const language = said === own || isOutOf(whole, answer.text) ? own : said;
  const isOther = language !== own;
  if (isOther && !holdsSentences(whole, language)) return { status: 'other-language' };
  const index = await indexes.of(texts, language);
  if (isOther && !(await standsIn(index, answer.text, language))) return { status: 'other-language' };
  return meanings.ground(index, answer.text, language, byMeaning);
}

/** Words of an answer that may be no more than a figure or a name, which belong to no language. */
const fewWords = 12;

/** Whether a short answer has no word that does not stand in the text itself. */
function isOutOf(text: string, answer: string): boolean {
  const words = answer.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length > fewWords) return false;
  const among = words.length === 0 ? '' : text.toLowerCase();
  return words.every((word) => among.includes(word));
}

/** Runs of words, or of Chinese signs, that only sentences of the language have: names and figures stand in texts of any. */
const running: Readonly<Record<GroundedLanguage, RegExp>> = {
  en: /(?:\p{Script=Latin}[\p{Script=Latin}'’-]*[\s,;:.!?()"“”\d]+){8}/u,
  'zh-CN': /\p{Script=Han}[\p{Script=Han}，。、；：！？“”（）\d]{9}/u,
};

function holdsSentences(text: string, language: GroundedLanguage): boolean {
  return running[language].test(text);
}

/**
 * Whether each sentence of an answer is near to one of its own language, in texts that are mostly in another one, such as a
 * notice in both. What is near to none may be told from the others, whose words cannot be compared.
 */
async function standsIn(index: GroundingIndex, answer: string, language: GroundedLanguage): Promise<boolean> {
  const found = await index.lookUp(answer);
  return found.every(({ nearest }) => nearest !== null && languageOfText(nearest.text) === language);
}
