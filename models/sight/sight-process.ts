import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { type FoundCard, pictureChunkBytes, type SightPart, sightContract } from '../../contract/sight.ts';
import { LimitWatch, type ProcessLimits } from '../../process/limit-watch.ts';
import { processorMs } from '../../process/measure.ts';
import { canStartWithoutNetwork } from '../../process/network-off.ts';
import { startProgram } from '../../process/start-program.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';

/** The files of the two models: one marks where text is, one reads a line. */
export interface SightModelFiles {
  readonly detector: string;
  readonly recogniser: string;
}

export interface SightProcessOptions {
  readonly node: string;
  readonly entry: string;
  /** Folders that its own code is in, also that of the runtime of its models: all it may open by a path. */
  readonly codeFolders: readonly string[];
  /** Milliseconds without a picture after which it ends and its memory is free again. */
  readonly idleMs: number;
  /** Bound one picture each. */
  readonly limits?: ProcessLimits;
  /** Priority as of nice(1); below what the person looks at when left out. */
  readonly niceness?: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly client: WireClient<typeof sightContract>;
  readonly models: string;
}

/** The largest picture with the most lines takes a minute of one core, and a page of small print one and a half gigabytes. */
export const sightLimits: ProcessLimits = { timeMs: 180_000, memoryBytes: 3 * 1024 ** 3 };
/** A code is found at once or not at all. */
const cardLimits: ProcessLimits = { timeMs: 20_000, memoryBytes: 1024 ** 3 };
/** What V8 holds itself is little: pixels and models lie outside of its heap. */
const heapMegabytes = 512;
/** Below the priority of what the person looks at. */
const usualNiceness = 10;

/**
 * Reads pictures in a process of its own: started with the first, without any network where the system allows that, kept for
 * the next ones, ended after a while without any. It gets the open models and the bytes of a picture, no path. A picture or a
 * model that ends it costs that picture alone.
 */
export class SightProcess implements Disposable {
  readonly #options: SightProcessOptions;
  #running: Running | null = null;
  #last: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;

  constructor(options: SightProcessOptions) {
    this.#options = options;
  }

  get processId(): number | null {
    return this.#running?.child.pid ?? null;
  }

  /**
   * Reads a picture's file, after those that were begun before; ends with `finish` or `failure`. Where `signal` aborts the
   * process is ended at once: nothing stops a model in the middle of its work. Throws `picture/…`, `file/too-much-memory`, or
   * the abort reason.
   */
  async *read(picture: Uint8Array, models: SightModelFiles, signal: AbortSignal): AsyncGenerator<SightPart> {
    yield* this.#inTurn(() => this.#readNow(picture, models), signal);
  }

  /** Looks for an answer card in a picture's file. Throws as `read` does; no model is needed for it. */
  async card(picture: Uint8Array, signal: AbortSignal): Promise<FoundCard> {
    for await (const found of this.#inTurn(() => this.#findCard(picture), signal)) return found;
    throw new AppError('picture/reader-died', 'it ended without an end');
  }

  async *#inTurn<Part>(work: () => AsyncGenerator<Part>, signal: AbortSignal): AsyncGenerator<Part> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    const end = () => this.dispose();
    try {
      await unlessAborted(before, signal);
      this.#stopIdle();
      signal.addEventListener('abort', end, { once: true });
      signal.throwIfAborted();
      yield* work();
    } finally {
      signal.removeEventListener('abort', end);
      this.#restartIdle();
      // Whoever gave up waiting did not end what is being read.
      void before.then(resolve);
    }
  }

  dispose(): void {
    this.#stopIdle();
    const running = this.#running;
    this.#running = null;
    running?.child.kill('SIGKILL');
    running?.client.dispose();
  }

