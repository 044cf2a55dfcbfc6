import { decodeBytes, isPlain } from '../../text/decode.ts';
import { loadDetector } from '../../text/detector.ts';

/** Text that was attached and is read, in bytes. */
const attachedTextBytes = 2_000_000;
const textTypes = /^text\/(plain|csv|markdown|tab-separated-values|calendar)$/;
const textNames = /\.(?:txt|csv|md|tsv|ics|log)$/i;

/** Whether what is attached is text by its type or, where none is told, by its name. */
export function isAttachedText(type: string, name: string): boolean {
  return type.includes('/') ? textTypes.test(type) : textNames.test(name);
}

/** The text of what is attached; null where it is empty, too long, or none. */
export async function attachedText(bytes: Buffer): Promise<string | null> {
  if (bytes.length === 0 || bytes.length > attachedTextBytes) return null;
  const decoded = decodeBytes(bytes, isPlain(bytes) ? null : await loadDetector());
  if (decoded === null || decoded.text.trim() === '') return null;
  return decoded.text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '');
}
