import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { documentTextLimitBytes, sectionLimit } from '../../contract/document.ts';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { type ReaderPart, type ResumeToken, readerContract } from '../../contract/reader.ts';
import { canStartWithoutNetwork } from '../../models/engine/network-off.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import type { OpenFile } from './open-file.ts';
import { processorMs, residentBytes } from './process-memory.ts';

export interface ReaderLimits {
  /** Of the processor, in milliseconds; by the clock where the system does not tell. */
  readonly timeMs: number;
  readonly memoryBytes: number;
}

export const readerLimits: ReaderLimits = { timeMs: 10_000, memoryBytes: 512 * 1024 * 1024 };

export interface ReaderOptions {
  readonly node: string;
  readonly entry: string;
  /** Folders that the reader's own code and tables are in: all it may open by a path. */
  readonly codeFolder: string;
  readonly limits?: ReaderLimits;
}

const checkMs = 40;
/** Before the end of its time the reader stops by itself at a section, with what it has. */
const stopBeforeEndMs = 1500;
/** So many times as long it may take by the clock: other work on the machine is no fault of the document. */
const clockFactor = 5;
/** V8's own limit misses buffers; it only makes a growing heap end as an error of the reader. */
const heapMegabytes = 384;
/** Only what a program needs to start: no key, no proxy, no home. */
const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'SYSTEMROOT'];

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
  const child = await start(file, options);
  const watch = new LimitWatch(child, limits);
  const client = new WireClient(createProcessChannel(child), readerContract, { onBreach: () => child.kill('SIGKILL') });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let characters = 0;
  let sections = 0;
  try {
    const stopAfterMs = Math.max(100, limits.timeMs - stopBeforeEndMs);
    const name = file.name.slice(0, 1000);
    const stopAfterClockMs = Math.max(100, limits.timeMs * clockFactor - stopBeforeEndMs);
    const span = { stopAfterMs, stopAfterClockMs, resume };
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
    throw watch.cause ?? (error instanceof AppError && error.code.startsWith('file/') ? error : died(error));
  } finally {
    signal.removeEventListener('abort', stop);
    watch.dispose();
    client.dispose();
    stop();
  }
}

async function start(file: OpenFile, { node, entry, codeFolder }: ReaderOptions): Promise<ChildProcess> {
  const networkOff = await canStartWithoutNetwork();
  const own = [
    '--permission',
    `--allow-fs-read=${codeFolder}`,
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${heapMegabytes}`,
    entry,
  ];
  const command = networkOff ? 'unshare' : node;
  const args = networkOff ? ['--user', '--map-root-user', '--net', '--', node, ...own] : own;
  const child = spawn(command, args, {
    env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    cwd: dirname(entry),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', file.handle.fd],
    windowsHide: true,
  });
  // What could not be started ends its channel, too.
  child.on('error', () => {});
  return child;
}

/** Kills a process that takes too long or too much, and remembers why. */
class LimitWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #poll: NodeJS.Timeout;
  #cause: AppError | null = null;

  constructor(child: ChildProcess, { timeMs, memoryBytes }: ReaderLimits) {
    const end = (code: ErrorCode, why: string) => {
      this.#cause ??= new AppError(code, why);
      child.kill('SIGKILL');
    };
    const tooSlow = () => end('file/too-slow', `not read in ${timeMs} ms`);
    const clockMs = processorMs(process.pid) === null ? timeMs : timeMs * clockFactor;
    this.#timer = setTimeout(tooSlow, clockMs);
    this.#poll = setInterval(() => {
      if (child.pid === undefined) return;
      const bytes = residentBytes(child.pid);
      if (bytes !== null && bytes > memoryBytes) end('file/too-much-memory', `${bytes} bytes held`);
      if ((processorMs(child.pid) ?? 0) > timeMs) tooSlow();
    }, checkMs);
  }

  get cause(): AppError | null {
    return this.#cause;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
  }
}

function died(error: unknown): AppError {
  return new AppError('file/reader-died', error instanceof Error ? error.message : String(error));
}
