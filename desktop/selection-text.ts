import { AppError } from '../contract/errors.ts';

/** Share of characters that no text has: beyond it the bytes are a picture or a program. */
const mostUnreadable = 0.1;

/**
 * Bytes of a selection as text. Throws `capture/not-text` for what is none, whatever type its owner called it, and
 * `capture/nothing-selected` for white space alone.
 */
export function decodeSelection(bytes: Buffer, encoding: 'utf8' | 'latin1'): string {
  const text = bytes.toString(encoding);
  // Owners often end it with a NUL, as C strings do.
  return checkText(text.replace(/\0+$/, ''));
}

/** Checks text that came as text in the same way. */
export function checkText(text: string): string {
  const sample = text.slice(0, 20_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const unreadable = sample.match(/[\0-\x08\x0e-\x1f\x7f\uFFFD]/g)?.length ?? 0;
  if (unreadable > sample.length * mostUnreadable || sample.includes('\0'))
    throw new AppError('capture/not-text', `${unreadable} of ${sample.length} characters are none`);
  if (text.trim() === '') throw new AppError('capture/nothing-selected', 'only white space');
  return text.toWellFormed();
}
