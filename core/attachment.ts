import * as z from 'zod';
import type { ContextKind } from '../contract/context.ts';
import type { TextPositions } from '../contract/document.ts';
import type { Shape } from '../contract/shape.ts';

/** The file that a text was read from, and what told it from a later state of it. */
export const fileOriginSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  bytes: z.number(),
  /** When it was last written before it was read, in milliseconds since 1970. */
  modifiedMs: z.number(),
});
export type FileOrigin = Shape<typeof fileOriginSchema>;

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
  /** The file it was read from; absent for what lies on no disk. It stays in core: no page is told a path. */
  readonly origin?: FileOrigin;
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
