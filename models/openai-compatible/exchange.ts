import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';

/** Why waiting for a server ended before it answered. */
export type Interruption =
  | { readonly kind: 'aborted' }
  /** All that was waited for had come. */
  | { readonly kind: 'enough' }
  | { readonly kind: 'failed'; readonly error: AppError };

export class Interrupted extends Error {
  readonly why: Interruption;

  constructor(why: Interruption) {
    super(why.kind);
    this.why = why;
  }
}

/**
 * One question to a server while it goes on. Whatever is waited for ends at once when the caller aborts or a time runs out,
 * even where the transport takes longer to let go. Dispose it to stop its clocks and close its connection.
 */
export class Exchange implements Disposable {
  readonly #host: string;
  readonly #outer: AbortSignal;
  readonly #connection = new AbortController();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #onAbort = () => this.#interrupt({ kind: 'aborted' });
  #why: Interruption | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(host: string, outer: AbortSignal) {
    this.#host = host;
    this.#outer = outer;
    if (outer.aborted) this.#onAbort();
    else outer.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Ends the connection; aborted when the exchange is interrupted or disposed. */
  get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** What `promise` gives; throws `Interrupted` when something interrupts before. */
  async wait<Value>(promise: PromiseLike<Value>): Promise<Value> {
    let wake = () => {};
    const interrupted = new Promise<never>((_, reject) => {
      wake = () => {
        if (this.#why !== null) reject(new Interrupted(this.#why));
      };
    });
    this.#waiting.add(wake);
    wake();
    try {
      // Where both have ended already, the interruption is why the other did.
      return await Promise.race([interrupted, promise]);
    } finally {
      this.#waiting.delete(wake);
    }
  }

  /** Interrupts after this time as `server/stalled`, unless the same clock is set anew before. */
  allow(clock: 'silence' | 'words' | 'whole', ms: number): void {
    const values = { host: this.#host, seconds: Math.round(ms / 1000) };
    const detail = { values, retry: { afterMs: 0 }, action: 'try-again' } as const;
    this.#set(clock, ms, () => ({
      kind: 'failed',
      error: new AppError('server/stalled', `nothing arrived for ${ms} ms`, detail),
    }));
  }

  /** Interrupts this long after the first call, since nothing more is needed. */
  allowRest(ms: number): void {
    if (!this.#timers.has('rest')) this.#set('rest', ms, () => ({ kind: 'enough' }));
  }

  /** More is needed after all. */
  allowNoRest(): void {
    clearTimeout(this.#timers.get('rest'));
    this.#timers.delete('rest');
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#outer.removeEventListener('abort', this.#onAbort);
    this.#connection.abort();
  }

  #set(clock: string, ms: number, why: () => Interruption): void {
    clearTimeout(this.#timers.get(clock));
    this.#timers.set(
      clock,
      setTimeout(() => this.#interrupt(why()), ms),
    );
  }

  #interrupt(why: Interruption): void {
    this.#why ??= why;
    for (const wake of this.#waiting) wake();
    this.#connection.abort();
  }
}
