import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { CatalogueRow, FastCopy, ModelRow, Sampling } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import { chooseStarter, fitOf, type Memory, type ModelSize } from '../../models/catalogue/fit.ts';
import type { ModelDownloads } from '../../models/download/model-downloads.ts';
import type { EmbeddingModelFile } from '../../models/engine/local-embeddings.ts';
import type { LocalModelFile, LocalModels } from '../../models/engine/local-models.ts';
import { readModelHeader } from '../../models/gguf/read-header.ts';
import type { ModelJobs } from '../../models/jobs/model-jobs.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { Host } from '../ports.ts';
import type { Queries } from '../queries.ts';
import type { FastCopies } from './fast-copies.ts';
import { FilePurposes } from './file-purposes.ts';
import { isInstalled, type OwnFile, ownFileId, readOwnFile } from './model-files.ts';
import { hostOf } from './source-probe.ts';

/** Models behind addresses, as the servers feature gives them. */
export interface ServerModels {
  rows(): readonly ModelRow[];
  model(modelId: string): LanguageModel | null;
}

export interface ModelLibraryOptions {
  readonly host: Host;
  readonly catalogue: readonly CatalogueRow[];
  readonly folder: string;
  readonly database: Queries;
  readonly local: LocalModels;
  readonly downloads: ModelDownloads;
  readonly fastCopies: FastCopies;
  readonly jobs: ModelJobs;
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
  readonly #purposes = new FilePurposes();

