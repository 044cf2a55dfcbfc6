import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { AppError } from '../../contract/errors.ts';
import { nameOfFile } from '../../models/gguf/clean-name.ts';
import { answered, fileError } from '../../models/gguf/open-model.ts';
import { type ModelHeader, readModelHeader } from '../../models/gguf/read-header.ts';
import { ownFileId } from './model-files.ts';

/** A model file of the person's own, known by its path: what its header says, or why it cannot be read. */
export interface OwnFile {
  readonly id: string;
  readonly path: string;
  readonly fileName: string;
  readonly header: ModelHeader | null;
  readonly error: AppError | null;
}

export interface OwnFilesOptions {
  /** Milliseconds that a disk is waited for. */
  readonly answerMs?: number;
  readonly readHeader?: (path: string) => Promise<ModelHeader>;
}

/** Longer than a disk takes to wake is not waited for again and again. */
const answerMs = 4000;

/**
 * Reads what model files of the person's own say, each once and again when it has changed. They may lie on a disk that is
 * gone: whoever asks is answered in time, and of a folder one file at a time is asked for, so that it never takes more than
 * one of the few threads that all files of the process share.
 */
export class OwnFiles {
  readonly #answerMs: number;
  readonly #readHeader: (path: string) => Promise<ModelHeader>;
  readonly #known = new Map<string, { readonly stamp: string; readonly header: ModelHeader }>();
  readonly #asked = new Map<string, Promise<OwnFile>>();
  readonly #lastOf = new Map<string, Promise<unknown>>();
  readonly #silentFolders = new Set<string>();

  constructor(options: OwnFilesOptions = {}) {
    this.#answerMs = options.answerMs ?? answerMs;
    this.#readHeader = options.readHeader ?? readModelHeader;
  }

  /** Never rejects. */
  async read(path: string): Promise<OwnFile> {
    const folder = dirname(path);
    const asked = this.#asked.get(path) ?? this.#ask(path, folder);
    try {
      // What did not answer a moment ago is not waited for a second time.
      return await answered(asked, undefined, this.#silentFolders.has(folder) ? 0 : this.#answerMs);
    } catch (error) {
      this.#silentFolders.add(folder);
      return withError(path, error);
    }
  }

  #ask(path: string, folder: string): Promise<OwnFile> {
    const before = this.#lastOf.get(folder) ?? Promise.resolve();
    const asked = before.then(() => this.#read(path));
    this.#lastOf.set(folder, asked);
    this.#asked.set(path, asked);
    void asked.then(() => {
      this.#asked.delete(path);
      if (this.#lastOf.get(folder) !== asked) return;
      this.#lastOf.delete(folder);
      this.#silentFolders.delete(folder);
    });
    return asked;
  }

  async #read(path: string): Promise<OwnFile> {
    try {
      const known = this.#known.get(path);
      if (known !== undefined && known.stamp === (await stampOfAll(known.header.parts)))
        return { ...named(path), header: known.header, error: null };
      const header = await this.#readHeader(path);
      this.#known.set(path, { stamp: await stampOfAll(header.parts), header });
      return { ...named(path), header, error: null };
    } catch (error) {
      this.#known.delete(path);
      return withError(path, error);
    }
  }
}

/**
 * A name for each file that no other one has, and no other model: what it calls itself, else the name of the file, else that
 * with its folder.
 */
export function namesToldApart(files: readonly OwnFile[], taken: readonly string[]): ReadonlyMap<string, string> {
  const forms: readonly ((file: OwnFile) => string)[] = [
    ({ header, fileName }) => header?.name ?? fileName,
    ({ fileName }) => fileName,
    ({ path, fileName }) => `${nameOfFile(basename(dirname(path)))}/${fileName}`,
    ({ id, fileName }) => `${fileName} (${id.slice(-4)})`,
  ];
  const names = new Map<string, string>();
  for (const form of forms) {
    const left = files.filter(({ id }) => !names.has(id));
    const all = [...taken, ...names.values(), ...left.map(form)];
    for (const file of left) if (all.filter((name) => name === form(file)).length === 1) names.set(file.id, form(file));
  }
  return names;
}

function named(path: string) {
  return { id: ownFileId(path), path, fileName: nameOfFile(path) };
}

function withError(path: string, error: unknown): OwnFile {
  return { ...named(path), header: null, error: fileError(error) };
}

async function stampOfAll(paths: readonly string[]): Promise<string> {
  const stats = await Promise.all(paths.map((path) => stat(path)));
  return stats.map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join(' ');
}
