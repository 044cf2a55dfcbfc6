import type { ChildProcess } from 'node:child_process';
import { documentTextLimitBytes, sectionLimit, type TextEncoding } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { type ReaderPart, type ResumeToken, readerContract } from '../../contract/reader.ts';
import { clockLimitMs, LimitWatch, type ProcessLimits } from '../../process/limit-watch.ts';
import { canStartWithoutNetwork } from '../../process/network-off.ts';
import { startProgram } from '../../process/start-program.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import type { OpenFile } from './open-file.ts';

export const readerLimits: ProcessLimits = { timeMs: 10_000, memoryBytes: 512 * 1024 * 1024 };

export interface ReaderOptions {
  readonly node: string;
  readonly entry: string;
  /** Folders that the reader's own code and tables are in: all it may open by a path. */
  readonly codeFolder: string;
  readonly limits?: ProcessLimits;
  /** Time of the processor after which a reader stops by itself at a section, in milliseconds; shortly before its limit when left out. */
  readonly stopAfterMs?: number;
  /** What the person said that the bytes of a text mean. */
  readonly encoding?: TextEncoding;
  /** Bound the drawing of one page. */
  readonly drawLimits?: ProcessLimits;
}

/** Before the end of its time the reader stops by itself at a section, with what it has. */
const stopBeforeEndMs = 1500;
/** V8's own limit misses buffers; it only makes a growing heap end as an error of the reader. */
const heapMegabytes = 384;

/**
 * Reads one document in a process of its own and yields what it says, checked. The process gets the open file, no path, no
 * network where the system allows that, no right to open other files or start programs; it is killed when it is over its
 * time or memory, when `signal` aborts, and when it has said all. Throws `file/…` for its death; its own failures are parts.
 */
export async function* readInProcess(
  file: OpenFile,
  resume: ResumeToken | null,
  options: ReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<ReaderPart> {
  const limits = options.limits ?? readerLimits;
  const child = await startReader(file, options);
  const watch = new LimitWatch(child, limits);
  const client = new WireClient(createProcessChannel(child), readerContract, { onBreach: () => child.kill('SIGKILL') });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let characters = 0;
  let sections = 0;
  try {
    const { stopAfterMs = Math.max(100, limits.timeMs - stopBeforeEndMs) } = options;
    const name = file.name.slice(0, 1000);
    const stopAfterClockMs = Math.max(100, clockLimitMs(limits) - stopBeforeEndMs);
    const { encoding } = options;
    const span = { stopAfterMs, stopAfterClockMs, resume, ...(encoding === undefined ? {} : { encoding }) };
    const stream = client.open('document.read', { name, bytes: file.bytes, ...span });
    for await (const part of stream) {
      if (part.type === 'section') {
        characters += part.text.length;
        sections += 1;
      }
      if (characters > documentTextLimitBytes || sections > sectionLimit)
        throw new AppError('file/too-large', 'more text than was agreed on');
      yield part;
      if (part.type === 'finish' || part.type === 'failure') return;
    }
    throw new AppError('file/reader-died', 'it ended without an end');
  } catch (error) {
    throw (
      overLimit(watch, limits) ?? (error instanceof AppError && error.code.startsWith('file/') ? error : died(error))
    );
  } finally {
    signal.removeEventListener('abort', stop);
    watch.dispose();
    client.dispose();
    stop();
  }
}

/** Starts a process that has one open document, and nothing else of the disk but its own code. Whoever has it ends it. */
export async function startReader(file: OpenFile, { node, entry, codeFolder }: ReaderOptions): Promise<ChildProcess> {
  const network = (await canStartWithoutNetwork()) ? 'off' : 'on';
  return startProgram({ node, entry, network, heapMegabytes, mayRead: codeFolder, files: [file.handle.fd] });
}

function overLimit({ exceeded }: LimitWatch, { timeMs, memoryBytes }: ProcessLimits): AppError | null {
  if (exceeded === 'time') return new AppError('file/too-slow', `not read in ${timeMs} ms`);
  if (exceeded === 'memory') return new AppError('file/too-much-memory', `more than ${memoryBytes} bytes held`);
  return null;
}

function died(error: unknown): AppError {
  return new AppError('file/reader-died', error instanceof Error ? error.message : String(error));
}
