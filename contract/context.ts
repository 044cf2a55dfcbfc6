import type { AppErrorShape } from './errors.ts';

/** Something that can go along with a question: here the selected text. Its text stays in core; a page gets the beginning. */
export interface ContextChip {
  readonly id: string;
  readonly kind: 'selection';
  /** Whether it goes along with the next question or action. */
  readonly on: boolean;
  readonly status: 'ready' | 'failed';
  /** Where it came from, in that application's own words. */
  readonly application: string | null;
  readonly title: string | null;
  readonly words: number;
  readonly characters: number;
  /** The beginning of the text, at most `previewCharacters` long. */
  readonly preview: string;
  readonly editable: boolean;
  /** False for a selection that was made in another window, perhaps long ago. */
  readonly fresh: boolean;
  /** It is the text that went along last: still selected, and asked about already. */
  readonly repeated: boolean;
  /** Milliseconds since 1970. */
  readonly capturedAt: number;
  /** Why there is no text, `capture/…`; null when there is. */
  readonly cause: AppErrorShape | null;
}

export const previewCharacters = 4000;

/** What would go along with the next question. */
export interface ContextState {
  readonly capturing: boolean;
  readonly chips: readonly ContextChip[];
}
