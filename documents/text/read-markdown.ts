import { type Locator, locatorNameCharacters } from '../../contract/locator.ts';
import { countLineEnds, lineSlicesOf } from '../../text/slices.ts';
import type { DocumentReader } from '../document-reader.ts';
import { type Heading, headingsIn } from './headings.ts';
import { decodedText, kindOfText, sectionCharacters, sectionsFrom, type TextSection } from './read-text.ts';

/** From so many headings on a section begins by its length alone: a file of nothing else would be all sections. */
const mostHeadings = 5000;

/** Markdown: its text as it is, in sections that begin at its headings and know the headings above them. Throws `file/…`. */
export const readMarkdown: DocumentReader = async function* (input, span) {
  yield kindOfText('markdown');
  const { text, notes } = await decodedText(input);
  yield* notes;
  return yield* sectionsFrom(sectionsOfMarkdown(text), span);
};

export function* sectionsOfMarkdown(text: string): Generator<TextSection> {
  const path: (string | null)[] = [];
  let from = 0;
  let line = 1;
  let count = 0;
  for (const heading of headingsIn(text)) {
    count += 1;
    if (count > mostHeadings) break;
    if (heading.start > from) yield* sectionsBetween(text, from, heading.start, line, path);
    line += countLineEnds(text, from, heading.start);
    from = heading.start;
    enter(path, heading);
  }
  // What follows the last heading that is told apart stands under more than that one.
  yield* sectionsBetween(text, from, text.length, line, count > mostHeadings ? [] : path);
}

function* sectionsBetween(
  text: string,
  from: number,
  to: number,
  line: number,
  path: readonly (string | null)[],
): Generator<TextSection> {
  const headings = path.filter((heading) => heading !== null);
  for (const { start, end, ...lines } of lineSlicesOf(text, sectionCharacters, from, to, line)) {
    const locator: Locator =
      headings.length === 0 ? { unit: 'line', ...lines } : { unit: 'heading', path: headings, lines };
    yield { locator, text: text.slice(start, end), read: lines.last };
  }
}

/** A heading ends those of its depth and below. */
function enter(path: (string | null)[], { depth, title }: Heading): void {
  path.length = Math.min(path.length, depth - 1);
  while (path.length < depth - 1) path.push(null);
  path.push(title === '' ? null : title.slice(0, locatorNameCharacters).toWellFormed());
}
