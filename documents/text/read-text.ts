import { documentTextLimitBytes } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { ReaderPart } from '../../contract/reader.ts';
import { type DocumentInput, readBytes } from '../input.ts';
import { decodeText } from './decode.ts';
import { withoutOrders } from './terminal-orders.ts';

const pieceCharacters = 200_000;

/** Plain text, Markdown, code and tables: the text as it is, with line ends as `\n`. Throws `file/…`. */
export function* readText(input: DocumentInput): Generator<ReaderPart> {
  const bytes = readBytes(input, 0, documentTextLimitBytes + 1);
  if (bytes.length > documentTextLimitBytes) throw new AppError('file/too-large', 'more text than is taken');
  const decoded = decodeText(bytes);
  const text = decoded === null ? undefined : withoutOrders(decoded).replaceAll(/\r\n?/g, '\n');
  if (text === undefined || text.includes('\0')) throw new AppError('file/binary', 'no text in a known encoding');
  if (text.trim() === '') throw new AppError('file/empty', 'no text in the file');
  for (let at = 0; at < text.length; at += pieceCharacters)
    yield { type: 'text', text: text.slice(at, at + pieceCharacters) };
}
