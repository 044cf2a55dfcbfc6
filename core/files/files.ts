import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type ContextChip, previewCharacters } from '../../contract/context.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { fileChipLimit } from '../../contract/document.ts';
import { AppError, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import type { Attachment } from '../attachment.ts';
import { type ReadFile, type ReadProgress, readFile } from './read-file.ts';
import type { ReaderOptions } from './reader-process.ts';

export interface FilesOptions extends ReaderOptions {
  readonly now: () => number;
  /** A chip as it stands now; the text comes with the one that is ready. */
  readonly onChip: (chip: ContextChip, attachment: Attachment | null, shown: boolean) => void;
  /** File chips that stand already. */
  readonly chipCount: () => number;
}

/** Documents are read one after another: each may take a core and half a gigabyte. */
export class Files implements Disposable {
  readonly #options: FilesOptions;
  readonly #reading = new Map<string, { readonly abort: AbortController; readonly ended: Promise<ContextChip> }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** Makes a chip of each file at once; answers when the last of them is read, with each as it ended. */
  async add(paths: readonly string[], shown: boolean): Promise<readonly ContextChip[]> {
    const free = Math.max(0, fileChipLimit - this.#options.chipCount());
    const chips = paths.slice(0, free).map((path) => this.#begin(path, shown));
    const tooMany = paths.length > free ? [this.#refuse(paths[free] ?? '', paths.length - free, shown)] : [];
    return [...(await Promise.all(chips)), ...tooMany];
  }

  /** Waits until none of these chips is being read. Throws the cause of one that could not be. */
  async settled(chipIds: readonly string[]): Promise<void> {
    for (const id of chipIds) {
      const { status, cause } = (await this.#reading.get(id)?.ended) ?? { status: 'ready', cause: null };
      if (status === 'failed' && cause !== null) throw fromErrorShape(cause);
    }
  }

  /** Ends the reading of a chip that is not wanted any more. */
  cancel(chipId: string): void {
    this.#reading.get(chipId)?.abort.abort();
    this.#reading.delete(chipId);
  }

  dispose(): void {
    for (const id of [...this.#reading.keys()]) this.cancel(id);
  }

  #begin(path: string, shown: boolean): Promise<ContextChip> {
    const id = `f-${randomUUID()}`;
    const abort = new AbortController();
    const waiting = chipOf(id, basename(path).toWellFormed(), this.#options.now());
    this.#options.onChip(waiting, null, shown);
    const mine = this.#last.then(() => this.#read(waiting, path, shown, abort.signal));
    this.#last = mine.catch(() => {});
    this.#reading.set(id, { abort, ended: mine });
    return mine;
  }

  async #read(waiting: ContextChip, path: string, shown: boolean, signal: AbortSignal): Promise<ContextChip> {
    const show = (chip: ContextChip, attachment: Attachment | null = null) => {
      if (!signal.aborted) this.#options.onChip(chip, attachment, shown);
      return chip;
    };
    try {
      signal.throwIfAborted();
      const file = await readFile(
        path,
        this.#options,
        signal,
        slowly(showEveryMs, (progress) => show(withProgress(waiting, progress))),
      );
      return show(readyChip(waiting, file), attachmentOf(file));
    } catch (error) {
      return show({ ...waiting, status: 'failed', on: false, cause: toErrorShape(error) });
    } finally {
      this.#reading.delete(waiting.id);
    }
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

function withProgress(chip: ContextChip, { kind, bytes, extent }: ReadProgress): ContextChip {
  return { ...chip, file: { kind, bytes, extent } };
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

function attachmentOf({ name, text, positions }: ReadFile): Attachment {
  const nowhere = { application: null, targetId: null, editable: false, needsFocus: false };
  return { kind: 'file', text, title: name, positions, ...nowhere };
}
