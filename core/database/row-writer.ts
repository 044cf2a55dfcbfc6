import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Row } from '../queries.ts';
import { areNear } from './near-ids.ts';
import type { MessagePlace, RowEvidence } from './row-evidence.ts';
import type { TakeRow } from './row-sources.ts';
import { chatTables, isTime, type NamedRow, readableText, type SalvagedTable, states } from './salvaged-tables.ts';

const { conversations, messages } = chatTables;

/** Writes rows into a fresh database, each once: the first that comes stays. */
export class RowWriter {
  readonly #target: DatabaseSync;
  readonly #inserts = new Map<string, StatementSync>();
  readonly #stored: StatementSync;
  readonly #parts: { readonly table: SalvagedTable; readonly row: NamedRow }[] = [];
  /** Texts of the copy that differ from what the damaged file says, by the id of the message. */
  readonly #differing = new Map<string, NamedRow>();
  readonly #broken: NamedRow[] = [];
  readonly #numbers = new Set<number>();
  /** The id of each conversation that was read, by the number of its row. */
  readonly conversationIds = new Map<number, string>();
  /** Where the copy says that a message stands which the damaged file puts elsewhere, by its id. */
  readonly places = new Map<string, MessagePlace>();
  /** Ids of conversations of which something came from a copy. */
  readonly fromCopy = new Set<string>();
  partsWritten = 0;

  constructor(target: DatabaseSync) {
    this.#target = target;
    this.#stored = target.prepare('SELECT text, state, conversation_id, position FROM messages WHERE id = ?');
  }

