/** One line that begins with a letter and holds nothing that the dialect, or its way to find addresses, gives a meaning. */
const plainLine = /^\p{L}[\p{L}\p{M}\p{N} ,.;:?!'"()%‘’“”—–…，。；：？！、（）《》]*$/u;

/**
 * Whether a text is a paragraph of plain words, for which there is nothing to parse: most of what grows is one, and it is
 * drawn anew with every word.
 */
export function isPlainParagraph(text: string): boolean {
  const line = text.trimEnd();
  return plainLine.test(line) && !/www\.|:\/\//i.test(line);
}
