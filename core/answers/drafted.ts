import type { UsedAction } from '../../contract/atom.ts';
import type { ParsedOf } from '../../contract/define.ts';
import { AppError, type AppErrorShape, fromErrorShape } from '../../contract/errors.ts';
import type { runsRoutes } from '../../contract/routes/runs.ts';
import type { Attachment } from '../attachment.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { withoutLastAnswer, withQuestion } from '../conversations/unstored.ts';
import type { Looked } from './looking.ts';

export type LookInput = ParsedOf<(typeof runsRoutes.requests)['run.look']>;
type QuestionInput = Extract<LookInput, { readonly of: 'question' }>;

export interface DraftingOptions {
  readonly conversations: Pick<Conversations, 'get' | 'attachmentsOf'>;
  /** The texts of chips, which stay what they are. */
  readonly textsOf: (chipIds: readonly string[]) => readonly Attachment[];
  readonly readQuestion: (text: string) => string;
  readonly whyNothing: () => AppErrorShape | null;
  readonly chooseAction: (actionId: string, text: string) => UsedAction;
  readonly nameOf: (action: UsedAction) => string;
  /** Chats as they would be stored. */
  readonly unstored: {
    readonly withQuestion: typeof withQuestion;
    readonly withoutLastAnswer: typeof withoutLastAnswer;
  };
}

const needsText = { code: 'action/needs-text', message: 'there is no text to use the action on' } as const;

/** The answer that would be begun if it were asked for now; throws what asking for it would throw. */
export function draftOf(input: LookInput, options: DraftingOptions): Looked {
  if (input.of === 'question') return draftOfQuestion(input, options);
  const { conversationId } = input;
  const chat = chatOf(conversationId, options);
  const question = chat.messages.findLast(({ role }) => role === 'user');
  if (question === undefined) throw new AppError('conversation/not-found', 'nothing was asked', { action: 'new-chat' });
  const key = conversationId;
  if (input.of === 'again') {
    const answerId = `draft-${question.id}`;
    const wanted = { modelId: input.modelId, here: false };
    const draft = { key, ...options.unstored.withoutLastAnswer(chat, answerId) };
    return { draft, answerId, questionId: question.id, wanted, written: null };
  }
  const answer = chat.messages.at(-1);
  if (answer === undefined || !answer.canGoOn)
    throw new AppError('run/cannot-continue', 'the last answer was not broken off', { action: 'try-again' });
  const wanted = { modelId: null, here: false };
  return { draft: { key, ...chat }, answerId: answer.id, questionId: question.id, wanted, written: answer };
}

/** Answers the draft of a question that is still being written, and may be empty. */
export function draftOfWriting(
  input: Pick<QuestionInput, 'conversationId' | 'text' | 'actionId' | 'chipIds'>,
  answerId: string,
  options: DraftingOptions,
): Looked['draft'] {
  const { conversationId, text, actionId, chipIds } = input;
  const attachments = options.textsOf(chipIds);
  const action = actionId === null ? null : options.chooseAction(actionId, '');
  const question = { id: `${answerId}-question`, text, action, attachments, editsMessageId: null };
  const chat = conversationId === null ? noChat() : chatOf(conversationId, options);
  return { key: answerId, ...options.unstored.withQuestion(chat, question, answerId) };
}

function noChat(): ReturnType<typeof chatOf> {
  return { messages: [], attachments: new Map() };
}

function draftOfQuestion(input: QuestionInput, options: DraftingOptions): Looked {
  const { textsOf, readQuestion, whyNothing, chooseAction, nameOf } = options;
  const { questionId, conversationId, text, modelId, editsMessageId, actionId, chipIds } = input;
  const attachments = textsOf(chipIds);
  const first = attachments.find(({ kind }) => kind !== 'window');
  if (actionId !== null && first === undefined) throw fromErrorShape(whyNothing() ?? needsText);
  const action = actionId === null ? null : chooseAction(actionId, first?.text ?? '');
  const words = action === null ? readQuestion(text) : nameOf(action);
  const chat = conversationId === null ? noChat() : chatOf(conversationId, options);
  const answerId = `draft-${questionId}`;
  const question = { id: questionId, text: words, action, attachments, editsMessageId };
  const draft = { key: conversationId ?? questionId, ...options.unstored.withQuestion(chat, question, answerId) };
  return { draft, answerId, questionId, wanted: { modelId, here: false }, written: null };
}

function chatOf(conversationId: string, { conversations }: DraftingOptions) {
  const { messages } = conversations.get(conversationId);
  return { messages, attachments: conversations.attachmentsOf(conversationId) };
}
