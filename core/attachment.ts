import type { ContextKind } from '../contract/context.ts';
import type { TextPositions } from '../contract/document.ts';

/** A text that goes along with a question, whole, as it is stored with it. It is other people's text: it decides nothing. */
export interface Attachment {
  readonly kind: ContextKind;
  readonly text: string;
  /** Where it came from, in that application's own words. */
  readonly application: string | null;
  /** That application as the desktop names it; absent for what was selected in none that is known. */
  readonly applicationId?: string;
  /** A window's title, or a file's name. */
  readonly title: string | null;
  /** Where its sections stand in `text`; null for what has none. */
  readonly positions: TextPositions | null;
  /** The place it came from, by the desktop process; null once that is not known any more. */
  readonly targetId: string | null;
  /** Whether text can be written there. */
  readonly editable: boolean;
  /** Whether nobody has tried to put text back there, so that it takes the person's word. */
  readonly asksFirst?: boolean;
  /** Whether it takes rich text by a paste. */
  readonly takesRichText?: boolean;
  /** Whether writing there takes the keyboard: Beckon's own window has to go first. */
  readonly needsFocus: boolean;
}
