import type { CatalogueRow } from '../../contract/model.ts';
import { removeParts } from '../../models/download/finish.ts';
import type { Fetch } from '../../models/download/http-file.ts';
import { transferModel } from '../../models/download/transfer.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Work } from '../jobs/work.ts';

export interface ModelDownloadsOptions {
  readonly folder: string;
  readonly fetch: Fetch;
  readonly jobs: Jobs;
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
    return this.#options.jobs.start(this.work(row));
  }

  /** The download of a row, as work. */
  work(row: CatalogueRow): Work {
    const { folder, fetch, onInstalled } = this.#options;
    return {
      id: `model-download:${row.id}`,
      task: { kind: 'model-download', modelId: row.id, purpose: row.purpose },
      title: row.name,
      unit: 'byte',
      total: row.bytes,
      allows: { working: ['pause', 'cancel'], checking: ['cancel'] },
      failsAs: 'download/interrupted',
      run: async (signal, onProgress) => {
        onInstalled(row, await transferModel({ row, folder, fetch, signal, onProgress }));
      },
      discard: () => removeParts(row, folder),
    };
  }
}
