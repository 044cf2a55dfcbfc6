import { chatDownloadOf } from '../../contract/chat-download.ts';
import { AppError } from '../../contract/errors.ts';
import type { CatalogueRow } from '../../contract/model.ts';
import { chooseStarter } from '../../models/catalogue/starter.ts';
import type { Memory } from '../../models/fit/fit.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Host } from '../ports.ts';
import type { ModelChoice } from './model-choice.ts';
import type { ModelDownloads } from './model-downloads.ts';
import { hostOf } from './source-probe.ts';

export interface StarterModelOptions {
  readonly host: Pick<Host, 'settings'>;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
  readonly choice: Pick<ModelChoice, 'chosenId'>;
  readonly downloads: ModelDownloads;
  readonly jobs: Jobs;
  readonly memory: () => Memory;
  /** Whether a source of a row answers at all. */
  readonly sourceAnswers: (row: CatalogueRow) => Promise<boolean>;
}

/** The first model of somebody who has none: the best for this machine whose source answers. */
export class StarterModel {
  readonly #options: StarterModelOptions;

  constructor(options: StarterModelOptions) {
    this.#options = options;
  }

  /** Starts its download when no model can answer; its job, or null. Throws `download/no-source` or `offline/locked`. */
  async ensure(): Promise<string | null> {
    const { catalogue, memory, sourceAnswers, downloads, jobs, choice } = this.#options;
    if ((await choice.chosenId()) !== null) return null;
    const download = chatDownloadOf(jobs.state.value);
    if (download?.status === 'running') return download.id;
    const chats = catalogue.filter(({ purpose }) => purpose === 'chat');
    const answers = new Map(await Promise.all(chats.map(async (row) => [row.id, await sourceAnswers(row)] as const)));
    const row = chooseStarter(chats, memory(), ({ id }) => answers.get(id) === true);
    if (row === null) throw this.#whyNone(chats);
    return downloads.start(row);
  }

  #whyNone(chats: readonly CatalogueRow[]): AppError {
    const { host, folder } = this.#options;
    if (host.settings().offline) {
      const source = chats.map(hostOf).find((name) => name !== '') ?? '';
      return new AppError('offline/locked', 'no model is fetched', {
        values: { host: source },
        action: 'open-settings',
      });
    }
    return new AppError('download/no-source', `no source answers, models go to ${folder}`, {
      retry: { afterMs: 10_000 },
      action: 'try-again',
    });
  }
}
