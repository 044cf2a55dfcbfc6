import type { CatalogueRow } from '../../contract/model.ts';
import type { ModelJobs, ModelWork } from '../jobs/model-jobs.ts';
import type { Fetch } from './http-file.ts';
import { removeParts, transferModel } from './transfer.ts';

export interface ModelDownloadsOptions {
  readonly folder: string;
  readonly fetch: Fetch;
  readonly jobs: ModelJobs;
  readonly onInstalled: (row: CatalogueRow, path: string) => void;
}

/** Downloads as jobs; one that was stopped goes on where it was, also after a restart. */
export class ModelDownloads {
  readonly #options: ModelDownloadsOptions;

  constructor(options: ModelDownloadsOptions) {
    this.#options = options;
  }

  /** Starts or continues the download of a row; answers the id of its job. */
  start(row: CatalogueRow): string {
    return this.#options.jobs.start(this.#work(row));
  }

  #work(row: CatalogueRow): ModelWork {
    const { folder, fetch, onInstalled } = this.#options;
    return {
      kind: 'model-download',
      model: row,
      totalBytes: row.bytes,
      run: async (signal, onProgress) => {
        onInstalled(row, await transferModel({ row, folder, fetch, signal, onProgress }));
      },
      discard: () => removeParts(row, folder),
    };
  }
}
