import { AppError } from '../../contract/errors.ts';

/** A regular expression in RE2's syntax: its time grows with the text alone, whatever an atom's author or a text has in mind. */
export interface Pattern {
  matches(text: string): boolean;
  /** All that is found, or what the first group of it has. */
  findAll(text: string): readonly string[];
  /** `$1` in `by` is a group. */
  replaceAll(text: string, by: string): string;
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
      }
      return found;
    },
    replaceAll: (text, by) => compiled.matcher(text).replaceAll(by),
  };
}
