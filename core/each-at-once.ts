/** A part of the work on one of several things, with the place of that in their list. */
export interface PartOf<Part> {
  readonly index: number;
  readonly part: Part;
}

/**
 * The parts of the work on several things as they come, so many at work at a time; they begin in their order. Whoever takes no more
 * parts ends all of it.
 */
export async function* eachAtOnce<Item, Part>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => AsyncGenerator<Part>,
): AsyncGenerator<PartOf<Part>> {
  const waiting = items.map((item, index) => ({ item, index }));
  const running = new Map<number, { parts: AsyncGenerator<Part>; next: Promise<Come<Part>> }>();
  const ask = (index: number, parts: AsyncGenerator<Part>) =>
    running.set(index, { parts, next: parts.next().then((come) => ({ index, come })) });
  const begin = () => {
    const next = running.size < most ? waiting.shift() : undefined;
    if (next !== undefined) ask(next.index, work(next.item));
    return next !== undefined;
  };
  try {
    for (;;) {
      while (begin());
      if (running.size === 0) return;
      const { index, come } = await Promise.race([...running.values()].map(({ next }) => next));
      const parts = running.get(index)?.parts;
      if (come.done === true || parts === undefined) running.delete(index);
      else {
        yield { index, part: come.value };
        ask(index, parts);
      }
    }
  } finally {
    for (const { parts, next } of running.values()) {
      next.catch(() => {});
      void parts.return(undefined).catch(() => {});
    }
  }
}

interface Come<Part> {
  readonly index: number;
  readonly come: IteratorResult<Part, unknown>;
}
