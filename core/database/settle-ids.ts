import type { DatabaseSync } from 'node:sqlite';
import { areNear, NearIds } from './near-ids.ts';
import type { MessagePlace, RowEvidence } from './row-evidence.ts';

/** What others than the rows themselves say of them. */
export interface Told {
  readonly evidence: RowEvidence;
  /** Where a copy says that a message stands, by its id. */
  readonly places: ReadonlyMap<string, MessagePlace>;
  /** The id of a conversation, by the number of the row that it stood in. */
  readonly conversationIds: ReadonlyMap<number, string>;
}

/**
 * Joins what an id that was damaged tore apart: a message to its chat, a chat to its messages, a text to its question. A
 * damaged id stands alone; the right one is also in an index, in the copy, or in the other rows of the chat.
 */
export function settleIds(target: DatabaseSync, told: Told): void {
  putInPlace(target, told);
  giveRows(target, told);
  joinHomeless(target);
  joinTexts(target, told);
}

/** Messages for which an index or the copy names another chat, of which more is there. */
function putInPlace(target: DatabaseSync, { evidence, places }: Told): void {
  const rows = target.prepare('SELECT number, id, conversation_id AS chat, position FROM messages').all();
  const weights = weightsOf(target);
  for (const row of rows) {
    const [number, id, chat] = [Number(row['number']), String(row['id']), String(row['chat'])];
    const ofIndex = evidence.messages.get(number);
    // A row that was taken under another number is not what the index means.
    const isMeant = ofIndex?.id != null && (ofIndex.id === id || areNear(ofIndex.id, id));
    const place = places.get(id) ?? (isMeant ? ofIndex : undefined);
    if (place?.conversation == null) continue;
    if (place.conversation === chat) {
      if (places.has(id) && place.position !== null && place.position !== row['position'])
        target.prepare('UPDATE OR IGNORE messages SET position = ? WHERE number = ?').run(place.position, number);
    } else if ((weights.get(place.conversation) ?? 0) > (weights.get(chat) ?? 0) - 1)
      move(target, number, place.conversation);
  }
}

/** How much there is of each chat: its row, and its messages. */
function weightsOf(target: DatabaseSync): ReadonlyMap<string, number> {
  const sql = 'SELECT conversation_id AS id, count(*) AS weight FROM messages GROUP BY 1';
  const weights = new Map(
    target
      .prepare(sql)
      .all()
      .map((row) => [String(row['id']), Number(row['weight'])]),
  );
  for (const id of namesOf(target, 'SELECT id FROM conversations')) weights.set(id, (weights.get(id) ?? 0) + 1);
  return weights;
}

/** A chat that has a title and no messages stands beside the messages that have none. */
function giveRows(target: DatabaseSync, { evidence, conversationIds }: Told): void {
  const empty = namesOf(target, 'SELECT id FROM conversations WHERE id NOT IN (SELECT conversation_id FROM messages)');
  if (empty.size === 0) return;
  const filled = namesOf(target, 'SELECT DISTINCT conversation_id AS id FROM messages');
  const near = new NearIds(filled);
  const byRow = new Map([...evidence.conversations].map(([id, row]) => [row, id]));
  const rowOf = new Map([...conversationIds].map(([row, id]) => [id, row]));
  // Another row of that id came from an older source.
  const rename = target.prepare('UPDATE OR REPLACE conversations SET id = ? WHERE id = ?');
  for (const id of empty) {
    const ofIndex = byRow.get(rowOf.get(id) ?? -1);
    const right = near.find(id) ?? (ofIndex !== undefined && filled.has(ofIndex) ? ofIndex : null);
    if (right !== null) rename.run(right, id);
  }
}

/** Messages whose chat has no row are another chat's, if one of almost that id is there. */
function joinHomeless(target: DatabaseSync): void {
  const homes = namesOf(target, 'SELECT id FROM conversations');
  const weights = weightsOf(target);
  const homeless = [...weights].filter(([id]) => !homes.has(id)).sort(([, one], [, other]) => one - other);
  if (homeless.length === 0) return;
  const near = new NearIds(weights.keys());
  const rank = (id: string) => [homes.has(id) ? 1 : 0, weights.get(id) ?? 0] as const;
  const isFirst = (one: string, other: string) => {
    const [[home, weight], [otherHome, otherWeight]] = [rank(one), rank(other)];
    if (home !== otherHome) return home > otherHome;
    return weight === otherWeight ? one > other : weight > otherWeight;
  };
  for (const [id] of homeless) {
    const [best, more] = near
      .all(id)
      .filter((other) => isFirst(other, id))
      .sort((one, other) => (isFirst(one, other) ? -1 : 1));
    if (best === undefined || (more !== undefined && homes.has(more))) continue;
    const numbers = target.prepare('SELECT number FROM messages WHERE conversation_id = ? ORDER BY position').all(id);
    for (const row of numbers) move(target, Number(row['number']), best);
  }
}

/** Puts a message into another chat, at its place there or behind all others. */
function move(target: DatabaseSync, number: number, chat: string): void {
  const moved = target.prepare('UPDATE OR IGNORE messages SET conversation_id = ? WHERE number = ?').run(chat, number);
  if (Number(moved.changes) > 0) return;
  const own = target.prepare('SELECT id, position, text FROM messages WHERE number = ?').get(number);
  const there = target
    .prepare('SELECT id, text FROM messages WHERE conversation_id = ? AND position = ?')
    .get(chat, Number(own?.['position']));
  if (own === undefined || there === undefined) return;
  const isSame = there['text'] === own['text'] && areNear(String(there['id']), String(own['id']));
  if (isSame) target.prepare('DELETE FROM messages WHERE number = ?').run(number);
  else
    target
      .prepare(
        `UPDATE messages SET conversation_id = ?1,
           position = (SELECT max(position) + 1 FROM messages WHERE conversation_id = ?1) WHERE number = ?2`,
      )
      .run(chat, number);
}

/** Texts that went along with a question whose id, here or there, is another now. */
function joinTexts(target: DatabaseSync, { evidence }: Told): void {
  const orphans = namesOf(
    target,
    'SELECT DISTINCT message_id AS id FROM attachments WHERE message_id NOT IN (SELECT id FROM messages)',
  );
  if (orphans.size === 0) return;
  const near = new NearIds(namesOf(target, 'SELECT id FROM messages'));
  const numbers = new Map([...evidence.messages].map(([number, { id }]) => [id, number]));
  const idOf = target.prepare('SELECT id FROM messages WHERE number = ?');
  for (const orphan of orphans) {
    const right = near.find(orphan) ?? idOf.get(numbers.get(orphan) ?? -1)?.['id'];
    if (right == null) continue;
    target.prepare('UPDATE OR IGNORE attachments SET message_id = ? WHERE message_id = ?').run(right, orphan);
    target
      .prepare(
        `UPDATE OR IGNORE attachments SET message_id = ?1,
           position = position + 1 + (SELECT max(position) FROM attachments WHERE message_id = ?1)
         WHERE message_id = ?2 AND text NOT IN (SELECT text FROM attachments WHERE message_id = ?1)`,
      )
      .run(right, orphan);
  }
}

function namesOf(target: DatabaseSync, sql: string): Set<string> {
  return new Set(
    target
      .prepare(sql)
      .all()
      .map((row) => String(row['id'])),
  );
}
