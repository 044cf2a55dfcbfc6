import type { DatabaseSync } from 'node:sqlite';

/** What the indexes of a damaged file say was there, and whether they could be read to their end. */
export interface RowEvidence {
  /** Numbers of messages, with the conversation of each where it is known. */
  readonly messages: ReadonlyMap<number, string | null>;
  readonly allMessages: boolean;
  /** Ids of conversations with the numbers of their rows. */
  readonly conversations: ReadonlyMap<string, number>;
  readonly allConversations: boolean;
}

export const noEvidence: RowEvidence = {
  messages: new Map(),
  allMessages: false,
  conversations: new Map(),
  allConversations: false,
};

/** The indexes stand on other pages than the rows: they tell which rows a broken page held. */
export function gatherEvidence(database: DatabaseSync): RowEvidence {
  const messages = new Map<number, string | null>();
  const byPlace = readIndex(database, 'messages', 2, ['conversation_id', 'position'], (row) =>
    messages.set(Number(row['rowid']), String(row['conversation_id'])),
  );
  const byId = readIndex(database, 'messages', 1, ['id'], (row) => {
    const number = Number(row['rowid']);
    if (!messages.has(number)) messages.set(number, null);
  });
  const conversations = new Map<string, number>();
  const allConversations = readIndex(database, 'conversations', 1, ['id'], (row) =>
    conversations.set(String(row['id']), Number(row['rowid'])),
  );
  return { messages, allMessages: byPlace || byId, conversations, allConversations };
}

/** An entry that was damaged itself tells of nothing. */
function isLikely(row: Record<string, unknown>, columns: readonly string[]): boolean {
  const [id] = columns.map((column) => row[column]);
  return (
    Number(row['rowid']) > 0 && typeof id === 'string' && id !== '' && !id.includes('\0') && !id.includes('\ufffd')
  );
}

type Take = (row: Record<string, unknown>) => void;

/** Whether the whole index could be read. Else it was read from both ends: a page in its middle hides as little as can be. */
function readIndex(database: DatabaseSync, table: string, index: number, columns: readonly string[], take: Take) {
  for (const order of ['', ' DESC']) {
    const by = columns.map((column) => column + order).join(', ');
    const from = `${table} INDEXED BY sqlite_autoindex_${table}_${index}`;
    try {
      const rows = database.prepare(`SELECT rowid AS "rowid", ${columns.join(', ')} FROM ${from} ORDER BY ${by}`);
      for (const row of rows.iterate()) if (isLikely(row, columns)) take(row);
      if (order === '') return true;
    } catch {
      // What was read so far counts.
    }
  }
  return false;
}
