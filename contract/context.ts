import type { ClipboardContent } from './desktop.ts';
import type { DocumentKind, Extent } from './document.ts';
import type { AppErrorShape } from './errors.ts';

/** Where a text that goes along with a question comes from. */
export type ContextKind = 'selection' | 'clipboard' | 'window' | 'file';

/** Something that can go along with a question. Its text stays in core; a page gets the beginning. */
export interface ContextChip {
  readonly id: string;
  readonly kind: ContextKind;
  /** Whether it goes along with the next question or action. */
  readonly on: boolean;
  /** `offered`: it is there and is read once it is turned on. `refused`: it is there, and is never read. `reading`: a file. */
  readonly status: 'reading' | 'ready' | 'offered' | 'refused' | 'failed';
  /** What the clipboard holds; `text` for everything else. */
  readonly content: ClipboardContent;
  /** Where it came from, in that application's own words. */
  readonly application: string | null;
  /** Of a file its name. */
  readonly title: string | null;
  /** 0 while it has not been read. */
  readonly words: number;
  readonly characters: number;
  /** The beginning of the text, at most `previewCharacters` long. */
  readonly preview: string;
  readonly editable: boolean;
  /** False for a selection that was made in another window, perhaps long ago. */
  readonly fresh: boolean;
  /** It is the text that went along last: still selected, and asked about already. */
  readonly repeated: boolean;
  /** When it was selected, copied or looked at, in milliseconds since 1970; null where that is not known. */
  readonly capturedAt: number | null;
  /** Why there is no text, `capture/…` or `file/…`; null when there is. */
  readonly cause: AppErrorShape | null;
  /** Of a file alone. */
  readonly file?: FileFacts;
}

/** What is told of a file beside its name. */
export interface FileFacts {
  /** Null until its content told it. */
  readonly kind: DocumentKind | null;
  readonly bytes: number;
  /** How much of it was read (so far), in pages or lines; null until that is known. */
  readonly extent: Extent | null;
}

export const previewCharacters = 4000;

/** What would go along with the next question. */
export interface ContextState {
  readonly capturing: boolean;
  readonly chips: readonly ContextChip[];
}
