import type { DatabaseSync } from 'node:sqlite';
import type { Value } from './leaf-rows.ts';
import { NearIds } from './near-ids.ts';
import type { RowEvidence } from './row-evidence.ts';
import type { RowWriter } from './row-writer.ts';

/** Counts of chats and messages after everything was read over. */
export interface Counts {
  readonly total: number;
  readonly kept: number;
  readonly titles: number;
  readonly fromCopy: number;
  readonly lostMessages: number;
  /** Whether chats lack messages that nothing tells of. */
  readonly hasHoles: boolean;
}

/** `indexed`: numbers of messages that the search index holds and the damaged file has not removed; null where it tells none. */
export function countSaved(
  target: DatabaseSync,
  evidence: RowEvidence,
  writer: RowWriter,
  indexed: ReadonlySet<number> | null,
): Counts {
  const names = (sql: string) =>
    new Set(
      target
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)[0] as Value),
    );
  const there = names('SELECT id FROM conversations WHERE deleted_at IS NULL');
  const filled = names('SELECT DISTINCT conversation_id FROM messages');
  const kept = new Set([...there].filter((id) => filled.has(id)));
  const all = names('SELECT id FROM conversations');
  const near = new NearIds([...all].map(String));
  // An id that was damaged where it was told is no other chat.
  const isHere = (id: string) => all.has(id) || near.all(id).length > 0;
  const known = new Set<Value>(there);
  for (const [id, row] of evidence.conversations) if (!writer.conversationIds.has(row) && !isHere(id)) known.add(id);
  let lostMessages = writer.partsWritten;
  const lacking = new Set<Value>();
  const [numbers, ids] = [names('SELECT number FROM messages'), names('SELECT id FROM messages')];
  for (const [number, { id, conversation }] of evidence.messages) {
    // It may be here under another number.
    if (numbers.has(number) || (id !== null && ids.has(id))) continue;
    lostMessages += 1;
    lacking.add(conversation);
    if (conversation !== null && !isHere(conversation)) known.add(conversation);
  }
  for (const number of indexed ?? []) if (!numbers.has(number) && !evidence.messages.has(number)) lostMessages += 1;
  const fromCopy = [...writer.fromCopy].filter((id) => kept.has(id)).length;
  const hasHoles = [...names(withHoles)].some((id) => !lacking.has(id) && !lacking.has(null));
  return { total: known.size, kept: kept.size, titles: there.size - kept.size, fromCopy, lostMessages, hasHoles };
}

/** Messages of a chat are numbered from 1 without a gap, and each question has its answer. */
const withHoles = `
  SELECT c.id FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id WHERE c.deleted_at IS NULL
  GROUP BY c.id HAVING count(m.number) = 0 OR max(m.position) <> count(m.number) OR count(m.number) % 2 <> 0`;
