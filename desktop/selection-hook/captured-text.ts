import { selectionLimitBytes } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { checkText } from '../selection-text.ts';

/** What password fields show in place of their text; no accessibility role comes with it that would tell them. */
const masked = /^[\u2022\u2219\u25cf\u26ab\u2b24]+$/;

/**
 * Text as an application gave it, or a throw of `capture/password-field`, `capture/too-large`, `capture/not-text` or
 * `capture/nothing-selected`. Controls and direction marks in it stay as they are.
 */
export function takeText(text: string): string {
  if (masked.test(text)) throw new AppError('capture/password-field', 'a field that masks its text');
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > selectionLimitBytes) throw new AppError('capture/too-large', `${bytes} bytes`);
  // The replacement sign stands for a picture or a field inside the text.
  return checkText(text.replaceAll('\uFFFC', ''));
}
