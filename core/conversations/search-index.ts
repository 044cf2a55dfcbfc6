import { closeSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Disposable } from '../../contract/disposable.ts';
import { fold, partsToFold } from '../../text/fold.ts';
import { Turn } from '../breathe.ts';
import { setAsideUnlessFiles } from '../plain-files.ts';
import type { Queries } from '../queries.ts';
import { Grams, matchOf } from './grams.ts';

/** Counts up when texts are folded or cut into grams in another way: the index is made anew. */
const indexVersion = 1;
/** A message that was stored is in the index this soon, unless more wait: those are taken with pauses between. */
const soonMs = 300;
const pauseMs = 20;
const batch = 32;
const atTheEndMs = 200;
const turnMs = 10;

/** A message whose grams are being gathered: a long one takes many turns. */
interface Gathering {
  readonly number: number;
  readonly text: string;
  readonly parts: Generator<string>;
  readonly grams: Grams;
}

/**
 * Which messages hold which grams: a file of its own beside the database, made from it and thrown away when anything is wrong
 * with it. The database notes the numbers of messages that were stored, changed or removed (`unindexed`); the index takes
 * them a moment later, in turns, and a death at any point only means that it does so again.
 */
export class SearchIndex implements Disposable {
  readonly #main: Queries;
  readonly #path: string;
  #index: DatabaseSync | null = null;
  #gathering: Gathering | null = null;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #disposed = false;

  constructor(main: Queries, path: string) {
    this.#main = main;
    this.#path = path;
    this.#later(soonMs);
  }

  /** To be called after messages were stored, changed or removed. */
  changed(): void {
    if (this.#timer === null) this.#later(soonMs);
  }

  /**
   * Numbers of messages below `below` that may hold all words, the newest first; null while there is no index. Those in
   * `unindexed` are not told.
   */
  find(terms: readonly string[], below: number, limit: number): number[] | null {
    return this.#tried((index) =>
      index
        .prepare(
          'SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
        )
        .all(terms.map(matchOf).join(' AND '), below, limit)
        .map((row) => Number(row['rowid'])),
    );
  }

  /** Takes what waits, with a turn for others every few milliseconds. */
  async catchUp(): Promise<void> {
    const turn = new Turn();
    while (!this.#disposed && this.#takeSome()) if (turn.isOver) await turn.pass();
  }

  /** Throws when the index is not what the messages say. For tests. */
  check(): void {
    this.#tried((index) => index.exec("INSERT INTO message_search (message_search) VALUES ('integrity-check')"));
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    // A command in a terminal is over at once: it takes some, so that one after the other the work gets done.
    const end = performance.now() + atTheEndMs;
    // A text that is longer than that is gone on with: the next command would begin it again.
    while ((performance.now() < end || this.#gathering !== null) && this.#takeSome());
    this.#disposed = true;
    this.#index?.close();
    this.#index = null;
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => {
      const end = performance.now() + turnMs;
      let more = true;
      while (more && performance.now() < end) more = this.#takeSome();
      this.#timer = null;
      if (more) this.#later(pauseMs);
    }, ms);
    this.#timer.unref();
  }

  /** Brings some messages up to date in the index; false when none wait or the index cannot be written now. */
  #takeSome(): boolean {
    return this.#tried((index) => this.#takeFrom(index)) ?? false;
  }

  #takeFrom(index: DatabaseSync): boolean {
    const numbers = this.#main
      .prepare('SELECT number FROM unindexed ORDER BY number DESC LIMIT ?')
      .all(batch)
      .map((row) => Number(row['number']));
    if (numbers.length === 0) return false;
    const read = this.#main.prepare("SELECT text FROM messages WHERE number = ? AND state <> 'growing'");
    const end = performance.now() + turnMs;
    const taken: { readonly number: number; readonly grams: string | null }[] = [];
    for (const number of numbers) {
      const text = read.get(number)?.['text'];
      const grams = typeof text === 'string' ? this.#gather(number, text, end) : null;
      if (grams === undefined) break;
      taken.push({ number, grams });
      if (performance.now() > end) break;
    }
    if (taken.length > 0) this.#store(index, taken);
    return true;
  }

  /** All grams of a text; undefined when the turn is over before, and the next one goes on. */
  #gather(number: number, text: string, end: number): string | undefined {
    const isBegun = this.#gathering?.number === number && this.#gathering.text === text;
    const { parts, grams } =
      isBegun && this.#gathering ? this.#gathering : { parts: partsToFold(text), grams: new Grams() };
    this.#gathering = { number, text, parts, grams };
    for (let part = parts.next(); !part.done; part = parts.next()) {
      grams.add(fold(part.value));
      if (performance.now() > end) return undefined;
    }
    this.#gathering = null;
    return grams.join();
  }

  #store(index: DatabaseSync, taken: readonly { readonly number: number; readonly grams: string | null }[]): void {
    const remove = index.prepare('DELETE FROM message_search WHERE rowid = ?');
    const write = index.prepare('INSERT OR REPLACE INTO message_search (rowid, grams) VALUES (?, ?)');
    index.exec('BEGIN IMMEDIATE');
    try {
      for (const { number, grams } of taken) {
        if (grams === null) remove.run(number);
        else write.run(number, grams);
      }
      index.exec('COMMIT');
    } catch (error) {
      if (index.isTransaction) index.exec('ROLLBACK');
      throw error;
    }
    // Only when the index is on the disk: between the two a death leaves the numbers to be taken again.
    this.#main.exec(`DELETE FROM unindexed WHERE number IN (${taken.map(({ number }) => number).join(', ')})`);
  }

  /** Works with the index. What fails makes a new one, once; then searches go without it until the next start. */
  #tried<Value>(work: (index: DatabaseSync) => Value): Value | null {
    if (this.#disposed || this.#failures > 1) return null;
    try {
      return work(this.#opened());
    } catch {
      this.#failures += 1;
      this.#drop();
      return null;
    }
  }

  #opened(): DatabaseSync {
    const source = String(this.#main.prepare('SELECT id FROM search_source').get()?.['id']);
    if (this.#index !== null && sourceOf(this.#index) === source) return this.#index;
    this.#index?.close();
    setAsideUnlessFiles(this.#path);
    closeSync(openSync(this.#path, 'a', 0o600));
    this.#index = open(this.#path);
    if (sourceOf(this.#index) === source) return this.#index;
    this.#drop();
    closeSync(openSync(this.#path, 'a', 0o600));
    this.#index = open(this.#path);
    this.#main.exec("INSERT OR IGNORE INTO unindexed SELECT number FROM messages WHERE state <> 'growing'");
    this.#index.exec(`
      CREATE VIRTUAL TABLE message_search USING fts5 (
        grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
      );
      CREATE TABLE source (id TEXT NOT NULL) STRICT;
    `);
    this.#index.prepare('INSERT INTO source VALUES (?)').run(`${indexVersion} ${source}`);
    return this.#index;
  }

  #drop(): void {
    this.#index?.close();
    this.#index = null;
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.#path + suffix, { force: true, recursive: true });
  }
}

function open(path: string): DatabaseSync {
  const index = new DatabaseSync(path, { timeout: 1000 });
  index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
  return index;
}

/** The database that an index was made from; empty when it is another version's, or is being made. */
function sourceOf(index: DatabaseSync): string {
  try {
    const [version, id] = String(index.prepare('SELECT id FROM source').get()?.['id']).split(' ');
    return Number(version) === indexVersion ? (id ?? '') : '';
  } catch {
    return '';
  }
}
