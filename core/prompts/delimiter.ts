/** Characters that delimiters are made of, the usual one first. */
const characters = ['"', "'", '~', '='] as const;
/** A longer one would take the room of the text. */
const longDelimiter = 40;

/** A text between delimiters that do not occur in it, so that it cannot end them itself. */
export function quote(text: string): string {
  const delimiter = delimiterOf(text);
  return `${delimiter}\n${text}\n${delimiter}`;
}

/** The delimiter that `quote` puts around a text. */
export function delimiterOf(text: string): string {
  const usual = madeOf(characters[0], text);
  return usual.length <= longDelimiter ? usual : shortest(characters.map((character) => madeOf(character, text)));
}

function madeOf(character: string, text: string): string {
  return character.repeat(Math.max(3, longestRun(character, text) + 1));
}

/** In one pass: a selection may be millions of quotation marks. */
function longestRun(character: string, text: string): number {
  let longest = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at)) {
    const start = at;
    while (text[at] === character) at += 1;
    longest = Math.max(longest, at - start);
  }
  return longest;
}

function shortest(delimiters: readonly string[]): string {
  return delimiters.reduce((best, one) => (one.length < best.length ? one : best));
}
