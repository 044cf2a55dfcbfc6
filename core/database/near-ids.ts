/** Shorter ones are not made by Beckon, and may differ from another in one character. */
const leastLength = 20;
const parts = 4;

/**
 * Ids, to be found by one that was damaged in a character or two. Those that are made hold 122 random bits: two of them agree
 * in a few characters of a hundred, so that two that agree in most were one.
 */
export class NearIds {
  readonly #byPart = new Map<string, string[]>();

  constructor(ids: Iterable<string>) {
    for (const id of ids) for (const part of partsOf(id)) this.#with(part).push(id);
  }

  /** Ids that are the same as this one, before one of the two was damaged. */
  all(id: string): readonly string[] {
    const found = new Set<string>();
    for (const part of partsOf(id))
      for (const other of this.#byPart.get(part) ?? []) if (areNear(id, other)) found.add(other);
    return [...found];
  }

  /** The one that is meant; null when there is none, or more than one. */
  find(id: string): string | null {
    const [found, more] = this.all(id);
    return more === undefined ? (found ?? null) : null;
  }

  #with(part: string): string[] {
    const ids = this.#byPart.get(part) ?? [];
    this.#byPart.set(part, ids);
    return ids;
  }
}

/** Whether two different ids are one, of which a part was damaged. */
export function areNear(one: string, other: string): boolean {
  if (one === other || one.length !== other.length || one.length < leastLength) return false;
  let same = 0;
  for (let at = 0; at < one.length; at += 1) if (one[at] === other[at]) same += 1;
  return same * parts >= one.length * (parts - 1);
}

/** Where up to three characters were damaged, one of the parts is as it was. */
function partsOf(id: string): string[] {
  if (id.length < leastLength) return [];
  const length = Math.ceil(id.length / parts);
  return Array.from({ length: parts }, (_, part) => `${part} ${id.slice(part * length, (part + 1) * length)}`);
}
