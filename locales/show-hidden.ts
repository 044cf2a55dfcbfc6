/**
 * Characters that are not seen but change how text reads or what is sent: controls, those that turn the direction of what
 * follows, those of no width, and tags and selectors that can hold a text of their own (Unicode 16, Default_Ignorable).
 * Line ends, tabs and what is part of an emoji are left.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\x0B-\x1F\x7F-\x9F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|[\u{E0000}-\u{E0FFF}]/gu;

const joiner = '\u200D';

/** Text with its invisible characters made visible, so that what is sent is what is read. */
export function showHidden(text: string): string {
  return text.replaceAll(hidden, (character, at: number) =>
    character === joiner && joinsEmoji(text, at) ? character : visible(character),
  );
}

/** Shows what is hidden in text within a line, such as a file's name: there line ends and tabs are hidden, too. */
export function showHiddenInLine(text: string): string {
  return showHidden(text).replaceAll(/[\t\n]/g, visible);
}

/** Embeddings, overrides and isolates, with their ends: no writing needs them to be read. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;

/** Text of an answer or of its source, in which alone what turns it around is shown: the rest may belong to its writing. */
export function showTurns(text: string): string {
  return text.replaceAll(turns, visible);
}

function joinsEmoji(text: string, at: number): boolean {
  const before = /\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?$/u.test(text.slice(Math.max(0, at - 4), at));
  return before && /^\p{Extended_Pictographic}/u.test(text.slice(at + 1, at + 3));
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
