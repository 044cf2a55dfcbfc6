import { joinLocators, type Locator, linesOf } from '../../contract/locator.ts';
import type { TextPlaces } from '../../contract/receipt.ts';
import type { FoundPassages } from './found-passages.ts';

/** Where the passages stand, for the receipt: neighbours as one, by text. */
export function placesOf({ passages }: FoundPassages): readonly TextPlaces[] {
  const several = new Set(passages.map(({ source }) => source)).size > 1;
  return [...Map.groupBy(passages, ({ source }) => source)].map(([source, group]) => {
    const { unit, total } = source.positions;
    const places = neighboursJoined(group.map(({ locator }) => countedIn(unit, locator)));
    const isCounted = places.every((place) => place.unit === unit);
    return { name: several ? source.name : null, places, total: isCounted ? total : null };
  });
}

/** A locator in what the whole is counted in, where it says that too: of a text with headings its lines. */
function countedIn(unit: string, locator: Locator): Locator {
  const lines = linesOf(locator);
  return unit === 'line' && lines !== null ? { unit, ...lines } : locator;
}

function neighboursJoined(locators: readonly Locator[]): readonly Locator[] {
  const places: Locator[] = [];
  for (const locator of locators) {
    const before = places.at(-1);
    const joined = before !== undefined && areNeighbours(before, locator) ? joinLocators(before, locator) : null;
    if (joined === null) places.push(locator);
    else places[places.length - 1] = joined;
  }
  return places;
}

/** Whether nothing is left out between two places that follow one another. */
function areNeighbours(one: Locator, other: Locator): boolean {
  if ('last' in one && 'first' in other) return one.unit === other.unit && other.first <= one.last + 1;
  if (one.unit === 'time' && other.unit === 'time') return other.startMs <= one.endMs;
  if (one.unit === 'cells' && other.unit === 'cells') return other.from.row <= one.to.row + 1;
  return JSON.stringify(one) === JSON.stringify(other);
}
