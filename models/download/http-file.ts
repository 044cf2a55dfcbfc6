import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../contract/errors.ts';

export type Fetch = typeof fetch;

export interface FileRequest {
  readonly fetch: Fetch;
  readonly url: string;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Called with each piece's length; first with what an earlier try left, as `resumed`. */
  readonly onBytes: (bytes: number, resumed: boolean) => void;
  /** Called when what was there has to be fetched anew. */
  readonly onRestart: (lostBytes: number) => void;
}

const firstByteMs = 20_000;
const idleMs = 30_000;

/** Fetches a file, continuing one that is there in part. Resolves with its size in bytes once the server's end was reached. */
export async function fetchToFile(request: FileRequest): Promise<number> {
  const have = await sizeOf(request.path);
  const stall = new StallWatch(request.signal);
  try {
    stall.wait(firstByteMs);
    const response = await request.fetch(request.url, {
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
      signal: stall.signal,
      redirect: 'follow',
    });
    if (response.status === 416) return have;
    if (!response.ok || response.body === null) throw interrupted(`answered ${response.status}`);
    if (/text\/html/.test(response.headers.get('content-type') ?? '')) throw interrupted('answered with a web page');
    const resumes = response.status === 206 && startOfRange(response) === have;
    if (resumes) request.onBytes(have, true);
    else if (have > 0) request.onRestart(have);
    const start = resumes ? have : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    let received = 0;
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    body.on('data', (piece: Uint8Array) => {
      stall.wait(idleMs);
      received += piece.byteLength;
      request.onBytes(piece.byteLength, false);
    });
    await pipeline(body, createWriteStream(request.path, { flags: resumes ? 'a' : 'w' }));
    if (Number.isFinite(length) && received !== length && response.headers.get('content-encoding') === null) {
      throw interrupted(`ended after ${received} of ${length} bytes`);
    }
    return start + received;
  } catch (error) {
    throw describe(error, request.signal);
  } finally {
    stall.end();
  }
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function startOfRange(response: Response): number {
  return Number(/bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
}

function interrupted(message: string): AppError {
  return new AppError('download/interrupted', message, { retry: { afterMs: 2000 }, action: 'try-again' });
}

function describe(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return new AppError('download/disk-full', 'no space left', { action: 'free-space' }, error);
  const cause = (error as { cause?: unknown }).cause;
  if (cause instanceof AppError) return cause;
  return interrupted(
    `${error instanceof Error ? error.message : String(error)} ${cause instanceof Error ? cause.message : ''}`.trim(),
  );
}

/** Aborts a transfer in which nothing arrived for too long. */
class StallWatch {
  readonly #abort = new AbortController();
  readonly signal: AbortSignal;
  #timer: NodeJS.Timeout | null = null;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#abort.signal]);
  }

  wait(ms: number): void {
    this.end();
    this.#timer = setTimeout(() => this.#abort.abort(interrupted(`nothing arrived for ${ms} ms`)), ms);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
