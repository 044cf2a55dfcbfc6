import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposable } from '../../contract/disposable.ts';
import type { EngineClient } from './engine-process.ts';
import { Patience } from './patience.ts';

export interface EngineWatchOptions {
  /** Called when the engine stands still: it is to be ended. `cancelled`: nobody waits for what it does any more. */
  readonly onStuck: (cancelled: boolean) => void;
  /** Whether somebody waits for what the engine does not do, or nobody for what it does. */
  readonly isInTheWay: () => boolean;
  /** Answers the number of the engine process; null while none runs. */
  readonly processId: () => number | null;
  readonly limits?: EngineLimits;
}

/** How long an engine may show no sign of life, in milliseconds in which it had a processor to itself. */
export interface EngineLimits {
  /** For the first piece of work with a file of no size; a slow machine needs it. */
  readonly base: number;
  readonly perGigabyte: number;
  /** For an answer that needs no work: a template or a long text may hold the process up for seconds. */
  readonly blocked: number;
  readonly shortestInTheWay: number;
  readonly shortestAfterCancel: number;
}

export const engineLimits: EngineLimits = {
  base: 30_000,
  perGigabyte: 30_000,
  blocked: 30_000,
  shortestInTheWay: 8000,
  shortestAfterCancel: 3000,
};
const beatMs = 2000;

/**
 * Sees whether an engine still does something: it answers, and what it works at gets on. How long a piece of work may take
 * depends on the size of the model and on how long the slowest piece of it took so far.
 */
export class EngineWatch implements Disposable {
  readonly #options: EngineWatchOptions;
  readonly #limits: EngineLimits;
  #bytes = 0;
  #slowestMs = 0;
  #works = 0;
  #progress: Patience | null = null;
  #beat: Patience | null = null;

  constructor(options: EngineWatchOptions) {
    this.#options = options;
    this.#limits = options.limits ?? engineLimits;
  }

  /** Another model is in the engine, of so many bytes: nothing is known of its pace. */
  reset(bytes: number): void {
    this.dispose();
    this.#bytes = bytes;
    this.#slowestMs = 0;
  }

  /** Work begins that gets on in pieces; each is told with `heard`. Dispose it when the work ends. */
  begin(client: EngineClient): Disposable {
    this.#works += 1;
    if (this.#works === 1) this.#start(client);
    return { dispose: once(() => this.#end()) };
  }

  heard(): void {
    if (this.#progress === null) return;
    this.#slowestMs = Math.max(this.#slowestMs, this.#progress.silentMs);
    this.#progress.heard();
  }

  /** Resolves when everything that was cancelled has ended in the engine, or the engine was ended because it did not. */
  async settled(client: EngineClient): Promise<void> {
    const limit = () => Math.max(this.#limits.shortestAfterCancel, this.#limitMs / 10, 1.2 * this.#slowestMs);
    const { promise, resolve } = Promise.withResolvers<void>();
    const patience = new Patience(this.#options.processId(), limit, () => {
      this.#options.onStuck(true);
      resolve();
    });
    try {
      await Promise.race([client.request('engine.settled', {}), promise]);
    } finally {
      patience.dispose();
    }
  }

  dispose(): void {
    this.#works = 0;
    this.#progress?.dispose();
    this.#beat?.dispose();
    this.#progress = null;
    this.#beat = null;
  }

  get #limitMs(): number {
    return this.#limits.base + (this.#bytes / 1e9) * this.#limits.perGigabyte;
  }

  #start(client: EngineClient): void {
    const { onStuck, isInTheWay, processId } = this.#options;
    const stuck = () => onStuck(false);
    const inTheWayMs = () => Math.max(this.#limits.shortestInTheWay, this.#limitMs / 4, 3 * this.#slowestMs);
    this.#progress = new Patience(processId(), () => (isInTheWay() ? inTheWayMs() : this.#limitMs), stuck);
    const beat = new Patience(processId(), () => this.#limits.blocked, stuck);
    this.#beat = beat;
    void this.#listen(client, beat);
  }

  async #listen(client: EngineClient, beat: Patience): Promise<void> {
    while (this.#beat === beat && (await client.request('engine.ping', {})).ok) {
      beat.heard();
      await sleep(beatMs, undefined, { ref: false });
      // It is not asked while it sleeps: that silence is none.
      beat.heard();
    }
  }

  #end(): void {
    this.#works = Math.max(0, this.#works - 1);
    if (this.#works === 0) this.dispose();
  }
}

function once(call: () => void): () => void {
  let called = false;
  return () => {
    if (!called) call();
    called = true;
  };
}
