import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { CatalogueRow, ModelPurpose, Sampling } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import type { LocalModelFile } from '../../models/engine/load-file.ts';
import type { EmbeddingModelFile } from '../../models/engine/local-embeddings.ts';
import { nameOfFile } from '../../models/gguf/clean-name.ts';
import type { Host } from '../ports.ts';
import { isInstalled, ownFileId } from './model-files.ts';
import { type OwnFile, OwnFiles } from './own-files.ts';

export interface InstalledModelsOptions {
  readonly host: Pick<Host, 'settings'>;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
}

const ownSampling: Sampling = { temperature: 0.7, topP: 0.9 };

/** The model files of this machine: those of the catalogue that are in the models folder, and the person's own. */
export class InstalledModels {
  readonly #options: InstalledModelsOptions;
  readonly #own = new OwnFiles();

  constructor(options: InstalledModelsOptions) {
    this.#options = options;
  }

  /** Rows of the catalogue whose file is here, the best of them first. */
  rows(purpose: ModelPurpose): readonly CatalogueRow[] {
    const { catalogue, folder } = this.#options;
    return catalogue
      .filter((row) => row.purpose === purpose && isInstalled(row, folder))
      .sort((one, other) => other.starterRank - one.starterRank);
  }

  /** What a file of the person's own says of itself; never rejects. */
  readOwn(path: string): Promise<OwnFile> {
    return this.#own.read(path);
  }

  /** The first file of the person's own with such a purpose, null for one that cannot be read. */
  async firstOwn(isSought: (purpose: ModelPurpose | null) => boolean): Promise<string | null> {
    for (const path of this.#options.host.settings().modelFiles)
      if (isSought((await this.#own.read(path)).header?.purpose ?? null)) return path;
    return null;
  }

  /** The file of a model on this machine; null for one that is elsewhere. */
  pathOf(id: string): string | null {
    const { catalogue, folder } = this.#options;
    const row = catalogue.find((candidate) => candidate.id === id);
    return row === undefined ? this.ownPathOf(id) : join(folder, fileNameOf(row));
  }

  ownPathOf(id: string): string | null {
    return this.#options.host.settings().modelFiles.find((path) => ownFileId(path) === id) ?? null;
  }

  /** What the engine needs to answer with a model of this machine. Throws `model/…` for one that is not here or no answerer. */
  async answering(id: string): Promise<{ readonly file: LocalModelFile; readonly sampling: Sampling }> {
    const { catalogue, folder } = this.#options;
    const row = catalogue.find((candidate) => candidate.id === id);
    if (row?.purpose === 'embedding') throw notForAnswers(id);
    if (row !== undefined) {
      if (!isInstalled(row, folder)) throw new AppError('model/file-missing', row.id, { action: 'get-model' });
      const { name, bytes, cacheBytesPerToken, thinking, sampling } = row;
      const path = join(folder, fileNameOf(row));
      return { file: { id, name, path, bytes, cacheBytesPerToken, thinking, isKnown: true }, sampling };
    }
    const path = this.ownPathOf(id);
    if (path === null) throw new AppError('model/not-found', id, { action: 'open-models' });
    const { header, error, fileName } = await this.#own.read(path);
    if (header === null) throw error ?? new AppError('model/file-missing', id, { action: 'choose-model' });
    if (header.purpose === 'embedding') throw notForAnswers(id);
    return {
      file: { id, name: fileName, path, bytes: header.fileBytes, cacheBytesPerToken: null, thinking: 'switchable' },
      sampling: ownSampling,
    };
  }

  /** The model that compares sentences: the best installed one, else the first of the person's own; null without any. */
  async comparing(): Promise<EmbeddingModelFile | null> {
    const [row] = this.rows('embedding');
    if (row !== undefined) {
      const { id, name, languages, embeddingPrefix: prefix = '' } = row;
      return { id, name, path: join(this.#options.folder, fileNameOf(row)), languages, prefix };
    }
    const path = await this.firstOwn((purpose) => purpose === 'embedding');
    if (path === null) return null;
    return { id: ownFileId(path), name: nameOfFile(path), path, languages: [], prefix: '' };
  }
}

export function notForAnswers(id: string): AppError {
  return new AppError('model/not-for-answers', id, { action: 'choose-model' });
}
