import type { UsedAction } from '../../contract/atom.ts';
import type { ConversationRow, ConversationSummary, Message, MessageState } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import { canGoOn } from '../can-go-on.ts';
import type { Row } from '../queries.ts';
import { readReceipt } from '../read-receipt.ts';
import { kindOf, type StoredAttachment, summarise } from './attachments.ts';

export function toSummary(row: Row): ConversationSummary {
  return {
    id: String(row['id']),
    title: String(row['title']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    questions: Number(row['questions']),
    runningRunId: null,
  };
}

/** A chat as a list shows it, from a row that has its source and host besides. */
export function toConversationRow(row: Row): ConversationRow {
  const source = fromJson<NonNullable<ConversationRow['source']>>(row['source']);
  return {
    ...toSummary(row),
    pinnedAt: row['pinned_at'] === null ? null : Number(row['pinned_at']),
    source: source === null ? null : { ...source, kind: kindOf(source.kind) },
    host: row['host'] === null ? null : String(row['host']),
  };
}

/** `sent`: where its question went, for an answer that has no receipt of its own; a server's error says so itself. */
export function toMessage(row: Row, attachments: readonly StoredAttachment[], sent: Receipt | null = null): Message {
  const text = String(row['text']);
  const state = row['state'] as MessageState;
  const error = fromJson<AppErrorShape>(row['error']);
  const saysWhere = error?.code.startsWith('server/') === true;
  const receipt = readReceipt(row['receipt']) ?? (state === 'growing' || saysWhere ? null : sent);
  return {
    id: String(row['id']),
    conversationId: String(row['conversation_id']),
    role: row['role'] === 'user' ? 'user' : 'assistant',
    text,
    thinking: String(row['thinking']),
    state,
    error,
    receipt,
    canGoOn: canGoOn({ text, state, error, receipt }),
    attachments: attachments.map(summarise),
    action: fromJson<UsedAction>(row['action']),
    createdAt: Number(row['created_at']),
  };
}

export function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromJson<Value>(text: unknown): Value | null {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    // A broken error must not hide the answer it belongs to.
    return null;
  }
}
