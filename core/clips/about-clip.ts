import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import * as z from 'zod';
import { clipPreviewCharacters, clipSchema } from '../../contract/clips.ts';
import type { ClipboardContent, ClipboardFormatByName } from '../../contract/desktop.ts';

/** Text of a kept copy that it is found by; of a longer one its beginning. */
const searchedCharacters = 100_000;

/** What is listed of a copy, and what it is found and told apart by. */
export const aboutClipSchema = clipSchema.extend({
  text: z.string().max(searchedCharacters),
  /** Tells by all formats whether something is the same, copied again. */
  hash: z.string().max(100),
});
export type AboutClip = z.infer<typeof aboutClipSchema>;

const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING', 'TEXT'];
const fileTargets = ['text/uri-list', 'x-special/gnome-copied-files'];
const richTargets = ['text/html', 'text/rtf', 'application/rtf'];

/** What a copy is, by its formats. */
export function aboutClip(id: string, at: number, formats: readonly ClipboardFormatByName[]): AboutClip {
  const files = fileNames(formats);
  const text = (files.length > 0 ? files.join(', ') : textOf(formats)).toWellFormed();
  const preview = text
    .slice(0, clipPreviewCharacters * 2)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return {
    id,
    at,
    content: contentOf(formats, text),
    preview: preview.slice(0, clipPreviewCharacters).toWellFormed(),
    characters: text.length,
    files: files.length,
    size: pictureSize(formats),
    bytes: formats.reduce((sum, { data }) => sum + Buffer.byteLength(data, 'base64'), 0),
    text: text.slice(0, searchedCharacters).toWellFormed(),
    hash: hashOf(formats),
  };
}

function contentOf(formats: readonly ClipboardFormatByName[], text: string): ClipboardContent {
  const has = (targets: readonly string[]) => formats.some(({ target }) => targets.includes(target));
  if (has(fileTargets)) return 'files';
  // Browsers give HTML beside a picture, which then holds no more than the picture.
  const isPicture = formats.some(({ target }) => target.startsWith('image/'));
  if (text !== '') return has(richTargets) ? 'rich-text' : 'text';
  return isPicture ? 'image' : 'other';
}

function textOf(formats: readonly ClipboardFormatByName[]): string {
  for (const wanted of textTargets) {
    const found = formats.find(({ target, units }) => target === wanted && units === 8);
    if (found === undefined) continue;
    const isLatin = wanted === 'STRING' && found.type !== 'UTF8_STRING';
    return Buffer.from(found.data, 'base64')
      .toString(isLatin ? 'latin1' : 'utf8')
      .replaceAll('\0', '');
  }
  return '';
}

/** Names of the files of a list of addresses (RFC 2483). */
function fileNames(formats: readonly ClipboardFormatByName[]): readonly string[] {
  const list = formats.find(({ target }) => fileTargets.includes(target));
  if (list === undefined) return [];
  const lines = Buffer.from(list.data, 'base64')
    .toString('utf8')
    .split(/[\r\n\0]+/);
  return lines.filter((line) => line.startsWith('file:')).map(nameOf);
}

function nameOf(address: string): string {
  try {
    return basename(decodeURIComponent(new URL(address).pathname));
  } catch {
    return basename(address);
  }
}

/** Width and height stand at the beginning of a PNG (RFC 2083, 11.2.2). */
function pictureSize(formats: readonly ClipboardFormatByName[]): AboutClip['size'] {
  const png = formats.find(({ target }) => target === 'image/png');
  const head = Buffer.from((png?.data ?? '').slice(0, 64), 'base64');
  if (head.length < 24 || head.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function hashOf(formats: readonly ClipboardFormatByName[]): string {
  const hash = createHash('sha256');
  const sorted = formats.toSorted((one, other) => (one.target < other.target ? -1 : 1));
  for (const { target, type, units, data } of sorted) hash.update(JSON.stringify([target, type, units, data]));
  return hash.digest('base64');
}
