import { decodeText } from '../documents/text/decode.ts';
import { withoutOrders } from '../documents/text/terminal-orders.ts';

/** Control characters that stand in no text, as a share of all bytes, from which on bytes are none. */
const mostControls = 1 / 16;

/** A question that came as bytes, in whatever encoding a file of text could have; null when it is no text. */
export function decodeQuestion(bytes: Buffer): string | null {
  const shown = Buffer.from(withoutOrders(bytes.toString('latin1')), 'latin1');
  const controls = shown.reduce((count, byte) => count + Number(isControl(byte)), 0);
  // UTF-16 with its mark has a NUL beside every letter.
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!wide && controls > bytes.length * mostControls) return null;
  // No text of an older encoding has a NUL: it came out of a program, and what is broken in it becomes marks.
  const text = !wide && bytes.includes(0) ? bytes.toString('utf8') : decodeText(bytes);
  return text === null ? null : withoutOrders(text);
}

/** Neither a tab, a line end, a page end nor the beginning of a colour. */
function isControl(byte: number): boolean {
  return (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) || byte === 127;
}
