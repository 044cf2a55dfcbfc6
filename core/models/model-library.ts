import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { chatDownloadOf } from '../../contract/chat-download.ts';
import { AppError } from '../../contract/errors.ts';
import type { CatalogueRow, FastCopy, ModelPurpose, ModelRow, Sampling } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import { chooseStarter, type Memory } from '../../models/catalogue/fit.ts';
import type { EmbeddingModelFile } from '../../models/engine/local-embeddings.ts';
import type { LocalModels } from '../../models/engine/local-models.ts';
import type { LocalModelFile } from '../../models/engine/model-engine.ts';
import { nameOfFile } from '../../models/gguf/clean-name.ts';
import { firstPartOf } from '../../models/gguf/split.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Host } from '../ports.ts';
import type { Queries } from '../queries.ts';
import type { FastCopies } from './fast-copies.ts';
import type { ModelDownloads } from './model-downloads.ts';
import { isInstalled, ownFileId } from './model-files.ts';
import { ModelRows } from './model-rows.ts';
import { namesToldApart, OwnFiles } from './own-files.ts';
import { hostOf } from './source-probe.ts';

/** Models behind addresses, as the servers feature gives them. */
export interface ServerModels {
  rows(): readonly ModelRow[];
  /** `answerId`: the answer it is for, which its receipts name. */
  model(modelId: string, answerId: string | null): LanguageModel | null;
}

export interface ModelLibraryOptions {
  readonly host: Host;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
  readonly database: Queries;
  readonly local: LocalModels;
  readonly downloads: ModelDownloads;
  readonly fastCopies: FastCopies;
  readonly jobs: Jobs;
  readonly servers: ServerModels;
  readonly memory: () => Memory;
  /** Whether a source of a row answers at all. */
  readonly sourceAnswers: (row: CatalogueRow) => Promise<boolean>;
  /** Called when the list would be another one than before, and no setting or job tells so. */
  readonly onChange: () => void;
}

const ownSampling: Sampling = { temperature: 0.7, topP: 0.9 };

/** Every model a person can choose, wherever it is, and the one that answers when nothing is said. */
export class ModelLibrary {
  readonly #options: ModelLibraryOptions;
  readonly #own = new OwnFiles();
  readonly #rows: ModelRows;

  constructor(options: ModelLibraryOptions) {
    this.#options = options;
    this.#rows = new ModelRows(options);
  }

