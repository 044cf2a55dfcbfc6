import { AppError } from '../../contract/errors.ts';
import { type AskedPage, type DrawnPart, readerContract } from '../../contract/reader.ts';
import { pictureLimits } from '../../contract/sight.ts';
import { LimitWatch, type ProcessLimits } from '../../process/limit-watch.ts';
import { processorMs } from '../../process/measure.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import type { OpenFile } from './open-file.ts';
import { type ReaderOptions, startReader } from './reader-process.ts';

/** What a page turned out to be; `lost`: it could not be drawn. */
export interface DrawnPage {
  readonly page: number;
  readonly holds: Extract<DrawnPart, { type: 'page' }>['holds'] | 'lost';
  /** The file of a PNG; empty for a page that was only looked at, or is no picture. */
  readonly picture: Uint8Array;
}

/** Bound one page; the memory bounds the whole. An image of a page may be large, and is drawn in seconds all the same. */
const drawLimits: ProcessLimits = { timeMs: 20_000, memoryBytes: 1024 ** 3 };
/** Bounds all pages of one process together. */
const allPagesMs = 300_000;
/** Pages at which a process may end, before the others are given up. */
const mostDeaths = 5;

/**
 * Looks at pages of a PDF, in the order given, and draws those that are pictures where `draws` is set. As long as nobody asks
 * for the next one, hardly anything is drawn ahead. A page that ends its process is lost alone. Throws the abort reason.
 */
export async function* drawnPages(
  file: OpenFile,
  pages: readonly AskedPage[],
  draws: boolean,
  options: ReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<DrawnPage> {
  let left = pages;
  for (let deaths = 0; left.length > 0; ) {
    try {
      for await (const drawn of drawInProcess(file, left, draws, options, signal)) {
        left = left.slice(1);
        yield drawn;
      }
      return;
    } catch {
      signal.throwIfAborted();
      deaths += 1;
      const lost = deaths < mostDeaths ? left.slice(0, 1) : left;
      left = left.slice(lost.length);
      for (const { page } of lost) yield { page, holds: 'lost', picture: new Uint8Array() };
    }
  }
}

/** Draws pages in one process, as far as it comes. Throws for its death, and for what it should not have said. */
async function* drawInProcess(
  file: OpenFile,
  pages: readonly AskedPage[],
  draws: boolean,
  options: ReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<DrawnPage> {
  const limits = options.drawLimits ?? drawLimits;
  const child = await startReader(file, options);
  const whole = new LimitWatch(child, { ...limits, timeMs: allPagesMs });
  const client = new WireClient(createProcessChannel(child), readerContract, { onBreach: () => child.kill('SIGKILL') });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const parts = client.open('document.draw', { bytes: file.bytes, pages: [...pages], draws })[Symbol.asyncIterator]();
    for (const { page } of pages) {
      const spentMs = processorMs(child.pid ?? 0) ?? 0;
      const watch = new LimitWatch(child, { ...limits, timeMs: limits.timeMs + spentMs });
      try {
        yield await nextPage(parts, page);
      } finally {
        watch.dispose();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    whole.dispose();
    client.dispose();
    stop();
  }
}

async function nextPage(parts: AsyncIterator<DrawnPart>, page: number): Promise<DrawnPage> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await parts.next();
    if (done === true || value.type === 'finish') throw new AppError('file/reader-died', 'it ended before its end');
    if (value.type === 'page') {
      if (value.page !== page) throw new AppError('file/reader-died', 'it told of another page');
      return { page, holds: value.holds, picture: Buffer.concat(pieces) };
    }
    const piece = Buffer.from(value.bytes, 'base64');
    bytes += piece.length;
    if (bytes > pictureLimits.bytes) throw new AppError('file/reader-died', 'more than a picture may have');
    pieces.push(piece);
  }
}
