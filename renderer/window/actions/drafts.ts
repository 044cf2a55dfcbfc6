import type { OpenedAtom } from '../../../contract/atom-edit.ts';
import { begin, edit, type History, redo, undo } from './history.ts';

/** What an editor has open, by a name of its own: `id:…` of an action, `file:…` of a broken one, `new:…`. */
export interface Draft {
  readonly key: string;
  /** Null for what has no file: a built-in action, or one that is new. */
  readonly file: string | null;
  readonly isBuiltIn: boolean;
  /** What the file said when it was read or saved last, and its hash; null for what has none. */
  readonly saved: { readonly text: string; readonly hash: string } | null;
  readonly history: History;
}

export type Drafts = ReadonlyMap<string, Draft>;

/** Not on the disk as it stands here. A new one that nothing was done with is no loss. */
export function isDirty({ isBuiltIn, saved, history }: Draft): boolean {
  if (isBuiltIn) return false;
  return saved === null ? history.past.length > 0 : saved.text !== history.now;
}

export function opened(key: string, { file, text, hash }: OpenedAtom): Draft {
  return { key, file, isBuiltIn: file === null, saved: { text, hash }, history: begin(text) };
}

export function fresh(key: string, text: string): Draft {
  return { key, file: null, isBuiltIn: false, saved: null, history: begin(text) };
}

/** As the file is now: what was typed meanwhile stays, and can be undone to what is there. */
export function readAgain(draft: Draft, there: OpenedAtom): Draft {
  if (draft.saved?.hash === there.hash) return draft;
  const saved = { text: there.text, hash: there.hash };
  if (isDirty(draft)) return draft;
  return { ...draft, saved, history: edit(draft.history, there.text, null, 0) };
}

export type Edit =
  | { readonly type: 'write'; readonly text: string; readonly what: string | null; readonly at: number }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

export function edited(draft: Draft, change: Edit): Draft {
  // A built-in action is copied, and never changed.
  if (draft.isBuiltIn) return draft;
  return { ...draft, history: changedHistory(draft.history, change) };
}

function changedHistory(history: History, change: Edit): History {
  if (change.type === 'write') return edit(history, change.text, change.what, change.at);
  return change.type === 'undo' ? undo(history) : redo(history);
}

/** It is on the disk: `text` is what was sent there; more may have been typed since. */
export function afterSave(draft: Draft, file: string, text: string, hash: string): Draft {
  return { ...draft, file, saved: { text, hash } };
}
