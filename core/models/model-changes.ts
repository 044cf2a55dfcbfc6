import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { type CatalogueRow, isHere, type ModelRow } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import type { LocalModels } from '../../models/engine/local-models.ts';
import { firstPartOf } from '../../models/gguf/split.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Host } from '../ports.ts';
import type { FastCopies } from './fast-copies.ts';
import { type InstalledModels, notForAnswers } from './installed-models.ts';
import type { ModelDownloads } from './model-downloads.ts';
import { ownFileId } from './model-files.ts';
import type { ModelList } from './model-list.ts';
import type { SightModels } from './sight-models.ts';

export interface ModelChangesOptions {
  readonly host: Pick<Host, 'settings' | 'changeSettings'>;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
  readonly installed: InstalledModels;
  readonly list: ModelList;
  readonly local: LocalModels;
  readonly downloads: ModelDownloads;
  readonly fastCopies: FastCopies;
  readonly sight: Pick<SightModels, 'id' | 'download' | 'remove'>;
  readonly jobs: Jobs;
  /** Called when the list would be another one than before, and no setting or job tells so. */
  readonly onChange: () => void;
}

/** What a person does with models: get one, add a file, choose, remove, make it faster. */
export class ModelChanges {
  readonly #options: ModelChangesOptions;

  constructor(options: ModelChangesOptions) {
    this.#options = options;
  }

  async choose(modelId: string): Promise<void> {
    const { list, host, local } = this.#options;
    const { purpose } = await list.need(modelId);
    if (purpose !== 'chat') throw notForAnswers(modelId);
    await host.changeSettings({ modelId });
    local.forgive();
  }

  download(modelId: string): string {
    if (modelId === this.#options.sight.id) return this.#options.sight.download();
    const row = this.#options.catalogue.find(({ id }) => id === modelId);
    if (row === undefined) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    return this.#options.downloads.start(row);
  }

  /** Adds a file of the person's own after its header was read; of a model in parts, any part of it. Errors: `model/…`. */
  async addFile(path: string): Promise<ModelRow> {
    if (!isAbsolute(path))
      throw new AppError('model/file-missing', 'the path is not absolute', { action: 'choose-model' });
    const { host, installed, list } = this.#options;
    const { header, error } = await installed.readOwn(path);
    if (header === null) throw error ?? new AppError('model/file-missing', path);
    const first = header.parts[0] ?? firstPartOf(path);
    const files = host.settings().modelFiles;
    if (!files.includes(first)) await host.changeSettings({ modelFiles: [...files, first] });
    return list.need(ownFileId(first));
  }

  /** Deletes a downloaded model; a file of the person's own is only forgotten, never deleted. */
  async remove(modelId: string): Promise<void> {
    const { host, catalogue, folder, local, fastCopies, sight, onChange } = this.#options;
    if (modelId === sight.id) {
      sight.remove();
      onChange();
      return;
    }
    if (local.state.value.modelId === modelId) local.unload();
    const row = catalogue.find(({ id }) => id === modelId);
    if (row !== undefined) {
      rmSync(join(folder, fileNameOf(row)), { force: true });
      rmSync(`${join(folder, fileNameOf(row))}.sha256`, { force: true });
    }
    const { modelFiles, modelId: chosen } = host.settings();
    fastCopies.remove(modelId);
    const kept = modelFiles.filter((path) => ownFileId(path) !== modelId);
    await host.changeSettings({ modelFiles: kept, ...(chosen === modelId ? { modelId: null } : {}) });
    onChange();
  }

  /** Starts to make a copy of an installed model that this processor reads faster; answers its job. */
  async makeFastCopy(modelId: string): Promise<string> {
    const { fastCopies, jobs, installed, list } = this.#options;
    const row = await list.need(modelId);
    const path = installed.pathOf(modelId);
    if (path === null) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    if (!isHere(row) || row.fastCopy === null) throw new AppError('model/nothing-faster', modelId);
    return jobs.start(fastCopies.work({ ...row, path }, row.fastCopy));
  }

  /** Deletes the copy; the original answers again. */
  removeFastCopy(modelId: string): void {
    const { fastCopies, local, onChange } = this.#options;
    if (local.state.value.modelId === modelId) local.unload();
    fastCopies.remove(modelId);
    onChange();
  }
}
