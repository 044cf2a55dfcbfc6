import {
  type DocumentKind,
  documentTextLimitBytes,
  type Extent,
  extentOf,
  type TextPositions,
} from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { openFile } from './open-file.ts';
import { type ReaderOptions, readerLimits, readInProcess } from './reader-process.ts';

/** A document as it was read: its text, and where its pages or lines stand in it. */
export interface ReadFile {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly bytes: number;
  readonly text: string;
  readonly positions: TextPositions;
  readonly extent: Extent;
}

export interface ReadProgress {
  readonly kind: DocumentKind;
  readonly bytes: number;
  /** Pages so far and of how many; null where there are no pages. */
  readonly pages: { readonly done: number; readonly total: number } | null;
}

const betweenPages = '\n\n';
/** Processes for one PDF: two thousand full pages take two or three. */
const mostReaders = 6;
/** In a second of its time a reader brings some 100,000 of a book; the next one begins only where that still pays. */
const leastCharactersPerSecond = 10_000;
/** No further process begins after so many times the time of one, by the clock. */
const clockFactor = 8;
/** A PDF with less holds pictures of pages, as far as text goes. */
const fewCharacters = 3;

/**
 * Reads a file in a process of its own; a PDF of many pages in several, one after another, each with the same limits, as long
 * as each brings enough. When
 * one of them ends early, the pages that were read by then are kept: the extent tells how many of how many. Throws `file/…`
 * with the file's name.
 */
export async function readFile(
  path: string,
  options: ReaderOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const file = await openFile(path);
  const { name, bytes } = file;
  const { timeMs } = options.limits ?? readerLimits;
  const leastCharacters = (leastCharactersPerSecond * timeMs) / 1000;
  const noneAfter = performance.now() + clockFactor * timeMs;
  const pieces = new Pieces();
  try {
    for (let round = 0; round < mostReaders && !pieces.whole && !pieces.full; round += 1) {
      const before = pieces.count;
      const charactersBefore = pieces.length;
      for await (const part of readInProcess(file, before + 1, options, signal)) {
        if (part.type === 'failure') throw failed(part.code, part.message, part.kind);
        pieces.take(part);
        const { kind, pages, count } = pieces;
        if (kind !== null) onProgress({ kind, bytes, pages: pages === null ? null : { done: count, total: pages } });
      }
      if (pieces.count === before || pieces.length - charactersBefore < leastCharacters) break;
      if (performance.now() > noneAfter) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof AppError ? error : failed('file/reader-died', String(error), null);
    if (!pieces.canBeCut)
      throw new AppError(cause.code, cause.message, { values: { ...cause.detail.values, file: name } });
  } finally {
    await file.handle.close();
  }
  const { kind, text, positions } = pieces;
  if (kind === null || text.trim().length < (kind === 'pdf' ? fewCharacters : 1))
    throw new AppError(kind === 'pdf' ? 'file/pdf-no-text' : 'file/empty', 'no text came', { values: { file: name } });
  return { name, bytes, kind, text, positions, extent: extentOf(positions, text) };
}

/** What came of a document, joined as it comes. */
class Pieces {
  kind: DocumentKind | null = null;
  pages: number | null = null;
  readonly #texts: string[] = [];
  readonly #starts: number[] = [];
  #length = 0;
  #bytes = 0;

  get count(): number {
    return this.#texts.length;
  }

  /** Characters so far. */
  get length(): number {
    return this.#length;
  }

  /** The limit of text for one document is reached. */
  full = false;

  /** A page is whole or missing, which can be said; half of a text file cannot. */
  get canBeCut(): boolean {
    return this.pages !== null && this.#texts.some((text) => text !== '');
  }

  get whole(): boolean {
    return this.kind !== null && (this.pages === null || this.count >= this.pages);
  }

  get text(): string {
    return this.#texts.join(this.pages === null ? '' : betweenPages);
  }

  get positions(): TextPositions {
    return this.pages === null ? { unit: 'line' } : { unit: 'page', starts: this.#starts, total: this.pages };
  }

  take(part: { readonly type: string } & Partial<{ kind: DocumentKind; pages: number | null; text: string }>): void {
    if (part.type === 'kind') {
      this.kind = part.kind ?? null;
      this.pages = part.pages ?? null;
    } else if (part.type === 'text' && part.text !== undefined && !this.full) {
      this.#bytes += Buffer.byteLength(part.text);
      this.full = this.#bytes > documentTextLimitBytes;
      if (this.full) return;
      if (this.pages !== null && this.count > 0) this.#length += betweenPages.length;
      this.#starts.push(this.#length);
      this.#texts.push(part.text);
      this.#length += part.text.length;
    }
  }
}

function failed(code: AppError['code'], message: string, kind: string | null): AppError {
  return new AppError(code, message, kind === null ? {} : { values: { kind } });
}
