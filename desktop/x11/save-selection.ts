import { AppError } from '../../contract/errors.ts';
import type { SelectionReader } from './read-selection.ts';
import type { ClipboardFormat } from './selection-owner.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

/** Targets that every owner answers from what it knows itself; they hold no content. */
const withoutContent = [
  'TARGETS',
  'MULTIPLE',
  'SAVE_TARGETS',
  'DELETE',
  'INSERT_SELECTION',
  'INSERT_PROPERTY',
] as const;
/** More than any clipboard that a person waits for; a larger one is not taken away from its owner. */
const savedLimitBytes = 128 * 1024 * 1024;

/** Most bytes of all formats, formats that are not wanted, and how long the owner may stay silent in milliseconds. */
export interface SaveLimits {
  readonly bytes?: number;
  readonly without?: readonly string[];
  readonly answerMs?: number;
}

/**
 * Every format of a selection as it is, and when it was copied; empty when nobody owns it. Throws when its owner does not
 * answer or it is larger than the limit.
 */
export async function saveSelection(
  x: X11Connection,
  reader: SelectionReader,
  selection: string,
  { bytes: limit = savedLimitBytes, without = [], answerMs }: SaveLimits = {},
): Promise<readonly ClipboardFormat[]> {
  if ((await x.selectionOwner(selection)) === 0) return [];
  const list = await reader.read(selection, 'TARGETS', answerMs);
  const skip = new Set(await Promise.all([...withoutContent, ...without].map((name) => x.atom(name))));
  const formats: ClipboardFormat[] = [];
  let bytes = 0;
  for (const target of new Set(atomsOf(list ?? Buffer.alloc(0)))) {
    if (skip.has(target)) continue;
    const value = await reader.readValue(selection, target, {
      limitBytes: limit,
      ...(answerMs === undefined ? {} : { answerMs }),
    });
    // Some owners name a format that they do not have.
    if (value === null) continue;
    bytes += value.data.length;
    if (bytes > limit) throw new AppError('capture/too-large', `more than ${limit} bytes`);
    formats.push({ target, ...value });
  }
  return formats;
}
