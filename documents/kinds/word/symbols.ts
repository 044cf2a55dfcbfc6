/** Signs of the font Wingdings that people see in documents, by their place in it; the rest are pictures. */
const wingdings: Readonly<Record<number, string>> = {
  108: '●',
  110: '■',
  111: '☐',
  113: '☐',
  118: '❖',
  167: '▪',
  168: '☐',
  216: '➢',
  223: '←',
  224: '→',
  225: '↑',
  226: '↓',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

/** A sign that a document names by a place in a font, such as `F0FC`. */
export function symbolOf(code: string): string {
  const value = Number.parseInt(code, 16);
  if (!Number.isInteger(value) || value <= 0 || value > 0xffff) return '';
  const isPrivate = value >= 0xf000 && value <= 0xf0ff;
  if (!isPrivate) return String.fromCharCode(value).toWellFormed();
  return wingdings[value & 0xff] ?? '•';
}
