import { isDoc } from './doc.ts';
import { type Draft, isDirty } from './drafts.ts';
import { begin, edit } from './history.ts';

/** Most that is kept, in UTF-16 units: a page's store has a bound of its own. */
const mostKept = 2_000_000;

/** What is not on the disk, as text. */
export function writeDrafts(drafts: Iterable<Draft>): string {
  const unsaved = [...drafts]
    .filter(isDirty)
    .map(({ key, file, saved, history }) => ({ key, file, saved, now: history.now }));
  const text = JSON.stringify(unsaved);
  return text.length > mostKept ? '[]' : text;
}

/** What was kept; what is none of it is passed over. Undoing leads to what was on the disk. */
export function readDrafts(text: string | null): readonly Draft[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.flatMap(draftOf) : [];
  } catch {
    return [];
  }
}

function draftOf(value: unknown): readonly Draft[] {
  if (!isDoc(value)) return [];
  const { key, file, saved, now } = value;
  const isFile = file === null || typeof file === 'string';
  if (typeof key !== 'string' || typeof now !== 'string' || !isFile) return [];
  const before = savedOf(saved);
  if (before === undefined) return [];
  return [{ key, file, isBuiltIn: false, saved: before, history: edit(begin(before?.text ?? ''), now, null, 0) }];
}

function savedOf(value: unknown): Draft['saved'] | undefined {
  if (value === null) return null;
  if (!isDoc(value)) return undefined;
  const { text, hash } = value;
  return typeof text === 'string' && typeof hash === 'string' ? { text, hash } : undefined;
}
