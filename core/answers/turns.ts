import { AppError } from '../../contract/errors.ts';

export interface Turn<Value> {
  /** Resolves when what keeps the place busy now has ended; null while nothing does. */
  readonly busy: () => Promise<unknown> | null;
  /** Takes the place, at once. */
  readonly go: () => Value;
  /** Aborted when whoever waits has left. */
  readonly gone: AbortSignal;
}

/** Who waits for a place goes after whatever keeps it busy, and one after the other in the order they came. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Answers what `go` answers, and throws what it throws; `app/not-connected` where whoever waits has left before. */
  async take<Value>(place: string, turn: Turn<Value>): Promise<Value> {
    const value = goAfter(this.#last.get(place), turn);
    // One that fails keeps nobody from theirs.
    const ended = value.catch(() => {});
    this.#last.set(place, ended);
    try {
      return await value;
    } finally {
      if (this.#last.get(place) === ended) this.#last.delete(place);
    }
  }
}

async function goAfter<Value>(before: Promise<unknown> | undefined, { busy, go, gone }: Turn<Value>): Promise<Value> {
  const left = new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve(), { once: true }));
  await before;
  for (let end = busy(); end !== null && !gone.aborted; end = busy()) await Promise.race([end, left]);
  if (gone.aborted) throw new AppError('app/not-connected', 'whoever asked has left before it was its turn');
  return go();
}
