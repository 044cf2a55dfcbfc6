import type { ContextKind } from '../../contract/context.ts';
import { type AttachmentSummary, excerptCharacters } from '../../contract/conversation.ts';
import { extentOf } from '../../contract/document.ts';
import { countWords } from '../../text/words.ts';
import { type Attachment, fileOriginSchema } from '../attachment.ts';
import type { Queries } from '../queries.ts';
import { parsePositions } from '../text-positions.ts';
import { wellFormed } from './text.ts';

/** Stores the texts of a question; called inside the transaction that stores the question. */
export function insertAttachments(database: Queries, messageId: string, attachments: readonly Attachment[]): void {
  const insert = database.prepare(
    `INSERT INTO attachments (message_id, position, kind, text, application, title, positions, words, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [position, { kind, text, application, title, positions, origin }] of attachments.entries()) {
    const places = positions === null ? null : JSON.stringify(positions);
    const words = countWords(text);
    const from = origin === undefined ? null : JSON.stringify(origin);
    insert.run(messageId, position, kind, wellFormed(text), clean(application), clean(title), places, words, from);
  }
}

/** A text as it is stored, with its words counted. */
export interface StoredAttachment extends Attachment {
  readonly words: number;
}

/** The texts of every question of a conversation, whole, by the question's id. */
export function readAttachments(
  database: Queries,
  conversationId: string,
): ReadonlyMap<string, readonly StoredAttachment[]> {
  const rows = database
    .prepare(
      `SELECT a.* FROM attachments a JOIN messages m ON m.id = a.message_id
       WHERE m.conversation_id = ? ORDER BY m.position, a.position`,
    )
    .all(conversationId);
  const found = new Map<string, StoredAttachment[]>();
  for (const row of rows) {
    const id = String(row['message_id']);
    const list = found.get(id) ?? [];
    list.push({
      kind: kindOf(row['kind']),
      text: String(row['text']),
      application: row['application'] === null ? null : String(row['application']),
      title: row['title'] === null ? null : String(row['title']),
      positions: row['positions'] === null ? null : parsePositions(String(row['positions']), String(row['text'])),
      ...originOf(row['origin']),
      words: row['words'] === null ? countWords(String(row['text'])) : Number(row['words']),
      targetId: null,
      editable: false,
      needsFocus: false,
    });
    found.set(id, list);
  }
  return found;
}

/** What is no origin counts as none: the file is then said to lie nowhere. */
function originOf(stored: unknown): Pick<Attachment, 'origin'> {
  if (typeof stored !== 'string') return {};
  const read = fileOriginSchema.safeParse(parseJson(stored));
  return read.success ? { origin: read.data } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function summarise({ kind, text, application, title, positions, words }: StoredAttachment): AttachmentSummary {
  const excerpt = text.slice(0, excerptCharacters).toWellFormed();
  const extent = positions === null ? null : extentOf(positions);
  return { kind, application, title, words, characters: text.length, extent, excerpt };
}

export function kindOf(stored: unknown): ContextKind {
  return stored === 'clipboard' || stored === 'window' || stored === 'file' ? stored : 'selection';
}

const longestName = 300;

function clean(text: string | null): string | null {
  return text === null ? null : wellFormed(text).slice(0, longestName);
}
