import type { UsedAction } from '../../contract/atom.ts';
import type { Message } from '../../contract/conversation.ts';
import type { Attachment } from '../attachment.ts';
import { wellFormed } from './text.ts';

interface ChatTexts {
  readonly messages: readonly Message[];
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
}

export interface NewQuestion {
  readonly id: string;
  readonly text: string;
  readonly action: UsedAction | null;
  readonly attachments: readonly Attachment[];
  /** The question it takes the place of, with all that came after. */
  readonly editsMessageId: string | null;
}

/** A chat as `Conversations.ask` would make it, without a word of it stored: its prompt is the same, byte for byte. */
export function withQuestion(chat: ChatTexts, question: NewQuestion, answerId: string): ChatTexts {
  const { id, text, action, editsMessageId } = question;
  const edited = editsMessageId === null ? [] : (chat.attachments.get(editsMessageId) ?? []);
  const kept = before(chat, editsMessageId);
  const own = (question.attachments.length > 0 ? question.attachments : edited).map(asStored);
  const attachments = new Map([...kept.attachments, ...(own.length > 0 ? ([[id, own]] as const) : [])]);
  const messages = [...kept.messages, message({ id, text, action, role: 'user' }), growing(answerId)];
  return { messages, attachments };
}

/** A chat as `Conversations.askAgain` would make it. */
export function withoutLastAnswer(chat: ChatTexts, answerId: string): ChatTexts {
  const at = chat.messages.findLastIndex(({ role }) => role === 'user');
  return { ...chat, messages: [...chat.messages.slice(0, at + 1), growing(answerId)] };
}

function before({ messages, attachments }: ChatTexts, messageId: string | null): ChatTexts {
  if (messageId === null) return { messages, attachments };
  const at = messages.findIndex(({ id }) => id === messageId);
  const kept = at < 0 ? messages : messages.slice(0, at);
  const ids = new Set(kept.map(({ id }) => id));
  return { messages: kept, attachments: new Map([...attachments].filter(([id]) => ids.has(id))) };
}

function asStored(attachment: Attachment): Attachment {
  return { ...attachment, text: wellFormed(attachment.text) };
}

function growing(id: string): Message {
  return message({ id, text: '', action: null, role: 'assistant' });
}

function message(own: Pick<Message, 'id' | 'text' | 'action' | 'role'>): Message {
  return {
    ...{ conversationId: '', thinking: '', error: null, receipt: null, canGoOn: false, attachments: [], createdAt: 0 },
    state: own.role === 'user' ? 'complete' : 'growing',
    ...own,
  };
}
