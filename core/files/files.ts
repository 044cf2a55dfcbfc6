import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type ContextChip, previewCharacters } from '../../contract/context.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { fileChipLimit, type TextEncoding } from '../../contract/document.ts';
import { AppError, type AppErrorShape, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import type { Attachment } from '../attachment.ts';
import { isForWantOfModel, type ReadFile, type ReadOptions, type ReadProgress, readFile } from './read-file.ts';
import { pictureIn, readPicture } from './read-picture.ts';

/** A file on a disk, or a picture that was pasted and lies on none. */
type Source =
  | { readonly path: string; readonly encoding?: TextEncoding }
  | { readonly name: string; readonly picture: Uint8Array };

interface Waiting {
  readonly source: Source;
  readonly cause: AppErrorShape;
}

export interface FilesOptions extends ReadOptions {
  readonly now: () => number;
  /** A chip as it stands now; the text comes with the one that is ready. */
  readonly onChip: (chip: ContextChip, attachment: Attachment | null, shown: boolean) => void;
  /** File chips that stand already. */
  readonly chipCount: () => number;
  /** Whether a chip still stands. */
  readonly stands: (chipId: string) => boolean;
}

/** Documents are read one after another: each may take a core and half a gigabyte. */
export class Files implements Disposable {
  readonly #options: FilesOptions;
  readonly #reading = new Map<string, { readonly abort: AbortController; readonly ended: Promise<ContextChip> }>();
  /** Pictures that cannot be read before the model for them is here. */
  readonly #waiting = new Map<string, Waiting>();
  /** Where texts are whose encoding is a guess, by their chips: only those can be read in another one. */
  readonly #texts = new Map<string, string>();
  /** Files of which some pages were left out for the want of that model. */
  readonly #inPart = new Map<string, Source>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** Makes a chip of each file at once; answers when the last of them is read, with each as it ended. */
  async add(paths: readonly string[], shown: boolean): Promise<readonly ContextChip[]> {
    const free = Math.max(0, fileChipLimit - this.#options.chipCount());
    const chips = paths.slice(0, free).map((path) => this.#begin({ path }, shown));
    const tooMany = paths.length > free ? [this.#refuse(paths[free] ?? '', paths.length - free, shown)] : [];
    return [...(await Promise.all(chips)), ...tooMany];
  }

  /** Makes a chip of a picture that is in memory; answers when it is read, with how it ended. */
  async addPicture(name: string, picture: Uint8Array, shown: boolean): Promise<ContextChip> {
    if (this.#options.chipCount() >= fileChipLimit) return this.#refuse(name, 1, shown);
    return this.#begin({ name, picture }, shown);
  }

  /** Reads a text again, in the encoding that the person said. Throws `file/not-found` for a chip that is none of a text. */
  async readAs(chipId: string, encoding: TextEncoding): Promise<void> {
    const path = this.#texts.get(chipId);
    if (path === undefined || !this.#options.stands(chipId))
      throw new AppError('file/not-found', 'no such text', { values: { file: '' } });
    this.#reading.get(chipId)?.abort.abort();
    await this.#begin({ path, encoding }, true, chipId);
  }

  /** Reads the pictures that waited for their model, and what of other files did. */
  modelArrived(): void {
    const sources = [...this.#waiting].map(([id, { source }]) => [id, source] as const);
    for (const [id, source] of [...sources, ...this.#inPart]) {
      this.#waiting.delete(id);
      this.#inPart.delete(id);
      if (this.#options.stands(id)) void this.#begin(source, true, id);
    }
  }

  /** Waits until none of these chips is being read. Throws the cause of one that could not be, or cannot be yet. */
  async settled(chipIds: readonly string[]): Promise<void> {
    for (const id of chipIds) {
      const waiting = this.#waiting.get(id);
      if (waiting !== undefined) throw fromErrorShape(waiting.cause);
      const { status, cause } = (await this.#reading.get(id)?.ended) ?? { status: 'ready', cause: null };
      if (status === 'failed' && cause !== null) throw fromErrorShape(cause);
    }
  }

  /** Ends the reading of a chip that is not wanted any more. */
  cancel(chipId: string): void {
    this.#reading.get(chipId)?.abort.abort();
    this.#reading.delete(chipId);
    this.#waiting.delete(chipId);
    this.#texts.delete(chipId);
    this.#inPart.delete(chipId);
  }

  dispose(): void {
    for (const id of [...this.#reading.keys()]) this.cancel(id);
  }

  #begin(source: Source, shown: boolean, id = `f-${randomUUID()}`): Promise<ContextChip> {
    const abort = new AbortController();
    const name = 'path' in source ? basename(source.path) : source.name;
    const waiting = chipOf(id, name.toWellFormed(), this.#options.now());
    this.#options.onChip(waiting, null, shown);
    const mine = this.#last.then(() => this.#read(waiting, source, shown, abort.signal));
    this.#last = mine.catch(() => {});
    this.#reading.set(id, { abort, ended: mine });
    return mine;
  }

  async #read(waiting: ContextChip, source: Source, shown: boolean, signal: AbortSignal): Promise<ContextChip> {
    const show = (chip: ContextChip, attachment: Attachment | null = null) => {
      if (!signal.aborted) this.#options.onChip(chip, attachment, shown);
      return chip;
    };
    try {
      signal.throwIfAborted();
      const onProgress = slowly(showEveryMs, (progress: ReadProgress) => show(withProgress(waiting, progress)));
      const file = await this.#readSource(source, signal, onProgress);
      const isGuess = file.notes.some(({ note }) => note === 'encoding-guessed' || note === 'encoding-chosen');
      if (shown && isGuess && 'path' in source) this.#texts.set(waiting.id, source.path);
      if (shown && !signal.aborted && file.notes.some(isForWantOfModel)) this.#inPart.set(waiting.id, source);
      return show(readyChip(waiting, file), attachmentOf(file));
    } catch (error) {
      const cause = toErrorShape(error);
      if (!shown || signal.aborted || cause.code !== 'picture/no-model')
        return show({ ...waiting, status: 'failed', on: false, cause });
      this.#waiting.set(waiting.id, { source, cause });
      return show({ ...waiting, status: 'waiting', cause });
    } finally {
      // It may be read again already, in another encoding.
      if (this.#reading.get(waiting.id)?.abort.signal === signal) this.#reading.delete(waiting.id);
    }
  }

  #readSource(source: Source, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<ReadFile> {
    if ('path' in source) {
      const { path, encoding } = source;
      return readFile(path, { ...this.#options, ...(encoding === undefined ? {} : { encoding }) }, signal, onProgress);
    }
    const { pictures } = this.#options;
    if (pictures === undefined) throw new AppError('file/no-path', 'pictures are not read here');
    return readPicture(source.name, pictureIn(source.picture), pictures, signal, onProgress);
  }

  #refuse(path: string, count: number, shown: boolean): ContextChip {
    const values = { file: basename(path), limit: fileChipLimit, count };
    const cause = toErrorShape(new AppError('file/too-many', `${count} files over the limit`, { values }));
    const chip = chipOf(`f-${randomUUID()}`, basename(path), this.#options.now());
    const failed: ContextChip = { ...chip, status: 'failed', on: false, cause };
    this.#options.onChip(failed, null, shown);
    return failed;
  }
}

const showEveryMs = 100;

/** Calls at most once in so many milliseconds; what comes between is left out. */
function slowly<Value>(everyMs: number, call: (value: Value) => void): (value: Value) => void {
  let last = 0;
  return (value) => {
    if (performance.now() - last < everyMs) return;
    last = performance.now();
    call(value);
  };
}

/** A chip whose file has still to be read. */
function chipOf(id: string, title: string, capturedAt: number): ContextChip {
  return {
    id,
    kind: 'file',
    content: 'text',
    on: true,
    status: 'reading',
    application: null,
    title,
    words: 0,
    characters: 0,
    preview: '',
    editable: false,
    fresh: true,
    repeated: false,
    capturedAt,
    cause: null,
    file: { kind: null, bytes: 0, extent: null },
  };
}

function withProgress(chip: ContextChip, progress: ReadProgress): ContextChip {
  return { ...chip, file: progress };
}

function readyChip(chip: ContextChip, { text, kind, bytes, extent, notes }: ReadFile): ContextChip {
  return {
    ...chip,
    status: 'ready',
    words: countWords(text),
    characters: text.length,
    preview: text.slice(0, previewCharacters).toWellFormed(),
    file: { kind, bytes, extent, ...(notes.length === 0 ? {} : { notes }) },
  };
}

function attachmentOf({ name, text, positions, origin }: ReadFile): Attachment {
  const nowhere = { application: null, targetId: null, editable: false, needsFocus: false };
  return { kind: 'file', text, title: name, positions, ...(origin === undefined ? {} : { origin }), ...nowhere };
}
