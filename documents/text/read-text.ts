import { type DocumentKind, type DocumentNote, documentTextLimitBytes } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { lineSlicesOf } from '../../text/slices.ts';
import {
  type DocumentPart,
  type DocumentReader,
  type Ended,
  numberOfToken,
  type ReadSpan,
} from '../document-reader.ts';
import { type DocumentInput, readBytes } from '../input.ts';
import { decodeAs, decodeBytes, isPlain } from './decode.ts';
import { loadDetector } from './detector.ts';
import { withoutOrders } from './terminal-orders.ts';

/** Length of a section of running text, in UTF-16 units: short enough to count lines in, long enough to be few. */
export const sectionCharacters = 10_000;

/** Plain text, code and tables: the text as it is, with line ends as `\n`, in sections of whole lines. Throws `file/…`. */
export function readText(kind: DocumentKind): DocumentReader {
  return async function* (input, span) {
    yield kindOfText(kind);
    const { text, notes } = await decodedText(input);
    yield* notes;
    return yield* sectionsFrom(lineSections(text), span);
  };
}

export function kindOfText(kind: DocumentKind): DocumentPart {
  return { type: 'kind', kind, unit: 'line', total: null, withoutText: { below: 1, code: 'file/empty' } };
}

/** The text of a file, and what was guessed of it. */
export interface DecodedText {
  readonly text: string;
  readonly notes: readonly Extract<DocumentPart, { type: 'note' }>[];
}

/** The whole text of a file. Throws `file/…`. */
export async function decodedText(input: DocumentInput): Promise<DecodedText> {
  const bytes = readBytes(input, 0, documentTextLimitBytes + 1);
  if (bytes.length > documentTextLimitBytes) throw new AppError('file/too-large', 'more text than is taken');
  const decoded = await decodedBy(bytes, input);
  if (decoded === null) throw new AppError('file/binary', 'no text in a known encoding');
  // A program that was ended while it wrote leaves NUL bytes, and no text has a meaning for them.
  const text = withoutOrders(decoded.text).replaceAll('\0', '').replaceAll(/\r\n?/g, '\n');
  if (text.trim() === '') throw new AppError('file/empty', 'no text in the file');
  return { text, notes: decoded.notes.map((note) => ({ type: 'note', note })) };
}

interface DecodedBy {
  readonly text: string;
  readonly notes: readonly DocumentNote[];
}

/** Decodes a text in the encoding that the person chose, else in the one that its bytes tell. */
async function decodedBy(bytes: Buffer, { encoding }: DocumentInput): Promise<DecodedBy | null> {
  if (encoding !== undefined)
    return { text: decodeAs(bytes, encoding), notes: [{ note: 'encoding-chosen', encoding }] };
  const decoded = decodeBytes(bytes, isPlain(bytes) ? null : await loadDetector());
  if (decoded === null) return null;
  return {
    text: decoded.text,
    notes: decoded.isGuess ? [{ note: 'encoding-guessed', encoding: decoded.encoding }] : [],
  };
}

export type TextSection = Pick<Extract<DocumentPart, { type: 'section' }>, 'locator' | 'text' | 'read'>;

/**
 * The sections of a text that is decoded, from where a token says. All the work is done before the first of them, so there
 * is nothing to stop for between two.
 */
export function* sectionsFrom(sections: Iterable<TextSection>, { resume }: ReadSpan): Generator<DocumentPart, Ended> {
  const first = numberOfToken(resume);
  let number = 0;
  for (const section of sections) {
    number += 1;
    if (number > first) yield { type: 'section', ...section, resume: String(number) };
  }
  return 'whole';
}

/** The lines of a text, in sections that end with one. */
export function* lineSections(text: string): Generator<TextSection> {
  for (const { start, end, first, last } of lineSlicesOf(text, sectionCharacters))
    yield { locator: { unit: 'line', first, last }, text: text.slice(start, end), read: last };
}
