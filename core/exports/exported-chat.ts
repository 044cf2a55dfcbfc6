import type { Conversation, Message } from '../../contract/conversation.ts';
import type { ExportWords } from '../../contract/export.ts';

/** A text that went along with a question, whole. */
export interface ExportedText {
  readonly kind: string;
  readonly application: string | null;
  readonly title: string | null;
  readonly text: string;
}

export interface ExportedChat {
  readonly conversation: Conversation;
  /** By the question's id. */
  readonly texts: ReadonlyMap<string, readonly ExportedText[]>;
}

/** One way to write chats, piece by piece, so that a long history is never in memory at once. */
export interface ChatFormat {
  readonly head: (title: string) => string;
  readonly chat: (chat: ExportedChat, isFirst: boolean) => Generator<string>;
  readonly tail: () => string;
}

/** Longest text of a question that is quoted; a longer one is named alone, as it has a file of its own mostly. */
const longestQuoted = 2000;

/** What stands above a message: who says it, with which action, and how an answer ended. */
export function headingOf(message: Message, words: ExportWords): string {
  const { role, action, state } = message;
  const name = role === 'user' ? words.question : words.answer;
  if (role === 'user') return action === null ? name : `${name}: ${action.name[words.language]}`;
  const ending = state === 'stopped' || state === 'cut' || state === 'failed' ? ` (${words[state]})` : '';
  return `${name}${ending}`;
}

/** Where a text came from, in a line of its own; empty where nobody knows. */
export function sourceOf({ application, title }: ExportedText): string {
  return [title, application].filter((part) => part !== null && part !== '').join(' · ');
}

export function quotedTextOf({ text, kind }: ExportedText): string | null {
  return kind === 'file' || text.length > longestQuoted ? null : text;
}

/** Date and time as people of that language write them. */
export function sayTime(at: number, language: ExportWords['language']): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** A title in one line. */
export function lineOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
