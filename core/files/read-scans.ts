import type { DocumentNote } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { AskedPage } from '../../contract/reader.ts';
import type { PictureReader } from '../sight/pictures.ts';
import { type DrawnPage, drawnPages } from './drawn-pages.ts';
import type { OpenFile } from './open-file.ts';
import { pictureIn, readPicture } from './read-picture.ts';
import type { ReaderOptions } from './reader-process.ts';

/** Most pages of one document that are read as pictures: at some five seconds each, a quarter of an hour. */
export const scanPageLimit = 200;

export interface ScanProgress {
  readonly read: number;
  readonly total: number;
  /** About how long the others take; null before the first is read. */
  readonly leftMs: number | null;
}

export interface ReadScans {
  /** By the numbers of their pages; a page that was read and has no text is there, too. */
  readonly texts: ReadonlyMap<number, string>;
  readonly notes: readonly DocumentNote[];
  /** Why the first page could not be read; null where it was. */
  readonly cause: AppError | null;
}

export interface ScanOptions extends ReaderOptions {
  readonly pictures: PictureReader;
  readonly pageLimit?: number;
}

/** Reads those of the asked pages of a PDF that are pictures. Never fails as a whole: what was not read is a note. Throws the abort reason. */
export async function readScans(
  file: OpenFile,
  asked: readonly AskedPage[],
  options: ScanOptions,
  signal: AbortSignal,
  onProgress: (progress: ScanProgress) => void,
): Promise<ReadScans> {
  const scans: AskedPage[] = [];
  for await (const { page, holds } of drawnPages(file, asked, false, options, signal))
    if (holds === 'scan' || holds === 'lost') scans.push(...asked.filter((each) => each.page === page));
  const limit = options.pageLimit ?? scanPageLimit;
  const reading = new ScanReading(scans.slice(0, limit).length, onProgress);
  if (scans.length > 0 && !options.pictures.canRead()) return withoutModel(scans.length);
  for await (const drawn of drawnPages(file, scans.slice(0, limit), true, options, signal))
    await reading.take(drawn, file.name, options.pictures, signal);
  return reading.ended(scans.length - Math.min(scans.length, limit));
}

function withoutModel(count: number): ReadScans {
  const cause = new AppError('picture/no-model', 'the model is not here', { action: 'get-model' });
  return { texts: new Map(), notes: [{ note: 'pages-unread', count, why: 'no-model' }], cause };
}

/** Pages that are read one after another, and what came of them. */
class ScanReading {
  readonly #total: number;
  readonly #onProgress: (progress: ScanProgress) => void;
  readonly #since = performance.now();
  readonly #texts = new Map<number, string>();
  #doubtful = 0;
  #blank = 0;
  #done = 0;
  #cause: AppError | null = null;

  constructor(total: number, onProgress: (progress: ScanProgress) => void) {
    this.#total = total;
    this.#onProgress = onProgress;
    if (total > 0) onProgress({ read: 0, total, leftMs: null });
  }

  async take(drawn: DrawnPage, name: string, pictures: PictureReader, signal: AbortSignal): Promise<void> {
    if (drawn.holds === 'blank') this.#blank += 1;
    else await this.#read(drawn, name, pictures, signal);
    this.#done += 1;
    const perPage = (performance.now() - this.#since) / this.#done;
    this.#onProgress({ read: this.#done, total: this.#total, leftMs: perPage * (this.#total - this.#done) });
  }

  async #read({ page, picture }: DrawnPage, name: string, pictures: PictureReader, signal: AbortSignal): Promise<void> {
    try {
      if (picture.length === 0) throw new AppError('picture/damaged', `page ${page} could not be drawn`);
      const { text, notes } = await readPicture(name, pictureIn(picture), pictures, signal, () => {});
      this.#texts.set(page, text);
      for (const note of notes) if (note.note === 'doubtful') this.#doubtful += note.count;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError && error.code === 'picture/no-text') this.#texts.set(page, '');
      else this.#cause ??= error instanceof AppError ? error : new AppError('picture/reader-died', String(error));
    }
  }

  ended(tooMany: number): ReadScans {
    const failed = this.#done - this.#blank - this.#texts.size;
    const notes: DocumentNote[] = [];
    if (this.#texts.size > 0) notes.push({ note: 'pages-as-pictures', count: this.#texts.size });
    if (failed > 0) notes.push({ note: 'pages-unread', count: failed, why: 'failed' });
    if (tooMany > 0) notes.push({ note: 'pages-unread', count: tooMany, why: 'too-many' });
    if (this.#doubtful > 0) notes.push({ note: 'doubtful', count: this.#doubtful });
    return { texts: this.#texts, notes, cause: this.#cause };
  }
}
