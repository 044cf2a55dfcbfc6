import { fold } from '../../text/fold.ts';
import type { Queries } from '../queries.ts';

/** Titles as they are searched, kept in memory: there are few of them, and each search looks at all. */
export class Titles {
  readonly #database: Queries;
  #folded: Map<string, string> | null = null;
  #source = '';

  constructor(database: Queries) {
    this.#database = database;
  }

  /** To be called when a conversation was made or renamed. */
  changed(id: string, title: string): void {
    this.#folded?.set(id, fold(title));
  }

  /** Ids of conversations whose title holds all words; some may have been deleted. */
  find(terms: readonly string[]): string[] {
    const found: string[] = [];
    for (const [id, title] of this.#all()) if (terms.every((term) => title.includes(term))) found.push(id);
    return found;
  }

  #all(): ReadonlyMap<string, string> {
    const source = String(this.#database.prepare('SELECT id FROM search_source').get()?.['id']);
    if (this.#folded !== null && this.#source === source) return this.#folded;
    const rows = this.#database.prepare('SELECT id, title FROM conversations').all();
    this.#folded = new Map(rows.map((row) => [String(row['id']), fold(String(row['title']))]));
    this.#source = source;
    return this.#folded;
  }
}
