import { AppError } from '../../contract/errors.ts';
import { type CatalogueRow, type FastCopy, isHere, type ModelHere, type ModelRow } from '../../contract/model.ts';
import type { Host } from '../ports.ts';
import type { FastCopies } from './fast-copies.ts';
import type { InstalledModels } from './installed-models.ts';
import type { ModelChoice, ServerModels } from './model-choice.ts';
import { isInstalled } from './model-files.ts';
import type { ModelRows } from './model-rows.ts';
import { namesToldApart } from './own-files.ts';
import type { SightModels } from './sight-models.ts';

export interface ModelListOptions {
  readonly host: Pick<Host, 'settings'>;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
  readonly installed: InstalledModels;
  readonly choice: ModelChoice;
  readonly rows: ModelRows;
  readonly fastCopies: FastCopies;
  readonly servers: ServerModels;
  readonly sight: Pick<SightModels, 'row'>;
}

/** Every model a person can have, wherever it is, as they see it. */
export class ModelList {
  readonly #options: ModelListOptions;

  constructor(options: ModelListOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly ModelRow[]> {
    const { catalogue, folder, servers, host, installed, choice, rows, sight } = this.#options;
    const chosen = await choice.chosenId();
    const { modelId: wanted, modelFiles } = host.settings();
    const offered = catalogue.filter(
      (row) => row.audience === 'person' || isInstalled(row, folder) || row.id === wanted,
    );
    const own = await Promise.all(modelFiles.map((path) => installed.readOwn(path)));
    const names = namesToldApart(
      own,
      offered.map(({ name }) => name),
    );
    const all: readonly ModelRow[] = [
      ...offered.map((row) => rows.ofCatalogue(row, isInstalled(row, folder))),
      ...own.map((file) => rows.ofFile(file, names.get(file.id) ?? file.fileName)),
      ...servers.rows(),
      sight.row(),
    ];
    return Promise.all(
      all.map(async (row) => {
        const told = { ...row, chosen: row.id === chosen };
        return isHere(told) ? { ...told, fastCopy: await this.#fastCopyOf(told) } : told;
      }),
    );
  }

  /** Throws `model/not-found`. */
  async need(modelId: string): Promise<ModelRow> {
    const row = (await this.list()).find(({ id }) => id === modelId);
    if (row === undefined) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    return row;
  }

  #fastCopyOf({ id, name, purpose, installed }: ModelHere): Promise<FastCopy | null> {
    const path = installed ? this.#options.installed.pathOf(id) : null;
    return path === null ? Promise.resolve(null) : this.#options.fastCopies.describe({ id, name, purpose, path });
  }
}
