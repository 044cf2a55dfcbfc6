import { AppError } from '../../contract/errors.ts';

/** Characters of one value; a few of them could be made into any number. */
const longestValue = 20_000_000;
export const mostItems = 200_000;
const mostCells = 2_000_000;

/** Room for what one step makes, taken before it is made: what does not fit would be held in memory first. */
export class Room {
  #characters = longestValue;

  /** Throws `step/too-large`. */
  take(characters: number): void {
    this.#characters -= characters;
    if (this.#characters < 0) throw tooLarge('characters');
  }
}

/** Throws `step/too-large`. */
export function requireItems(count: number): void {
  if (count > mostItems) throw tooLarge('items');
}

/** Throws `step/too-large` for a table that would be filled up to more cells than can be held. */
export function requireCells(rows: number, columns: number): void {
  if (rows * columns > mostCells) throw tooLarge('cells');
}

/** As many as there may be of what is found one after another. Throws `step/too-large`. */
export function takeItems<Item>(found: Iterable<Item>): Item[] {
  const items: Item[] = [];
  for (const item of found) {
    items.push(item);
    requireItems(items.length);
  }
  return items;
}

function tooLarge(what: string): AppError {
  return new AppError('step/too-large', `too many ${what}`);
}
