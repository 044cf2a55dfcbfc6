import { readdirSync, readFileSync } from 'node:fs';

/**
 * How long a process had something to do and no processor to do it on: on a busy machine, most of the time. It is that of the
 * thread that waited longest, of its own and of those it has started.
 */
export class HeldUp {
  readonly #processId: number;
  #waited: ReadonlyMap<string, number>;

  constructor(processId: number) {
    this.#processId = processId;
    this.#waited = waitedOf(processId);
  }

  /** Milliseconds since it was last asked; null where the system does not tell. */
  sinceLast(): number | null {
    const before = this.#waited;
    this.#waited = waitedOf(this.#processId);
    if (this.#waited.size === 0) return null;
    const waits = [...this.#waited].map(([thread, ms]) => ms - (before.get(thread) ?? 0));
    return Math.max(0, ...waits);
  }
}

/** Time that each thread has waited in all, in milliseconds, by its id; empty where the system does not tell. */
function waitedOf(processId: number): ReadonlyMap<string, number> {
  const waited = new Map<string, number>();
  try {
    for (const thread of readdirSync(`/proc/${processId}/task`)) {
      const folder = `/proc/${processId}/task/${thread}`;
      waited.set(thread, Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[1]) / 1e6);
      for (const child of readFileSync(`${folder}/children`, 'utf8').split(' '))
        if (child !== '') for (const [id, ms] of waitedOf(Number(child))) waited.set(id, ms);
    }
  } catch {
    // It has ended, or this is another system.
  }
  return waited;
}
