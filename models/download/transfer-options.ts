import type { JobStage } from '../../contract/job.ts';
import type { FetchedFile } from '../../contract/model.ts';
import type { Fetch } from './http-file.ts';

export interface TransferProgress {
  /** Bytes of what is fetched (`working`), or put together and checked (`checking`), scaled to the model's own size. */
  readonly amount: number;
  readonly stage: JobStage;
  /** Host that the bytes come from; null while none come. */
  readonly source: string | null;
}

export interface TransferOptions {
  readonly row: FetchedFile;
  readonly folder: string;
  /** Where packages that carry more than this file are kept while they come; whoever names it removes it. */
  readonly packagesFolder?: string;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
}
