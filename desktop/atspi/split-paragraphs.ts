/**
 * Office applications whose accessible objects are single paragraphs that a line's end splits: what was written can then
 * be neither read back nor taken back there.
 */
const splitting: readonly string[] = ['libreoffice-calc', 'libreoffice-impress', 'libreoffice-draw'];

/** Whether nothing must be written in place there: an answer may have a line's end. Names as `ActiveWindow.application`. */
export function splitsParagraphs(application: string | null): boolean {
  return splitting.includes(application?.toLowerCase() ?? '');
}
