import type { Prepared } from './prepared.ts';

interface Waiting {
  readonly prepared: Prepared;
  readonly hash: string;
  readonly agree: () => void;
  readonly ended: Promise<void>;
}

/** Later prompts of answers whose first one was shown: each waits until the person has seen it, too. */
export class LaterPrompts {
  readonly #waiting = new Map<string, Waiting>();
  #onChange: (answerId: string, hash: string | null) => void = () => {};

  /** Has somebody told which prompt of an answer waits; null once none does. */
  onChange(listener: (answerId: string, hash: string | null) => void): void {
    this.#onChange = listener;
  }

  /** Resolves true once the person agrees to that very prompt, and false when its answer is stopped. One waits at a time. */
  async ask(answerId: string, prepared: Prepared, hash: string, signal: AbortSignal): Promise<boolean> {
    for (let before = this.#waiting.get(answerId); before !== undefined; before = this.#waiting.get(answerId))
      await before.ended;
    if (signal.aborted) return false;
    const said = Promise.withResolvers<boolean>();
    const onAbort = () => said.resolve(false);
    signal.addEventListener('abort', onAbort, { once: true });
    const ended = said.promise.then(() => {
      signal.removeEventListener('abort', onAbort);
      this.#waiting.delete(answerId);
      this.#onChange(answerId, null);
    });
    this.#waiting.set(answerId, { prepared, hash, ended, agree: () => said.resolve(true) });
    this.#onChange(answerId, hash);
    await ended;
    return said.promise;
  }

  /** The prompt of an answer that waits; null for none. */
  of(answerId: string): Prepared | null {
    return this.#waiting.get(answerId)?.prepared ?? null;
  }

  /** False where another prompt waits than the one that was shown, or none. */
  agree(answerId: string, hash: string): boolean {
    const waiting = this.#waiting.get(answerId);
    if (waiting === undefined || waiting.hash !== hash) return false;
    waiting.agree();
    return true;
  }
}
