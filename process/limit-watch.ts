import type { ChildProcess } from 'node:child_process';
import type { Disposable } from '../contract/disposable.ts';
import { processorMs, residentBytes } from './measure.ts';

export interface ProcessLimits {
  /** Time of the processor, in milliseconds; by the clock where the system does not tell. */
  readonly timeMs: number;
  /** Time by the clock, in milliseconds; `clockFactor` times the other one when left out. */
  readonly clockMs?: number;
  readonly memoryBytes: number;
}

export type Exceeded = 'time' | 'memory';

const checkMs = 40;
/** Times as long as its limit that a process may take by the clock: other work on the machine is no fault of its own. */
const clockFactor = 5;

/** How long a process with these limits may take by the clock, in milliseconds. */
export function clockLimitMs({ timeMs, clockMs = timeMs * clockFactor }: ProcessLimits): number {
  return clockMs;
}

/** Kills a process that takes too long or too much, and remembers which. Dispose it when the work is done. */
export class LimitWatch implements Disposable {
  readonly #timer: NodeJS.Timeout;
  readonly #poll: NodeJS.Timeout;
  #exceeded: Exceeded | null = null;

  constructor(child: ChildProcess, limits: ProcessLimits) {
    const { timeMs, memoryBytes } = limits;
    const end = (what: Exceeded) => {
      this.#exceeded ??= what;
      child.kill('SIGKILL');
    };
    const clockMs = processorMs(process.pid) === null ? timeMs : clockLimitMs(limits);
    this.#timer = setTimeout(() => end('time'), clockMs);
    this.#poll = setInterval(() => {
      if (child.pid === undefined) return;
      if ((residentBytes(child.pid) ?? 0) > memoryBytes) end('memory');
      if ((processorMs(child.pid) ?? 0) > timeMs) end('time');
    }, checkMs);
  }

  get exceeded(): Exceeded | null {
    return this.#exceeded;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
  }
}
