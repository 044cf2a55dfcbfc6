const parted = /(\p{Ll}{2,})([-\u00ad\u2010])\n(\p{Ll}{2,})/gu;
/** Six letters or more, or two Chinese ones, which are all of a line with one space or more after each. */
const drawnApart = /^(?:(?:\p{L} ){5,}\p{L}|(?:\p{sc=Han} {1,4}){1,7}\p{sc=Han})$/gmu;
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** A page's text with the words whole that its lines part and its headings draw letter by letter. */
export function mended(text: string): string {
  return text
    .replaceAll(parted, (whole, begin: string, hyphen: string, end: string) =>
      // A word that has its hyphen elsewhere too has it here.
      hyphen === '-' && text.includes(`${begin}-${end}`) ? whole : `${begin}${end}\n`,
    )
    .replaceAll(/\n /g, '\n')
    .replaceAll('\u00ad', '')
    .replaceAll(drawnApart, (line) => {
      const word = line.replaceAll(' ', '');
      return alphabet.includes(word.toLowerCase()) ? line : word;
    });
}
