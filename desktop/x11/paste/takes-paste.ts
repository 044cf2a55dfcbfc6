import type { ActiveWindow } from '../../../contract/desktop.ts';
import { applicationOf } from '../../applications/applications.ts';

/** A selection of cells comes with tabs between them and a line's end after each row. */
export function isSpreadsheet(window: ActiveWindow): boolean {
  return applicationOf(window).family === 'spreadsheet';
}

/** Whole cells, which a paste would change in ways that cannot be read back; in a cell that is edited it works. */
export function isWholeCells(window: ActiveWindow, selected: string): boolean {
  return isSpreadsheet(window) && /[\t\n]/.test(selected);
}

/** In a cell rich text would be put into several. */
export function takesRichPaste(window: ActiveWindow): boolean {
  return window.application !== null && !isSpreadsheet(window);
}

/** An answer is never computed: with a space before it, a formula is text to a spreadsheet. */
export function asPasted(text: string, window: ActiveWindow): string {
  return isSpreadsheet(window) && /^[=+@-]/.test(text) ? ` ${text}` : text;
}
