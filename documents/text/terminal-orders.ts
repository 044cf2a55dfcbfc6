/** The signs that begin and end orders, which a pattern may not name in itself. */
const [start, bell, backspace] = [27, 7, 8].map((code) => String.fromCharCode(code)) as [string, string, string];

/** Colours and moves; titles, links and other strings with their end; single orders; a letter that is struck over. */
const forms = [
  `${start}\\[[0-?]*[ -/]*[@-~]`,
  `${start}[\\]PX^_][^${bell}${start}]*(?:${bell}|${start}\\\\)`,
  `${start}[ -/]*[0-~]`,
  `[^\\n${backspace}]${backspace}`,
];
const orders = new RegExp(forms.join('|'), 'gu');

/**
 * Text as a terminal would show it, without what it would do beside (ECMA-48): programs write colours into a pipe, too, and old
 * pages of a manual strike letters over to make them bold.
 */
export function withoutOrders(text: string): string {
  return text.replaceAll(orders, '');
}
