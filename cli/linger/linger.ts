import type { Disposable } from '../../contract/disposable.ts';
import type { EngineState } from '../../contract/model.ts';
import type { ReadableState } from '../../wire/state-source.ts';
import { type Machine, type NoLinger, whyNotLinger } from './may-linger.ts';

export interface LingerOptions {
  readonly engine: ReadableState<EngineState>;
  /** How long a model stays after its last answer; 0: not at all. */
  readonly seconds: () => number;
  readonly machine: Machine;
  /** Whether the profile is still there; without it there is nobody to stay for. */
  readonly isWanted: () => boolean;
  /** Nobody asks any more, and the time is over or the reason gone. */
  readonly onOver: (why: NoLinger | 'time' | 'unloaded' | 'gone') => void;
  /** How often battery and memory are looked at. */
  readonly lookEveryMs?: number;
}

const lookEveryMs = 2000;

/**
 * Keeps a model in memory for the next command. Its time runs from the last answer, and only a command that uses the model
 * begins it anew: one that looks does not. Dispose it when core ends.
 */
export class Linger implements Disposable {
  readonly #options: LingerOptions;
  readonly #listener: Disposable;
  #usedAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: LingerOptions) {
    this.#options = options;
    this.#listener = options.engine.subscribe(() => {
      if (this.model !== null) this.#usedAt = Date.now();
    });
  }

  /** The model that is in memory. */
  get model(): string | null {
    const { status, modelName } = this.#options.engine.get().value;
    return status === 'ready' || status === 'generating' ? (modelName ?? '') : null;
  }

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  whyNot(): NoLinger | null {
    return whyNotLinger(this.#options.seconds(), this.#options.machine);
  }

  /** Begins to wait for the next command; false when there is nothing to wait with, or a reason not to. */
  begin(): boolean {
    this.pause();
    if (this.#whyOver() !== null) return false;
    this.#wait();
    return true;
  }

  /** A command is there. */
  pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  dispose(): void {
    this.pause();
    this.#listener.dispose();
  }

  #wait(): void {
    const every = this.#options.lookEveryMs ?? lookEveryMs;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, Math.min(every, this.#leftMs())));
  }

  #look(): void {
    this.#timer = null;
    const why = this.#whyOver();
    if (why === null) this.#wait();
    else this.#options.onOver(why);
  }

  #whyOver(): NoLinger | 'time' | 'unloaded' | 'gone' | null {
    if (this.model === null) return 'unloaded';
    if (!this.#options.isWanted()) return 'gone';
    return this.whyNot() ?? (this.#leftMs() <= 0 ? 'time' : null);
  }

  #leftMs(): number {
    return this.#usedAt + this.#options.seconds() * 1000 - Date.now();
  }
}
