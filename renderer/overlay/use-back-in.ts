import { useMemo, useRef } from 'react';
import type { ContextChip } from '../../contract/context.ts';
import { formatDuration } from '../../locales/format.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useMirror } from '../app/backend.ts';

/** Where the last text was put that can be taken back. */
export interface BackIn {
  readonly application: string | null;
  /** Milliseconds since 1970; null where it was there before the page came. */
  readonly since: number | null;
  /** Another text is selected now, or a file was added, which is more likely what the person came for. */
  readonly isBehind: boolean;
}

interface Seen {
  readonly id: string | null;
  readonly since: number | null;
  readonly text: string;
}

/** `answer`: the text of the answer on the screen. */
export function useBackIn(answer: string, chips: readonly ContextChip[]): BackIn | null {
  const state = useMirror('putBack');
  const undoable = state?.undoable ?? null;
  const seen = useRef<Seen | null>(null);
  const id = undoable?.messageId ?? null;
  if (state !== undefined && seen.current?.id !== id)
    seen.current = { id, since: seen.current === null ? null : Date.now(), text: answer };
  const since = seen.current?.since ?? null;
  const isThere = undoable !== null;
  const application = undoable?.application ?? null;
  const selected = chips.find(({ kind, status }) => kind === 'selection' && status === 'ready');
  const isOtherText = selected !== undefined && !beginsAlike(selected.preview, seen.current?.text ?? '');
  const isBehind = isOtherText || chips.some(({ kind }) => kind === 'file');
  return useMemo(() => (isThere ? { application, since, isBehind } : null), [isThere, application, since, isBehind]);
}

const comparedLetters = 60;

/** Whether two texts begin with the same letters, whatever marks and spaces are between them. */
export function beginsAlike(one: string, other: string): boolean {
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '').slice(0, comparedLetters);
  return letters(one) !== '' && letters(one) === letters(other);
}

/** Where it is and for how long, such as `Mousepad · 12 s ago`. */
export function sayBackIn({ application, since }: BackIn, language: 'en' | 'zh-CN'): string {
  const ago = since === null ? null : formatDuration((Date.now() - since) / 1000, language);
  const parts = [
    application === null ? null : showHiddenInLine(application),
    ago === null || ago === '…' ? null : language === 'en' ? `${ago} ago` : `${ago}前`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
