import type { ActiveWindow } from '../../../contract/desktop.ts';
import { applicationOf } from '../../applications/applications.ts';

/** A selection of cells comes with tabs between them and a line's end after each row. */
export function isSpreadsheet(window: ActiveWindow): boolean {
  return applicationOf(window).family === 'spreadsheet';
}

/**
 * Whether a key may be synthesised in a window at all: only in applications known to paste on Ctrl+V over a selection. In a
 * terminal, Emacs and whatever else is not known, the same key does something else.
 */
export function takesPaste(window: ActiveWindow, selected: string): boolean {
  if (window.application === null) return false;
  // Whole cells, which a paste would change in ways that cannot be read back; in a cell that is edited it works.
  if (isSpreadsheet(window) && /[\t\n]/.test(selected)) return false;
  return applicationOf(window).paste === 'keys';
}

/** In a cell rich text would be put into several. */
export function takesRichPaste(window: ActiveWindow): boolean {
  return window.application !== null && !isSpreadsheet(window);
}

/** An answer is never computed: with a space before it, a formula is text to a spreadsheet. */
export function asPasted(text: string, window: ActiveWindow): string {
  return isSpreadsheet(window) && /^[=+@-]/.test(text) ? ` ${text}` : text;
}
