import { AppError } from '../../contract/errors.ts';
import { type Room, requireItems } from './room.ts';

/** A regular expression in RE2's syntax: there is none whose time is without bound, whatever an atom's author or a text has in mind. */
export interface Pattern {
  matches(text: string): boolean;
  /** All that is found, or what the first group of it has. Throws `step/too-large`. */
  findAll(text: string): readonly string[];
  /** `$1` in `by` is a group. Throws `step/too-large` where `room` does not hold what comes of it. */
  replaceAll(text: string, by: string, room: Room): string;
}

/** Throws `step/bad-pattern` for what RE2 does not take, such as references back. */
export async function readPattern(pattern: string): Promise<Pattern> {
  // A quarter of a megabyte that most profiles never need.
  const { RE2JS } = await import('re2js');
  let compiled: ReturnType<typeof RE2JS.compile>;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
  } catch {
    throw new AppError('step/bad-pattern', `not a pattern: ${pattern}`, { values: { pattern } });
  }
  return {
    matches: (text) => compiled.matcher(text).find(),
    findAll: (text) => {
      const matcher = compiled.matcher(text);
      const group = compiled.groupCount() > 0 ? 1 : 0;
      const found: string[] = [];
      while (matcher.find()) {
        const part = matcher.group(group);
        if (part !== null && part !== '') found.push(part);
        requireItems(found.length);
      }
      return found;
    },
    replaceAll: (text, by, room) => {
      room.take(text.length);
      const longest = longestOf(by, text.length);
      for (const matcher = compiled.matcher(text); matcher.find(); )
        room.take(longest(matcher.end() - matcher.start()));
      return compiled.matcher(text).replaceAll(by);
    },
  };
}

/** How long what stands for a match can be at most: groups lie within it, and the text before or behind it can be named, too. */
function longestOf(by: string, textLength: number): (matchLength: number) => number {
  const groups = by.match(/\$[\d&<]/g)?.length ?? 0;
  const around = by.match(/\$[`']/g)?.length ?? 0;
  return (matchLength) => by.length + groups * matchLength + around * textLength;
}
