import type { SearchHit } from '../../contract/conversation.ts';
import { fold, partsToFold } from '../../text/fold.ts';
import { Turn } from '../breathe.ts';
import type { Queries, Row, Statement } from '../queries.ts';
import { isExact } from './grams.ts';
import type { SearchIndex } from './search-index.ts';
import { snippetOf } from './snippet.ts';
import type { Titles } from './titles.ts';

const mostTerms = 12;
const page = 200;
/** Longer texts are looked through in parts, with a turn for others between. */
const longText = 65_536;

/** Words of a query, folded; every one of them has to be found. */
export function termsOf(query: string): string[] {
  const terms = fold(query)
    .split(' ')
    .filter((term) => term !== '');
  return [...new Set(terms)].slice(0, mostTerms);
}

export interface SearchParts {
  readonly database: Queries;
  readonly index: SearchIndex | null;
  readonly titles: Titles;
}

/**
 * Finds chats whose title or one message holds every word of a query: by title first, the newest first. Others have their
 * turn meanwhile. Messages that the index does not know yet are read one by one; without an index all are.
 */
export async function search(
  { database, index, titles }: SearchParts,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const terms = termsOf(query);
  if (terms.length === 0) return [];
  const turn = new Turn();
  const found = new Map<string, SearchHit>();
  for (const hit of await titleHits({ database, titles }, terms, limit, turn)) found.set(hit.conversationId, hit);
  const messages = database.prepare(
    `SELECT m.id, m.conversation_id, c.title, m.created_at FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.number = ? AND c.deleted_at IS NULL AND m.state <> 'growing'`,
  );
  const texts = database.prepare('SELECT text FROM messages WHERE number = ?');
  for (const { number, exact } of candidates(database, index, terms)) {
    if (turn.isOver) await turn.pass();
    if (found.size >= limit) break;
    const row = messages.get(number);
    if (row === undefined || found.has(String(row['conversation_id']))) continue;
    const text = String(texts.get(number)?.['text'] ?? '');
    if (exact || (await holds(text, terms, turn))) found.set(String(row['conversation_id']), hitOf(row, text, terms));
  }
  return [...found.values()].slice(0, limit);
}

interface Candidate {
  readonly number: number;
  /** The index is sure: the text need not be read for it. */
  readonly exact: boolean;
}

/** Numbers of messages that may hold the words, the newest first, from the index and from those it does not know yet. */
function* candidates(database: Queries, index: SearchIndex | null, terms: readonly string[]): Generator<Candidate> {
  const waiting = database.prepare('SELECT number FROM unindexed WHERE number < ? ORDER BY number DESC LIMIT ?');
  const all = database.prepare('SELECT number FROM messages WHERE number < ? ORDER BY number DESC LIMIT ?');
  const numbers = (statement: Statement) => (below: number) =>
    statement.all(below, page).map((row) => Number(row['number']));
  const sure = terms.every(isExact);
  let isIndexed = index !== null;
  const known = descending((below) => {
    const answer = index?.find(terms, below, page) ?? null;
    isIndexed = answer !== null;
    return answer ?? numbers(all)(below);
  });
  const unknown = descending(numbers(waiting));
  let one = known.next();
  let other = unknown.next();
  while (!one.done || !other.done) {
    const left = one.done ? -1 : one.value;
    const right = other.done ? -1 : other.value;
    yield { number: Math.max(left, right), exact: sure && isIndexed && right < left };
    if (left >= right) one = known.next();
    if (right >= left) other = unknown.next();
  }
}

function* descending(pageBelow: (below: number) => readonly number[]): Generator<number> {
  let below = Number.MAX_SAFE_INTEGER;
  for (let numbers = pageBelow(below); numbers.length > 0; numbers = pageBelow(below)) {
    yield* numbers;
    below = numbers.at(-1) ?? 0;
  }
}

async function titleHits(
  { database, titles }: Omit<SearchParts, 'index'>,
  terms: readonly string[],
  limit: number,
  turn: Turn,
): Promise<SearchHit[]> {
  const ids = titles.find(terms);
  const rows = database
    .prepare(
      `SELECT id, title, updated_at FROM conversations WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
       ORDER BY updated_at DESC LIMIT ?`,
    )
    .all(JSON.stringify(ids), limit);
  const hits: SearchHit[] = [];
  for (const row of rows) {
    if (turn.isOver) await turn.pass();
    const [id, title] = [String(row['id']), String(row['title'])];
    const told = { conversationId: id, messageId: null, title, createdAt: Number(row['updated_at']) };
    // What a message says tells more than the title, which stands beside it anyway.
    hits.push((await newestHit(database, id, title, terms, turn)) ?? { ...told, ...snippetOf(title, terms) });
  }
  return hits;
}

async function newestHit(database: Queries, id: string, title: string, terms: readonly string[], turn: Turn) {
  const rows = database
    .prepare(
      "SELECT id, text, created_at FROM messages WHERE conversation_id = ? AND state <> 'growing' ORDER BY position DESC",
    )
    .all(id);
  for (const row of rows) {
    if (turn.isOver) await turn.pass();
    const text = String(row['text']);
    if (await holds(text, terms, turn)) return hitOf({ ...row, conversation_id: id, title }, text, terms);
  }
  return null;
}

function hitOf(row: Row, text: string, terms: readonly string[]): SearchHit {
  return {
    conversationId: String(row['conversation_id']),
    messageId: String(row['id']),
    title: String(row['title']),
    ...snippetOf(text, terms),
    createdAt: Number(row['created_at']),
  };
}

async function holds(text: string, terms: readonly string[], turn: Turn): Promise<boolean> {
  if (text.length <= longText) {
    const folded = fold(text);
    return terms.every((term) => folded.includes(term));
  }
  const missing = new Set(terms);
  const longest = Math.max(...terms.map((term) => term.length));
  let end = '';
  for (const part of partsToFold(text)) {
    const folded = end + fold(part);
    for (const term of missing) if (folded.includes(term)) missing.delete(term);
    if (missing.size === 0) return true;
    end = folded.slice(-longest);
    if (turn.isOver) await turn.pass();
  }
  return false;
}
