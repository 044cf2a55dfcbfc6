/** Work on one thing that must not overlap: each begins when the one before has ended, however it ended. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** The result of `work`, which begins after `ms` milliseconds at the latest; without a limit it waits its turn. */
  async take<Value>(work: () => Promise<Value>, ms?: number): Promise<Value> {
    const before = this.#last;
    const turn = waitFor(before, ms).then(work);
    this.#last = Promise.allSettled([before, turn]);
    return turn;
  }
}

async function waitFor(before: Promise<unknown>, ms: number | undefined): Promise<void> {
  if (ms === undefined) {
    await before;
    return;
  }
  let limit: NodeJS.Timeout | undefined;
  await Promise.race([
    before,
    new Promise<void>((resolve) => {
      limit = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(limit);
}