  async *#readNow(picture: Uint8Array, models: SightModelFiles): AsyncGenerator<SightPart> {
    const running = await this.#need(models);
    const { client } = running;
    const watch = this.#watch(running, this.#options.limits ?? sightLimits);
    try {
      await give(client, picture);
      for await (const part of client.open('sight.read', {})) {
        // It keeps the models that it was given: where they are mended, another process reads them.
        if (part.type === 'failure' && part.code === 'picture/model-damaged') this.dispose();
        yield part;
        if (part.type === 'finish' || part.type === 'failure') return;
      }
      throw new AppError('picture/reader-died', 'it ended without an end');
    } catch (error) {
      // What happened to it is not known: the next picture gets another one.
      this.dispose();
      throw causeOf(error, watch.exceeded);
    } finally {
      watch.dispose();
    }
  }

  async *#findCard(picture: Uint8Array): AsyncGenerator<FoundCard> {
    const running = await this.#need(null);
    const watch = this.#watch(running, cardLimits);
    try {
      await give(running.client, picture);
      yield await running.client.call('sight.card', {});
    } catch (error) {
      // A picture that is none is told by the process, which is as good as before.
      if (!(error instanceof AppError && error.code.startsWith('picture/'))) this.dispose();
      throw causeOf(error, watch.exceeded);
    } finally {
      watch.dispose();
    }
  }

  /** Bounds one picture. */
  #watch({ child }: Running, limits: ProcessLimits): LimitWatch {
    const spentMs = processorMs(child.pid ?? 0) ?? 0;
    return new LimitWatch(child, { ...limits, timeMs: limits.timeMs + spentMs });
  }

  /** Gives the process that has these models, started where it is not there; any will do where none are needed. */
  async #need(models: SightModelFiles | null): Promise<Running> {
    const key = models === null ? '' : `${models.detector}\n${models.recogniser}`;
    if (models !== null && this.#running !== null && this.#running.models !== key) this.dispose();
    this.#running ??= await this.#start(models, key);
    return this.#running;
  }

  async #start(wanted: SightModelFiles | null, models: string): Promise<Running> {
    const { node, entry, codeFolders, niceness = usualNiceness } = this.#options;
    const network = (await canStartWithoutNetwork()) ? 'off' : 'on';
    await using one = wanted === null ? null : await openModel(wanted.detector);
    await using other = wanted === null ? null : await openModel(wanted.recogniser);
    const files = [one, other].flatMap((file) => (file === null ? [] : [file.fd]));
    const child = startProgram({
      node,
      entry,
      network,
      heapMegabytes,
      niceness,
      mayRead: codeFolders,
      addons: true,
      files,
    });
    const forget = () => {
      if (this.#running?.child === child) this.#running = null;
    };
    child.once('exit', forget);
    child.once('disconnect', forget);
    const client = new WireClient(createProcessChannel(child), sightContract, {
      onBreach: () => child.kill('SIGKILL'),
    });
    return { child, client, models };
  }

  #restartIdle(): void {
    this.#stopIdle();
    this.#idle = setTimeout(() => this.dispose(), this.#options.idleMs).unref();
  }

  #stopIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }
}

async function give(client: Running['client'], picture: Uint8Array): Promise<void> {
  for (let at = 0; at === 0 || at < picture.length; at += pictureChunkBytes) {
    const bytes = Buffer.from(picture.subarray(at, at + pictureChunkBytes)).toString('base64');
    await client.call('sight.take', { first: at === 0, bytes });
  }
}

async function openModel(path: string) {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new AppError('picture/no-model', String(error), { action: 'get-model' }, error);
  }
}

function causeOf(error: unknown, exceeded: 'time' | 'memory' | null): AppError {
  if (exceeded === 'time') return new AppError('picture/too-slow', 'it took longer than one picture may');
  if (exceeded === 'memory') return new AppError('file/too-much-memory', 'it held more than one picture may');
  if (error instanceof AppError && error.code.startsWith('picture/')) return error;
  return new AppError('picture/reader-died', error instanceof Error ? error.message : String(error));
}

/** Waits for what goes before, but not longer than it is wanted. */
async function unlessAborted(before: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([before, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
