import type { DatabaseSync } from 'node:sqlite';

/** What is told of one message; null for what is not. */
export interface MessagePlace {
  readonly id: string | null;
  readonly conversation: string | null;
  readonly position: number | null;
}

/** What the indexes of a damaged file say was there, and whether they could be read to their end. */
export interface RowEvidence {
  /** By the numbers of messages. */
  readonly messages: ReadonlyMap<number, MessagePlace>;
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

const nothingTold: MessagePlace = { id: null, conversation: null, position: null };

/** The indexes stand on other pages than the rows: they tell which rows a broken page held. */
export function gatherEvidence(database: DatabaseSync): RowEvidence {
  const messages = new Map<number, MessagePlace>();
  const note = (rowid: unknown, told: Partial<MessagePlace>) =>
    messages.set(Number(rowid), { ...(messages.get(Number(rowid)) ?? nothingTold), ...told });
  const byPlace = readIndex(database, 'messages', 2, ['conversation_id', 'position'], (row) =>
    note(row['rowid'], { conversation: String(row['conversation_id']), position: Number(row['position']) }),
  );
  const byId = readIndex(database, 'messages', 1, ['id'], (row) => note(row['rowid'], { id: String(row['id']) }));
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
