import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip } from '../../contract/context.ts';
import type { Message } from '../../contract/conversation.ts';
import { idOfPlainAnswer } from '../answer/is-changed-text.ts';
import { useCopied } from '../answer/use-copied.ts';
import { type LookedUp, useLookedUp } from '../answer/use-looked-up.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { type OpenReceipt, useOpenReceipt } from '../receipt/use-open-receipt.ts';
import { type ConversationView, useConversation } from '../run/use-conversation.ts';
import { type Cards, useCards } from './cards/use-cards.tsx';
import { useToast } from './toast.tsx';
import { type Draft, useDraft } from './use-draft.ts';

/** The chat that is open in the window, with what is being written in it. */
export interface ChatDesk {
  readonly conversation: ConversationView;
  readonly draft: Draft;
  readonly write: (text: string) => void;
  readonly cancelEdit: () => void;
  /** Files that go along with the next question. */
  readonly files: readonly ContextChip[];
  readonly lookedUp: LookedUp;
  readonly openReceipt: OpenReceipt;
  readonly send: (text?: string) => void;
  /** Shows what sending the draft would send. */
  readonly look: () => void;
  /** Puts the last question into the composer. */
  readonly editLast: () => void;
  /** Whether another model is being chosen for the last question. */
  readonly choosesAnother: boolean;
  readonly chooseAnother: (on: boolean) => void;
  readonly copyAnswer: (answer: Message) => void;
  readonly cards: Cards;
  /** Answers a question anew, in place of its answer and of all that came after. */
  readonly againAt: (answer: Message) => void;
}

const noChips: readonly ContextChip[] = [];

export function useChat(initialId: string | null): ChatDesk {
  const client = useClient();
  const { t } = useTranslation('window');
  const toast = useToast();
  const { copyAnswer } = useCopied();
  const cards = useCards();
  const conversation = useConversation(initialId);
  const { id, messages } = conversation;
  const { draft, write, clear } = useDraft(id);
  const files = (useMirror('context')?.chips ?? noChips).filter(({ kind }) => kind === 'file');
  const lookedUp = useLookedUp(idOfPlainAnswer(messages));
  const [choosesAnother, chooseAnother] = useState(false);
  const send = async (text: string, show = false) => {
    if (text.trim() === '') return;
    const chipIds = files.filter(({ on }) => on).map((chip) => chip.id);
    const edits = draft.editing === null ? {} : { editsMessageId: draft.editing };
    if (!(await conversation.ask(text, { ...edits, chipIds, show }))) return;
    clear(id);
    // What was sent belongs to its question now; the next one begins without it.
    if (files.length > 0) void client.request('context.clear', {});
  };
  const editLast = () => {
    const question = messages.findLast(({ role }) => role === 'user');
    if (question !== undefined) write({ text: question.text, editing: question.id });
  };
  const againAt = (answer: Message) => {
    const question = questionOf(messages, answer);
    if (answer === messages.at(-1) || question === null) void conversation.again();
    else void conversation.ask(question.text, { editsMessageId: question.id, ...actionOf(question) });
  };
  return {
    conversation,
    draft,
    write: useCallback((text: string) => write({ text, editing: draft.editing }), [write, draft.editing]),
    cancelEdit: useCallback(() => clear(id), [clear, id]),
    files,
    lookedUp,
    openReceipt: useOpenReceipt(),
    send: (text = draft.text) => void send(text),
    look: () => void send(draft.text, true),
    editLast,
    againAt,
    choosesAnother,
    chooseAnother,
    cards,
    copyAnswer: async (answer) => toast({ text: t((await copyAnswer(answer)) ? 'chats.copied' : 'chats.notCopied') }),
  };
}

function questionOf(messages: readonly Message[], answer: Message): Message | null {
  return messages.slice(0, messages.indexOf(answer)).findLast(({ role }) => role === 'user') ?? null;
}

function actionOf({ action }: Message): { readonly actionId?: string } {
  return action === null ? {} : { actionId: action.id };
}
