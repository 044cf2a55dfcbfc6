import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SearchHit } from '../../contract/conversation.ts';

/** The trigram index finds terms of three characters and more; shorter ones, common in Chinese, are looked for directly. */
const indexedLength = 3;
const snippetBefore = 24;
const snippetLength = 90;

/** Words of a query; every one of them has to be found. */
export function termsOf(query: string): string[] {
  return query
    .normalize('NFC')
    .split(/\s+/)
    .filter((term) => term !== '')
    .slice(0, 12);
}

/** Several messages of a chat may hold the words, and it is told once. */
const messagesPerChat = 8;

/** Finds chats whose title or one message holds every word of a query: by title first, the newest first. */
export function search(database: DatabaseSync, query: string, limit: number): SearchHit[] {
  const terms = termsOf(query);
  if (terms.length === 0) return [];
  const found = new Map<string, SearchHit>();
  for (const hit of [...titleHits(database, terms, limit), ...messageHits(database, terms, limit * messagesPerChat)]) {
    // What a message says tells more than the title, which stands beside it anyway.
    if ((found.get(hit.conversationId)?.messageId ?? null) === null) found.set(hit.conversationId, hit);
  }
  return [...found.values()].slice(0, limit);
}

function titleHits(database: DatabaseSync, terms: readonly string[], limit: number): SearchHit[] {
  const where = terms.map(() => "c.title LIKE ? ESCAPE '\\'").join(' AND ');
  const rows = database
    .prepare(
      `SELECT c.id, c.title, c.updated_at FROM conversations c WHERE c.deleted_at IS NULL AND ${where} ORDER BY c.updated_at DESC LIMIT ?`,
    )
    .all(...terms.map(likePattern), limit);
  return rows.map((row) => ({
    conversationId: String(row['id']),
    messageId: null,
    title: String(row['title']),
    ...snippetOf(String(row['title']), terms),
    createdAt: Number(row['updated_at']),
  }));
}

function messageHits(database: DatabaseSync, terms: readonly string[], limit: number): SearchHit[] {
  const long = terms.filter((term) => [...term].length >= indexedLength);
  const short = terms.filter((term) => [...term].length < indexedLength);
  const where: string[] = ['c.deleted_at IS NULL', "m.state <> 'growing'"];
  const values: SQLInputValue[] = [];
  if (long.length > 0) {
    where.push('m.number IN (SELECT rowid FROM message_search WHERE message_search MATCH ?)');
    values.push(long.map((term) => `"${term.replaceAll('"', '""')}"`).join(' AND '));
  }
  for (const term of short) {
    where.push("m.text LIKE ? ESCAPE '\\'");
    values.push(likePattern(term));
  }
  const rows = database
    .prepare(
      `SELECT m.id, m.conversation_id, m.text, m.created_at, c.title FROM messages m JOIN conversations c ON c.id = m.conversation_id
       WHERE ${where.join(' AND ')} ORDER BY m.created_at DESC, m.number DESC LIMIT ?`,
    )
    .all(...values, limit);
  return rows.map((row) => ({
    conversationId: String(row['conversation_id']),
    messageId: String(row['id']),
    title: String(row['title']),
    ...snippetOf(String(row['text']), terms),
    createdAt: Number(row['created_at']),
  }));
}

function likePattern(term: string): string {
  return `%${term.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** The text around the first word found, with the place of every word in it. */
export function snippetOf(text: string, terms: readonly string[]): Pick<SearchHit, 'snippet' | 'ranges'> {
  const flat = text.replaceAll(/\s+/g, ' ');
  const lower = flat.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term.toLowerCase())).filter((at) => at >= 0);
  const first = places.length === 0 ? 0 : Math.min(...places);
  const start = Math.max(0, first - snippetBefore);
  const snippet = (start > 0 ? '…' : '') + flat.slice(start, start + snippetLength).toWellFormed();
  const ranges: [number, number][] = [];
  const lowerSnippet = snippet.toLowerCase();
  for (const term of terms) {
    const at = lowerSnippet.indexOf(term.toLowerCase());
    if (at >= 0) ranges.push([at, at + term.length]);
  }
  return { snippet, ranges: ranges.sort((one, other) => one[0] - other[0]) };
}