  async list(): Promise<readonly ModelRow[]> {
    const { catalogue, folder, servers, host } = this.#options;
    const chosen = await this.#chosenId();
    const wanted = host.settings().modelId;
    const offered = catalogue.filter(
      (row) => row.audience === 'person' || isInstalled(row, folder) || row.id === wanted,
    );
    const own = await Promise.all(host.settings().modelFiles.map((path) => this.#own.read(path)));
    const names = namesToldApart(
      own,
      offered.map(({ name }) => name),
    );
    const rows = [
      ...offered.map((row) => this.#rows.ofCatalogue(row, isInstalled(row, folder))),
      ...own.map((file) => this.#rows.ofFile(file, names.get(file.id) ?? file.fileName)),
      ...servers.rows(),
    ];
    return Promise.all(
      rows.map(async (row) => ({ ...row, chosen: row.id === chosen, fastCopy: await this.#fastCopyOf(row) })),
    );
  }

  async choose(modelId: string): Promise<void> {
    const rows = await this.list();
    const row = rows.find(({ id }) => id === modelId);
    if (row === undefined) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    if (row.purpose !== 'chat') throw new AppError('model/not-for-answers', modelId, { action: 'choose-model' });
    await this.#options.host.changeSettings({ modelId });
    this.#options.local.forgive();
  }

  /** Adds a file of the person's own after its header was read; of a model in parts, any part of it. Errors: `model/…`. */
  async addFile(path: string): Promise<ModelRow> {
    if (!isAbsolute(path))
      throw new AppError('model/file-missing', 'the path is not absolute', { action: 'choose-model' });
    const { header, error } = await this.#own.read(path);
    if (header === null) throw error ?? new AppError('model/file-missing', path);
    const first = header.parts[0] ?? firstPartOf(path);
    const { host } = this.#options;
    const files = host.settings().modelFiles;
    if (!files.includes(first)) await host.changeSettings({ modelFiles: [...files, first] });
    const row = (await this.list()).find(({ id }) => id === ownFileId(first));
    if (row === undefined) throw new AppError('model/not-found', first, { action: 'open-models' });
    return row;
  }

  /** Deletes a downloaded model; a file of the person's own is only forgotten, never deleted. */
  async remove(modelId: string): Promise<void> {
    const { host, catalogue, folder, local } = this.#options;
    if (local.state.value.modelId === modelId) local.unload();
    const row = catalogue.find(({ id }) => id === modelId);
    if (row !== undefined) {
      rmSync(join(folder, fileNameOf(row)), { force: true });
      rmSync(`${join(folder, fileNameOf(row))}.sha256`, { force: true });
    }
    const { modelFiles, modelId: chosen } = host.settings();
    this.#options.fastCopies.remove(modelId);
    const kept = modelFiles.filter((path) => ownFileId(path) !== modelId);
    await host.changeSettings({ modelFiles: kept, ...(chosen === modelId ? { modelId: null } : {}) });
    this.#options.onChange();
  }

  /** Starts to make a copy of an installed model that this processor reads faster; answers its job. */
  async makeFastCopy(modelId: string): Promise<string> {
    const { fastCopies, jobs } = this.#options;
    const row = (await this.list()).find(({ id }) => id === modelId);
    const path = this.#pathOf(modelId);
    if (row === undefined || path === null) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    if (row.fastCopy === null) throw new AppError('model/nothing-faster', modelId);
    return jobs.start(fastCopies.work({ ...row, path }, row.fastCopy));
  }

  /** Deletes the copy; the original answers again. */
  removeFastCopy(modelId: string): void {
    const { fastCopies, local, onChange } = this.#options;
    if (local.state.value.modelId === modelId) local.unload();
    fastCopies.remove(modelId);
    onChange();
  }

  download(modelId: string): string {
    const row = this.#options.catalogue.find(({ id }) => id === modelId);
    if (row === undefined) throw new AppError('model/not-found', modelId, { action: 'open-models' });
    return this.#options.downloads.start(row);
  }

  /** Starts the download of the best model for this machine when none is there; its job, or null. */
  async ensureStarter(): Promise<string | null> {
    const { catalogue, folder, memory, sourceAnswers, downloads, jobs, host } = this.#options;
    if ((await this.#chosenId()) !== null) return null;
    const download = chatDownloadOf(jobs.state.value);
    if (download?.status === 'running') return download.id;
    const chats = catalogue.filter(({ purpose }) => purpose === 'chat');
    const answers = new Map(await Promise.all(chats.map(async (row) => [row.id, await sourceAnswers(row)] as const)));
    const row = chooseStarter(chats, memory(), ({ id }) => answers.get(id) === true);
    if (row === null && host.settings().offline) {
      const source = chats.map(hostOf).find((name) => name !== '') ?? '';
      throw new AppError('offline/locked', 'no model is fetched', {
        values: { host: source },
        action: 'open-settings',
      });
    }
    if (row === null) {
      throw new AppError('download/no-source', `no source answers, models go to ${folder}`, {
        retry: { afterMs: 10_000 },
        action: 'try-again',
      });
    }
    return downloads.start(row);
  }

  /** The model for a question. Throws `model/none` when there is none to run. */
  async find(
    modelId: string | null,
    answerId: string | null = null,
  ): Promise<{ readonly model: LanguageModel; readonly sampling: Sampling }> {
    const id = modelId ?? (await this.#chosenId());
    if (id === null) throw new AppError('model/none', 'no model is installed', { action: 'get-model' });
    const server = this.#options.servers.model(id, answerId);
    if (server !== null) return { model: server, sampling: { temperature: 0.7 } };
    const { file, sampling } = await this.#localFile(id);
    const path = this.#options.fastCopies.pathOf(id, file.path) ?? file.path;
    return { model: this.#options.local.model({ ...file, path }), sampling };
  }

  /** The model that compares sentences: the best installed one, else the first of the person's own; null without any. */
  async findEmbedding(): Promise<EmbeddingModelFile | null> {
    const { catalogue, folder } = this.#options;
    const [row] = catalogue
      .filter((one) => one.purpose === 'embedding' && isInstalled(one, folder))
      .sort((one, other) => other.starterRank - one.starterRank);
    if (row !== undefined) {
      const { id, name, languages, embeddingPrefix: prefix = '' } = row;
      return { id, name, path: join(folder, fileNameOf(row)), languages, prefix };
    }
    const path = await this.#firstOwn((purpose) => purpose === 'embedding');
    if (path === null) return null;
    return { id: ownFileId(path), name: nameOfFile(path), path, languages: [], prefix: '' };
  }

  remember(modelId: string, wordsPerSecond: number): void {
    this.#options.database
      .prepare('INSERT OR REPLACE INTO model_speed (model_id, words_per_second, measured_at) VALUES (?, ?, ?)')
      .run(modelId, wordsPerSecond, Date.now());
  }

  /** The chosen model when it can run, else the best installed one; null when there is none. */
  async #chosenId(): Promise<string | null> {
    const { host, catalogue, folder, servers } = this.#options;
    const { modelId, modelFiles } = host.settings();
    const installed = catalogue.filter((row) => row.purpose === 'chat' && isInstalled(row, folder));
    if ([...installed, ...servers.rows()].some(({ id }) => id === modelId)) return modelId;
    // A file that is not there is still the chosen one: that it is missing is said, and no other answers in its place.
    const chosen = modelFiles.find((path) => ownFileId(path) === modelId);
    if (chosen !== undefined && (await this.#own.read(chosen)).header?.purpose !== 'embedding') return modelId;
    // A server is never used unless it was chosen.
    const [best] = installed
      .filter(({ audience }) => audience === 'person')
      .sort((one, other) => other.starterRank - one.starterRank);
    if (best !== undefined) return best.id;
    const first = await this.#firstOwn((purpose) => purpose !== 'embedding');
    return first === null ? null : ownFileId(first);
  }

  /** The first file of the person's own with such a purpose, null for one that cannot be read. */
  async #firstOwn(isSought: (purpose: ModelPurpose | null) => boolean): Promise<string | null> {
    for (const path of this.#options.host.settings().modelFiles)
      if (isSought((await this.#own.read(path)).header?.purpose ?? null)) return path;
    return null;
  }

  async #localFile(id: string): Promise<{ file: LocalModelFile; sampling: Sampling }> {
    const { catalogue, folder, host } = this.#options;
    const row = catalogue.find((candidate) => candidate.id === id);
    if (row?.purpose === 'embedding') throw new AppError('model/not-for-answers', id, { action: 'choose-model' });
    if (row !== undefined) {
      if (!isInstalled(row, folder)) throw new AppError('model/file-missing', row.id, { action: 'get-model' });
      const { name, bytes, cacheBytesPerToken, thinking, sampling } = row;
      const path = join(folder, fileNameOf(row));
      return { file: { id, name, path, bytes, cacheBytesPerToken, thinking, isKnown: true }, sampling };
    }
    const path = host.settings().modelFiles.find((candidate) => ownFileId(candidate) === id);
    if (path === undefined) throw new AppError('model/not-found', id, { action: 'open-models' });
    const { header, error, fileName } = await this.#own.read(path);
    if (header === null) throw error ?? new AppError('model/file-missing', id, { action: 'choose-model' });
    if (header.purpose === 'embedding') throw new AppError('model/not-for-answers', id, { action: 'choose-model' });
    return {
      file: { id, name: fileName, path, bytes: header.fileBytes, cacheBytesPerToken: null, thinking: 'switchable' },
      sampling: ownSampling,
    };
  }

  #fastCopyOf({ id, name, purpose, installed }: ModelRow): Promise<FastCopy | null> {
    const path = installed ? this.#pathOf(id) : null;
    return path === null ? Promise.resolve(null) : this.#options.fastCopies.describe({ id, name, purpose, path });
  }

  /** The file of a model on this machine; null for one that is elsewhere. */
  #pathOf(id: string): string | null {
    const { catalogue, folder, host } = this.#options;
    const row = catalogue.find((candidate) => candidate.id === id);
    if (row !== undefined) return join(folder, fileNameOf(row));
    return host.settings().modelFiles.find((path) => ownFileId(path) === id) ?? null;
  }
}
