import type { DatabaseSync } from 'node:sqlite';
import { areNear } from './near-ids.ts';
import type { RowEvidence } from './row-evidence.ts';
import { selectRows, type TakeRow } from './row-sources.ts';
import type { RowWriter } from './row-writer.ts';
import { chatTables, type NamedRow } from './salvaged-tables.ts';
import type { Gap } from './scan-table.ts';

/** What the damaged file told of itself. */
export interface FileTold {
  readonly gaps: ReadonlyMap<string, readonly Gap[] | null>;
  readonly evidence: RowEvidence;
  /** Chats whose own rows were read from it. */
  readonly chats: FileChats;
}

/** How a copy is read: whether its rows are taken, and whether it has seen more than the file. */
export interface CopyUse {
  readonly fillsIn: boolean;
  readonly isNewer: boolean;
}

export interface CopyRead {
  /** Whether the copy could be read at all. */
  readonly read: boolean;
  /** Whether messages came back of which the file does not tell whether it had them. */
  readonly presumed: boolean;
}

/**
 * Takes what a copy has and the damaged file had, as far as that can be known. A chat is deleted with its row, and a question
 * that was worded anew stands where the old one stood: without one of the two, no person has removed a message.
 */
export function readCopy(path: string, writer: RowWriter, told: FileTold, { fillsIn, isNewer }: CopyUse): CopyRead {
  const wasThere = knownRows(told);
  const ids = new Map<string, string>();
  const unclear: NamedRow[] = [];
  let rows = 0;
  const use: TakeRow = !fillsIn ? writer.confirm : isNewer ? writer.takeBack : writer.takeFromCopy;
  const { gaps } = selectRows(path, 'with-log', (table, row, whole) => {
    rows += 1;
    if (table === chatTables.messages) ids.set(placeOf(row), String(row['id']));
    // All that a copy has and an older file has not came later.
    if (isNewer || wasThere(table.name, row)) use(table, row, whole);
    else if (fillsIn && whole && table === chatTables.messages) unclear.push(row);
  });
  let presumed = false;
  for (const row of unclear) {
    if (told.chats.isWithout(row, ids)) {
      writer.takeBack(chatTables.messages, row, true);
      presumed = true;
    } else writer.compare(chatTables.messages, row);
  }
  return { read: rows > 0 || gaps.get('conversations')?.length === 0, presumed };
}

function knownRows({ gaps, evidence }: FileTold): (table: string, row: NamedRow) => boolean {
  const mayBeMissing = (number: number) => {
    if (evidence.allMessages) return evidence.messages.has(number);
    const left = gaps.get('messages');
    return left === undefined || left === null || left.some(({ from, to }) => number >= from && number <= to);
  };
  const conversationsMissing = gaps.get('conversations')?.length !== 0;
  const filled = new Set([...evidence.messages.values()].map(({ conversation }) => conversation));
  // Where all messages are told with their chats, a chat that none of them names was deleted after the copy.
  const mayHaveBeenThere = (id: string) => !evidence.allMessages || filled.has(null) || filled.has(id);
  return (table, row) => {
    if (table === 'messages') return mayBeMissing(Number(row['number']));
    if (table !== 'conversations') return true;
    const id = String(row['id']);
    if (evidence.allConversations) return evidence.conversations.has(id);
    return conversationsMissing && mayHaveBeenThere(id);
  };
}

/** The chats as the damaged file had them, before anything came from a copy. */
export class FileChats {
  /** The ids of messages in their places, by chat. */
  readonly #places = new Map<string, Map<number, string>>();

  constructor(target: DatabaseSync) {
    for (const { id } of target.prepare('SELECT id FROM conversations WHERE deleted_at IS NULL').all())
      this.#places.set(String(id), new Map());
    for (const row of target.prepare('SELECT id, conversation_id, position FROM messages').all())
      this.#places.get(String(row['conversation_id']))?.set(Number(row['position']), String(row['id']));
  }

  /** Whether the chat of a copy's message is here, and goes up to that message as the copy does. `ids`: of the copy. */
  isWithout(row: NamedRow, ids: ReadonlyMap<string, string>): boolean {
    const chat = String(row['conversation_id']);
    const places = this.#places.get(chat);
    if (places === undefined) return false;
    for (const [position, id] of places) {
      const other = ids.get(keyOf(chat, position));
      if (position <= Number(row['position']) && other !== undefined && other !== id && !areNear(other, id))
        return false;
    }
    return places.get(Number(row['position'])) === undefined;
  }
}

function placeOf(row: NamedRow): string {
  return keyOf(String(row['conversation_id']), Number(row['position']));
}

function keyOf(chat: string, position: number): string {
  return `${position} ${chat}`;
}