  readonly take: TakeRow = (table, row, whole) => {
    if (!whole || hasHole(row)) {
      this.#parts.push({ table, row });
      return;
    }
    // A number that was damaged may be another row's: the row is taken under a new one.
    if (!this.#write(table, row) && table === messages && !this.#has(row)) this.#write(table, this.#atTheEnd(row));
    const rowid = Number(row['rowid']);
    if (table === conversations && !this.conversationIds.has(rowid)) this.conversationIds.set(rowid, String(row['id']));
  };

  /** Takes a row that a query gave, whose kind is known: a message with a text that can be read is kept, whatever else is broken. */
  readonly takeSelected: TakeRow = (table, row, whole) => {
    if (table === messages && messages.clean(row) === null) this.#broken.push(row);
    this.take(table, row, whole);
  };

  /** Puts broken messages where the indexes say they were, else after the message before. */
  placeBroken({ messages: known }: RowEvidence): void {
    const before = this.#target.prepare(
      'SELECT conversation_id FROM messages WHERE number < ? ORDER BY number DESC LIMIT 1',
    );
    for (const row of this.#broken.splice(0)) {
      const number = Number(row['rowid']);
      const place = known.get(number);
      const from = place?.conversation ?? before.get(number)?.['conversation_id'] ?? `c-of-message-${number}`;
      const id = typeof row['id'] === 'string' && row['id'] !== '' ? row['id'] : (place?.id ?? `m-of-row-${number}`);
      const role = row['role'] === 'user' ? 'user' : 'assistant';
      const position = place?.position ?? number;
      const text = readableText(row['text']);
      const placed = { ...row, number, id, role, text, state: 'cut', conversation_id: String(from), position };
      // A page of another table that lies among those of messages has rows of that one.
      if (text === null || !isLikelyMessage(row, place)) continue;
      // What was no text any more is not what was written, whatever can be read of it.
      if (!this.#has(placed)) this.take(messages, placed, typeof row['text'] === 'string');
    }
  }

  readonly takeFromCopy: TakeRow = (table, row, whole) => {
    if (!whole || hasHole(row)) return;
    if (this.#write(table, row)) this.#noteCopied(table, row);
    else {
      if (table === messages && !this.#has(row)) this.#giveBackId(row);
      this.compare(table, row);
    }
  };

  /** Takes a row that a file lacks whose numbers may be other rows’ since: a number that is taken is not in the way. */
  readonly takeBack: TakeRow = (table, row, whole) => {
    this.takeFromCopy(table, row, whole);
    if (table !== messages || !whole || hasHole(row) || this.#has(row)) return;
    const next = this.#atTheEnd(row);
    if (this.#write(table, { ...next, position: row['position'] ?? null }) || this.#write(table, next))
      this.#noteCopied(table, row);
  };

  /** Notes a text of the copy that is another one than the damaged file gave. */
  compare(table: SalvagedTable, row: NamedRow): void {
    if (table !== messages) return;
    const id = String(row['id']);
    const stored = this.#stored.get(id);
    if (stored === undefined) return;
    if (isOtherText(stored, row)) this.#differing.set(id, row);
    const [conversation, position] = [String(row['conversation_id']), Number(row['position'])];
    if (stored['conversation_id'] !== conversation || stored['position'] !== position)
      this.places.set(id, { id, conversation, position });
  }

  /** An older copy: where it says what the damaged file says, the newer copy is the one that is wrong. */
  readonly confirm: TakeRow = (table, row, whole) => {
    if (table !== messages || !whole || !this.#differing.has(String(row['id']))) return;
    const stored = this.#stored.get(String(row['id']));
    if (stored === undefined || !isOtherText(stored, row)) this.#differing.delete(String(row['id']));
  };

  /** A message that is complete never changes: of two texts, that of the copy was checked when it was made. */
  settleTexts(): void {
    const settle = this.#target.prepare('UPDATE messages SET text = ? WHERE id = ?');
    for (const [id, row] of this.#differing) {
      settle.run(String(row['text']), id);
      this.#noteCopied(messages, row);
    }
  }

  /** What is left of rows that no source had whole: an answer is marked as cut. */
  writeParts(): void {
    for (const { table, row } of this.#parts.splice(0)) {
      const text =
        typeof row['text'] === 'string' ? row['text'].replace(/[\0\ufffd]+$/, '').replaceAll('\0', '') : null;
      const left = text === null ? row : { ...row, text };
      const marked = table === messages && row['role'] === 'assistant' ? { ...left, state: 'cut' } : left;
      if (this.#write(table, marked) && table === messages) this.partsWritten += 1;
    }
  }

  hasAll({ messages: known, conversations: chats }: RowEvidence): boolean {
    return (
      [...known.keys()].every((number) => this.#numbers.has(number)) &&
      [...chats.values()].every((row) => this.conversationIds.has(row))
    );
  }

  #noteCopied(table: SalvagedTable, row: NamedRow): void {
    if (table === messages) this.fromCopy.add(String(row['conversation_id']));
    else if (table === conversations) this.fromCopy.add(String(row['id']));
  }

  #has(row: NamedRow): boolean {
    return this.#target.prepare('SELECT 1 FROM messages WHERE id = ?').get(String(row['id'])) !== undefined;
  }

  #atTheEnd(row: NamedRow): NamedRow {
    const next = this.#target.prepare(
      'SELECT (SELECT max(number) FROM messages) + 1 AS number, coalesce(max(position), 0) + 1 AS position FROM messages WHERE conversation_id = ?',
    );
    return { ...row, ...next.get(String(row['conversation_id'])) } as NamedRow;
  }

  /** Gives a message that is known under another id that id back: the id was damaged, and texts belong to it by the id. */
  #giveBackId(row: NamedRow): void {
    const [id, number] = [String(row['id']), Number(row['number'])];
    const there = this.#target
      .prepare('SELECT id, conversation_id, position FROM messages WHERE number = ?')
      .get(number);
    if (there === undefined) return;
    const isInPlace = there['conversation_id'] === row['conversation_id'] && there['position'] === row['position'];
    if (!isInPlace && !areNear(String(there['id']), id)) return;
    this.#target.prepare('UPDATE messages SET id = ? WHERE number = ?').run(id, number);
    this.#noteCopied(messages, row);
  }

  #write(table: SalvagedTable, row: NamedRow): boolean {
    const clean = table.clean(row);
    if (clean === null) return false;
    const columns = table.columns.filter((column) => clean[column] !== undefined);
    const written = Number(this.#insert(table, columns).run(...columns.map((column) => clean[column] ?? null)).changes);
    if (table === messages) this.#numbers.add(Number(clean['number']));
    return written > 0;
  }

  #insert(table: SalvagedTable, columns: readonly string[]): StatementSync {
    const names = columns.join(', ');
    const sql = `INSERT OR IGNORE INTO ${table.name} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
    const insert = this.#inserts.get(sql) ?? this.#target.prepare(sql);
    this.#inserts.set(sql, insert);
    return insert;
  }
}

/** Whether half of what tells a message holds. `place`: what the indexes say of the row. */
function isLikelyMessage(row: NamedRow, place: MessagePlace | undefined): boolean {
  const { id, conversation_id: conversation, position, role, state, created_at: created } = row;
  const is = (value: unknown, known: string | null | undefined, begins: string) =>
    typeof value === 'string' && (value === known || value.startsWith(begins));
  const signs = [
    is(id, place?.id, 'm-'),
    is(conversation, place?.conversation, 'c-'),
    Number.isSafeInteger(position),
    role === 'user' || role === 'assistant',
    states.has(state),
    isTime(created),
  ];
  return signs.filter((holds) => holds).length >= 3;
}

/** A message that is complete never changes. */
function isOtherText(stored: Row, row: NamedRow): boolean {
  return row['state'] === 'complete' && stored['state'] === 'complete' && stored['text'] !== row['text'];
}

/** Zero bytes are never stored: where they stand in a text, a page of it was lost. */
function hasHole(row: NamedRow): boolean {
  return ['text', 'thinking', 'title'].some((column) => {
    const value = row[column];
    return typeof value === 'string' && value.includes('\0');
  });
}
