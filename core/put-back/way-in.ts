import type { PutBackMode, RichText } from '../../contract/desktop.ts';
import type { Place } from './places.ts';
import { toRichText } from './rich-text.ts';

/** An answer in the form it takes in its place. */
export interface WayIn {
  readonly targetId: string;
  readonly text: string;
  readonly mode: PutBackMode;
  readonly rich: RichText | null;
  /** Whether the person gave their word for a place where nobody has tried it. */
  readonly agreed: boolean;
  /** Whether writing takes the keyboard: Beckon's own window has to go first. Rich text goes in by a paste. */
  readonly takesKeyboard: boolean;
}

/**
 * How an answer goes into a place. A corrected text is that text with other words: what looks like Markdown in it stood there
 * before, so that it stays plain. White space at the ends would be lost in rich text.
 */
export function wayInto(place: Place, text: string, mode: PutBackMode, isCorrected: boolean): WayIn {
  const [lead, trail] = place.edges;
  const takesRichText = place.takesRichText && `${lead}${trail}` === '' && !isCorrected;
  const rich = takesRichText ? toRichText(text) : null;
  return {
    targetId: place.targetId,
    text: `${mode === 'replace' ? lead : ''}${text}${trail}`,
    mode,
    rich,
    agreed: false,
    takesKeyboard: place.needsFocus || rich !== null,
  };
}
