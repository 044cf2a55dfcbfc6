import type { DocumentNote, Extent } from '../contract/document.ts';
import type { Locator, Span } from '../contract/locator.ts';
import { cellRange, clockTime, spanText } from '../contract/locator-notation.ts';
import type { TextPlaces } from '../contract/receipt.ts';
import { showHiddenInLine } from './show-hidden.ts';

/** A translator that knows the words of `locators.json`. */
export type SayWords = (key: string, values: Readonly<Record<string, string | number>>) => string;

type Counted = Extract<Locator, { unit: 'page' | 'line' | 'paragraph' | 'slide' | 'message' }>;

/** Between two numbers of a range, as both languages write it. */
const dash = '–';

/**
 * Where something stands, as a label of its own: `Page 17`, `Line 3`, `Sales!A1:H20`. A line is found in any editor, so it is
 * said where there is one, and the headings above only where there is none. Names come from documents and are shown safe.
 */
export function sayLocator(t: SayWords, locator: Locator): string {
  switch (locator.unit) {
    case 'heading':
      return locator.lines === null
        ? locator.path.map(showHiddenInLine).join(' › ')
        : sayCounted(t, 'line', locator.lines);
    case 'cells':
      return `${showHiddenInLine(locator.sheet)}!${cellRange(locator)}`;
    case 'time':
      return [...new Set([clockTime(locator.startMs), clockTime(locator.endMs)])].join(dash);
    case 'message': {
      const message = sayCounted(t, 'message', locator);
      return locator.part === null ? message : `${message}: ${showHiddenInLine(locator.part)}`;
    }
    default:
      return sayCounted(t, locator.unit, locator);
  }
}

/** What an answer is from, as its receipt says it, such as `from pages 16–18, 30 of 40`. */
export function sayPlaces(t: SayWords, { name, places, total }: TextPlaces): string {
  const [first] = places;
  if (first === undefined) return '';
  const counted = places.filter((place): place is Counted => isCounted(place) && place.unit === first.unit);
  const said =
    counted.length === places.length && total !== null && isCounted(first)
      ? sayRanges(t, first.unit, counted, total)
      : t('from.places', { ns: 'locators', places: places.map((place) => sayLocator(t, place)).join(', ') });
  return name === null ? said : `${showHiddenInLine(name)}: ${said}`;
}

/** The length of a document: `12 pages`; of one that was read in part `3 of 12 pages`. */
export function sayExtent(t: SayWords, { unit, read, total }: Extent): string {
  return t(`${read < total ? 'partly' : 'extent'}.${unit}`, { ns: 'locators', read, count: total });
}

/** Says an extent where nothing else says that it is about reading: `3 of 12 pages read`. */
export function sayFullExtent(t: SayWords, extent: Extent): string {
  const { unit, read, total } = extent;
  return read < total ? t(`partRead.${unit}`, { ns: 'locators', read, count: total }) : sayExtent(t, extent);
}

/** How far the reading of a document is, such as `page 3 of 17`. */
export function sayReading(t: SayWords, { unit, read, total }: Extent): string {
  return t(`reading.${unit}`, { ns: 'locators', read, count: total });
}

/** What a person has to know of how a document was read, such as `2 hidden sheets left out`. */
export function sayNote(t: SayWords, note: DocumentNote): string {
  switch (note.note) {
    case 'left-out':
      return t(`notes.${note.part}`, { ns: 'locators', count: note.count });
    case 'doubtful':
      return t('notes.doubtful', { ns: 'locators', count: note.count });
    case 'pages-as-pictures':
      return t('notes.pages-as-pictures', { ns: 'locators', count: note.count });
    case 'pages-unread':
      return t(`notes.pages-${note.why}`, { ns: 'locators', count: note.count });
    case 'encoding-guessed':
    case 'encoding-chosen':
      return t(`notes.${note.note}`, { ns: 'locators', encoding: showHiddenInLine(note.encoding) });
  }
}

function sayRanges(t: SayWords, unit: Counted['unit'], places: readonly Counted[], total: number): string {
  const ranges = places.map((place) => spanText(place, dash)).join(', ');
  const count = places.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return t(`from.${unit}`, { ns: 'locators', count, ranges, total });
}

function sayCounted(t: SayWords, unit: Counted['unit'], span: Span): string {
  return t(`at.${unit}`, { ns: 'locators', count: span.last - span.first + 1, range: spanText(span, dash) });
}

/** Whether it is told by numbers alone. */
function isCounted(locator: Locator): locator is Counted {
  return 'first' in locator && (locator.unit !== 'message' || locator.part === null);
}
