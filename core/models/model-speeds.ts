import type { Queries } from '../queries.ts';

/** How fast each model was on this machine, in words a second, by its last long answer. */
export class ModelSpeeds {
  readonly #database: Queries;

  constructor(database: Queries) {
    this.#database = database;
  }

  remember(modelId: string, wordsPerSecond: number): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO model_speed (model_id, words_per_second, measured_at) VALUES (?, ?, ?)')
      .run(modelId, wordsPerSecond, Date.now());
  }

  /** Null for a model that has not answered here. */
  of(modelId: string): number | null {
    const row = this.#database.prepare('SELECT words_per_second FROM model_speed WHERE model_id = ?').get(modelId);
    return row === undefined ? null : Number(row['words_per_second']);
  }
}
