import type { Message } from '../../contract/conversation.ts';
import type { GenerateInput } from '../../contract/engine.ts';
import type { Sampling } from '../../contract/model.ts';
import type { Attachment } from '../attachment.ts';
import { chatPrompt } from '../prompts/chat-prompt.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { type AskedTexts, askedTextsOf } from './asked-texts.ts';
import type { GrowingText } from './growing-text.ts';
import { hintsOf } from './hints.ts';
import { type LongText, longTextOf } from './long-text.ts';
import { lostTexts } from './lost-texts.ts';
import { mergeSampling } from './sampling.ts';

/** A question with its conversation and texts, and how its model is asked: all that a plan knows of it. */
export interface Question {
  readonly messages: readonly Message[];
  readonly answerId: string;
  /** The whole conversation with all its texts. */
  readonly input: GenerateInput;
  /** What the question's own texts stand between in that. */
  readonly delimiters: readonly string[];
  /** Where the answer is gone on from; empty where it begins. */
  readonly before: string;
  /** The question's own texts; null when it has none. */
  readonly long: LongText | null;
  /** The texts it asks something of, which may be those of an earlier question; null when there are none. */
  readonly about: AskedTexts | null;
  /** How many texts are lost with all of them, or without the first `dropped` turns; 0 when one of them is left. */
  readonly lostTexts: (dropped?: number) => number;
}

export interface QuestionSource {
  readonly ids: { readonly questionId: string; readonly answerId: string };
  readonly messages: readonly Message[];
  /** By the ids of their questions. */
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
  /** How the model is usually asked. */
  readonly sampling: Sampling;
  readonly text: GrowingText;
}

const longestAnswerTokens = 4096;

export function readQuestion({ ids, messages, attachments, sampling, text }: QuestionSource): Question {
  const { questionId, answerId } = ids;
  const action = messages.find(({ id }) => id === questionId)?.action ?? null;
  const texts = attachments.get(questionId) ?? [];
  const long = longTextOf(messages, ids, attachments);
  return {
    messages,
    answerId,
    input: {
      messages: chatPrompt(messages, answerId, attachments),
      sampling: mergeSampling(sampling, action?.sampling ?? null),
      maxTokens: action?.maxTokens ?? longestAnswerTokens,
      thinking: 'off',
      hints: { ...text.hints, ...hintsOf(action, texts, text.before === '' ? long : null) },
    },
    delimiters: texts.map((one) => delimiterOf(one.text)),
    before: text.before,
    long,
    about: askedTextsOf(messages, questionId, attachments),
    lostTexts: (dropped) => lostTexts(messages, answerId, attachments, dropped),
  };
}