  constructor(options: ModelLibraryOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly ModelRow[]> {
    const { catalogue, folder, servers, host } = this.#options;
    const chosen = this.#chosenId();
    const wanted = host.settings().modelId;
    const offered = catalogue.filter(
      (row) => row.audience === 'person' || isInstalled(row, folder) || row.id === wanted,
    );
    const own = await Promise.all(host.settings().modelFiles.map(readOwnFile));
    const rows = [
      ...offered.map((row) => this.#catalogueRow(row)),
      ...own.map((file) => this.#ownRow(file)),
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

  /** Adds a file of the person's own after its header was read. Errors: `model/…`. */
  async addFile(path: string): Promise<ModelRow> {
    if (!isAbsolute(path))
      throw new AppError('model/file-missing', 'the path is not absolute', { action: 'choose-model' });
    await readModelHeader(path);
    const { host } = this.#options;
    const files = host.settings().modelFiles;
    if (!files.includes(path)) await host.changeSettings({ modelFiles: [...files, path] });
    return this.#ownRow(await readOwnFile(path));
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
    if (this.#chosenId() !== null) return null;
    const running = jobs.state.value.jobs.find(
      ({ kind, status, purpose }) =>
        kind === 'model-download' && purpose === 'chat' && (status === 'running' || status === 'checking'),
    );
    if (running !== undefined) return running.id;
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
  find(modelId: string | null): { readonly model: LanguageModel; readonly sampling: Sampling } {
    const id = modelId ?? this.#chosenId();
    if (id === null) throw new AppError('model/none', 'no model is installed', { action: 'get-model' });
    const server = this.#options.servers.model(id);
    if (server !== null) return { model: server, sampling: { temperature: 0.7 } };
    const { file, sampling } = this.#localFile(id);
    const path = this.#options.fastCopies.pathOf(id, file.path) ?? file.path;
    return { model: this.#options.local.model({ ...file, path }), sampling };
  }

  /** The model that compares sentences: the best installed one, else the first of the person's own; null without any. */
  findEmbedding(): EmbeddingModelFile | null {
    const { catalogue, folder, host } = this.#options;
    const [row] = catalogue
      .filter((one) => one.purpose === 'embedding' && isInstalled(one, folder))
      .sort((one, other) => other.starterRank - one.starterRank);
    if (row !== undefined) {
      const { id, name, languages, embeddingPrefix: prefix = '' } = row;
      return { id, name, path: join(folder, fileNameOf(row)), languages, prefix };
    }
    const path = host.settings().modelFiles.find((file) => this.#purposes.of(file) === 'embedding');
    if (path === undefined) return null;
    return { id: ownFileId(path), name: nameOfFile(path), path, languages: [], prefix: '' };
  }

  remember(modelId: string, wordsPerSecond: number): void {
    this.#options.database
      .prepare('INSERT OR REPLACE INTO model_speed (model_id, words_per_second, measured_at) VALUES (?, ?, ?)')
      .run(modelId, wordsPerSecond, Date.now());
  }

  /** The chosen model when it can run, else the best installed one; null when there is none. */
  #chosenId(): string | null {
    const { host, catalogue, folder, servers } = this.#options;
    const { modelId, modelFiles } = host.settings();
    const installed = catalogue.filter((row) => row.purpose === 'chat' && isInstalled(row, folder));
    const own = modelFiles.filter((path) => this.#purposes.of(path) !== 'embedding');
    const known = new Set([
      ...installed.map(({ id }) => id),
      ...own.map(ownFileId),
      ...servers.rows().map(({ id }) => id),
    ]);
    if (modelId !== null && known.has(modelId)) return modelId;
    // A server is never used unless it was chosen.
    const best = installed
      .filter(({ audience }) => audience === 'person')
      .sort((one, other) => other.starterRank - one.starterRank);
    const firstOwn = own[0];
    return best[0]?.id ?? (firstOwn === undefined ? null : ownFileId(firstOwn));
  }

  #localFile(id: string): { file: LocalModelFile; sampling: Sampling } {
    const { catalogue, folder, host } = this.#options;
    const row = catalogue.find((candidate) => candidate.id === id);
    if (row?.purpose === 'embedding') throw new AppError('model/not-for-answers', id, { action: 'choose-model' });
    if (row !== undefined) {
      if (!isInstalled(row, folder)) throw new AppError('model/file-missing', row.id, { action: 'get-model' });
      const { name, cacheBytesPerToken, thinking, sampling } = row;
      return { file: { id, name, path: join(folder, fileNameOf(row)), cacheBytesPerToken, thinking }, sampling };
    }
    const path = host.settings().modelFiles.find((candidate) => ownFileId(candidate) === id);
    if (path === undefined) throw new AppError('model/not-found', id, { action: 'open-models' });
    if (this.#purposes.of(path) === 'embedding')
      throw new AppError('model/not-for-answers', id, { action: 'choose-model' });
    return {
      file: { id, name: nameOfFile(path), path, cacheBytesPerToken: null, thinking: 'switchable' },
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

  #catalogueRow(row: CatalogueRow): ModelRow {
    const { id, name, shortName, licence, languages, bytes, contextTokens } = row;
    const { purpose } = row;
    const base = { id, kind: 'catalogue' as const, purpose, name, shortName, licence, languages, bytes, contextTokens };
    return {
      ...base,
      installed: isInstalled(row, this.#options.folder),
      ...this.#fitAndSpeed(id, row),
      chosen: false,
      fastCopy: null,
      serverId: null,
      host: null,
    };
  }

  #ownRow({ id, name, header }: OwnFile): ModelRow {
    const purpose = header?.purpose ?? 'chat';
    const size = header && {
      purpose,
      bytes: header.fileBytes,
      cacheBytesPerToken: header.cacheBytesPerToken,
      contextTokens: header.contextTokens,
    };
    return {
      id,
      kind: 'file',
      purpose,
      name,
      shortName: name,
      licence: null,
      languages: [],
      bytes: header?.fileBytes ?? null,
      contextTokens: header?.contextTokens ?? null,
      installed: header !== null,
      ...this.#fitAndSpeed(id, size),
      chosen: false,
      fastCopy: null,
      serverId: null,
      host: null,
    };
  }

  #fitAndSpeed(id: string, size: ModelSize | null) {
    const memory = this.#options.memory();
    const fit = size === null ? null : fitOf(size, memory);
    const speed = this.#options.database.prepare('SELECT words_per_second FROM model_speed WHERE model_id = ?').get(id);
    return {
      fit: fit?.fit ?? null,
      needBytes: fit?.needBytes ?? null,
      freeBytes: memory.freeBytes,
      measuredWordsPerSecond: speed === undefined ? null : Number(speed['words_per_second']),
    };
  }
}

function nameOfFile(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/\.gguf$/i, '');
}
