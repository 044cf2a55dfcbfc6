import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { ExportFormat, ExportWords } from '../../contract/export.ts';

export interface Export {
  /** Null: all chats. */
  readonly conversationIds: readonly string[] | null;
  readonly format: ExportFormat;
}

/** `stopped`: the person chose no file, or ended it; then nothing was written. */
export type Exported =
  | { readonly status: 'written'; readonly fileName: string }
  | { readonly status: 'stopped'; readonly fileName: null };

export interface ChatExportsDeps {
  readonly words: () => ExportWords;
  readonly nameOf: (wanted: Export, words: ExportWords) => Promise<string>;
  /** Asks for a place in a window of main's; null when the person chose none. */
  readonly choosePath: (name: string, format: ExportFormat) => Promise<string | null>;
  /** False when it was cancelled. */
  readonly write: (
    wanted: Export & { readonly format: Exclude<ExportFormat, 'pdf'> },
    path: string,
    words: ExportWords,
  ) => Promise<boolean>;
  readonly cancelWrite: () => void;
  /** A page without scripts as a PDF; null when `signal` ended it. */
  readonly print: (htmlPath: string, signal: AbortSignal) => Promise<Uint8Array | null>;
}

const stopped: Exported = { status: 'stopped', fileName: null };

/** Chats as files: asks where, has core write them, prints what becomes a PDF. One at a time. */
export class ChatExports {
  readonly #deps: ChatExportsDeps;
  #running: AbortController | null = null;

  constructor(deps: ChatExportsDeps) {
    this.#deps = deps;
  }

  /** Throws `export/running`, `export/not-written`, `disk/full` and `conversation/not-found`. */
  async run(wanted: Export): Promise<Exported> {
    if (this.#running !== null) throw new AppError('export/running', 'one is being written');
    const running = new AbortController();
    this.#running = running;
    try {
      const words = this.#deps.words();
      const name = await this.#deps.nameOf(wanted, words);
      const path = await this.#deps.choosePath(name, wanted.format);
      if (path === null || running.signal.aborted) return stopped;
      const { format } = wanted;
      const written =
        format === 'pdf'
          ? await this.#print(wanted, path, words, running.signal)
          : await this.#deps.write({ ...wanted, format }, path, words);
      return written ? { status: 'written', fileName: basename(path) } : stopped;
    } finally {
      this.#running = null;
    }
  }

  cancel(): void {
    if (this.#running === null) return;
    this.#running.abort();
    this.#deps.cancelWrite();
  }

  /** The page to be printed is written beside everything else, into a folder that is this user's alone. */
  async #print(wanted: Export, path: string, words: ExportWords, signal: AbortSignal): Promise<boolean> {
    const folder = await mkdtemp(join(tmpdir(), 'beckon-print-'));
    try {
      const page = join(folder, 'page.html');
      if (!(await this.#deps.write({ ...wanted, format: 'html' }, page, words)) || signal.aborted) return false;
      const pdf = await this.#deps.print(page, signal);
      if (pdf === null || signal.aborted) return false;
      await putInPlace(path, pdf);
      return true;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Whole or not at all, and readable by its owner alone. */
async function putInPlace(path: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${basename(path).slice(0, 60)}.${Date.now().toString(36)}.part`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    const isFull = (error as { readonly code?: unknown }).code === 'ENOSPC';
    if (isFull) throw new AppError('disk/full', String(error), { action: 'free-space' }, error);
    throw new AppError('export/not-written', String(error), {}, error);
  }
}
