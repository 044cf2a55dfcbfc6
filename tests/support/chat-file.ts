import { join } from 'node:path';
import type { Attachment } from '../../core/attachment.ts';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';

export interface WrittenChat {
  readonly title: string;
  readonly answer: string;
  /** How long ago it was last asked in, in milliseconds. */
  readonly ago?: number;
  /** Texts that its question is about. */
  readonly attachments?: readonly Attachment[];
}

/** Writes chats into a profile that is not open; answers their ids. */
export function writeChats(profile: string, chats: readonly WrittenChat[]): readonly string[] {
  const { database } = openDatabase(join(profile, 'beckon.db'));
  const conversations = new Conversations(database, () => {});
  const rest = { thinking: '', error: null, receipt: null, state: 'complete' } as const;
  const ids = chats.map(({ title, answer, ago = 0, attachments = [] }) => {
    const { conversationId, answerId } = conversations.ask(null, title, null, { attachments, action: null });
    conversations.updateAnswer(answerId, { ...rest, text: answer });
    const at = Date.now() - ago;
    database.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?').run(at, conversationId);
    return conversationId;
  });
  conversations.dispose();
  database.close();
  return ids;
}
