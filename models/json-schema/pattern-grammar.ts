import { SchemaRefusal } from './shape.ts';

/** Letters that a JSON string has as they are: no quotation mark, backslash or control. */
const plain = '[^"\\\\\\x00-\\x1F\\x7F]';
/** Most times that a part of a pattern may be asked for again. */
const mostTimes = 100;
const classes: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' ' };
/** Spaces of every kind: some readers of patterns count all of them as such, some the first alone. */
const spaces = ' \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** What is in none of the classes above; what a JSON string writes otherwise is in none of these, too. */
const others: Readonly<Record<string, string>> = { D: '0-9', W: 'A-Za-z0-9_', S: spaces };

/** Throws SchemaRefusal where no grammar can be made of a pattern. */
export function checkPattern(pattern: string, path: string): void {
  try {
    patternRule(pattern);
  } catch (error) {
    throw new SchemaRefusal(path, 'pattern', error instanceof Error ? error.message : 'it cannot be read');
  }
}

/**
 * A rule in GBNF for the inside of a JSON string in which a regular expression is found: letters, classes, groups, alternatives
 * and counts of them. Throws for what asks about other places (look-around, references, words' ends).
 */
export function patternRule(pattern: string): string {
  const starts = pattern.startsWith('^');
  const ends = /(^|[^\\])(\\\\)*\$$/.test(pattern);
  const inside = pattern.slice(starts ? 1 : 0, ends ? -1 : undefined);
  const reader = new PatternReader(inside);
  const rule = reader.alternatives();
  if (!reader.isAtEnd) throw new Error('a bracket is closed that was not opened');
  // An alternative on the top level would have the anchor alone.
  if ((starts || ends) && reader.hasTopAlternatives) throw new Error('an anchor stands beside alternatives');
  return [starts ? '' : `${plain}{0,20}`, `(${rule})`, ends ? '' : `${plain}{0,20}`].filter(Boolean).join(' ');
}

class PatternReader {
  hasTopAlternatives = false;
  readonly #letters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#letters = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#letters.length;
  }

  alternatives(): string {
    const options = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#take();
      if (this.#depth === 0) this.hasTopAlternatives = true;
      options.push(this.#sequence());
    }
    return options.join(' | ');
  }

  #sequence(): string {
    const parts: string[] = [];
    while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#times(this.#atom()));
    return parts.length === 0 ? '""' : parts.join(' ');
  }

  #atom(): string {
    const letter = this.#take();
    if (letter === '(') return this.#group();
    if (letter === '[') return this.#class();
    if (letter === '.') return plain;
    if (letter === '\\') return this.#escaped();
    if (['^', '$', '*', '+', '?', '{', '}', ']'].includes(letter)) throw new Error(`${letter} stands alone`);
    return literalOf(letter);
  }

  #group(): string {
    if (this.#peek() === '?') {
      this.#take();
      if (this.#take() !== ':') throw new Error('it looks around');
    }
    this.#depth += 1;
    const inside = this.alternatives();
    this.#depth -= 1;
    if (this.#take() !== ')') throw new Error('a bracket is not closed');
    return `(${inside})`;
  }

  #class(): string {
    const negated = this.#peek() === '^';
    if (negated) this.#take();
    let inside = '';
    while (this.#peek() !== ']') {
      if (this.isAtEnd) throw new Error('a bracket is not closed');
      const letter = this.#take();
      if (letter !== '\\') inside += letter === '-' ? '-' : inClass(letter);
      else {
        const next = this.#take();
        inside += classes[next] ?? inClass(requireSign(next));
      }
    }
    this.#take();
    if (inside === '') throw new Error('a class is empty');
    // What a JSON string writes otherwise is in no class of letters.
    if (negated) return `[^${inside}"\\\\\\x00-\\x1F\\x7F]`;
    return `[${inside}]`;
  }

  #escaped(): string {
    const letter = this.#take();
    const found = classes[letter];
    if (found !== undefined) return `[${found}]`;
    if (others[letter] !== undefined) return `[^${others[letter]}"\\\\\\x00-\\x1F\\x7F]`;
    return literalOf(requireSign(letter));
  }

  #times(atom: string): string {
    const sign = this.#peek();
    const lazy = () => {
      if (this.#peek() === '?') this.#take();
    };
    if (sign === '?' || sign === '*' || sign === '+') {
      this.#take();
      lazy();
      return `${atom}${sign}`;
    }
    if (sign !== '{') return atom;
    const close = this.#letters.indexOf('}', this.#at);
    const counts = /^\{(\d+)(,(\d*))?\}$/.exec(this.#letters.slice(this.#at, close + 1).join(''));
    if (counts === null) throw new Error('a count cannot be read');
    this.#at = close + 1;
    lazy();
    const [low, high] = [Number(counts[1]), counts[3] ? Number(counts[3]) : null];
    if (Math.max(low, high ?? 0) > mostTimes) throw new Error(`it asks for more than ${mostTimes}`);
    if (high !== null && high < low) throw new Error('a count cannot be read');
    return `${atom}{${low}${counts[2] === undefined ? '' : `,${high ?? ''}`}}`;
  }

  #peek(): string | undefined {
    return this.#letters[this.#at];
  }

  #take(): string {
    const letter = this.#letters[this.#at];
    if (letter === undefined) throw new Error('it ends too early');
    this.#at += 1;
    return letter;
  }
}

/** A sign behind a backslash stands for itself; letters and figures stand for something else. */
function requireSign(letter: string): string {
  if (/[\p{Letter}\p{Number}]/u.test(letter)) throw new Error(`\\${letter} cannot be written`);
  return letter;
}

function literalOf(letter: string): string {
  if (letter === '"' || letter === '\\' || letter < ' ') throw new Error('a JSON string writes it otherwise');
  return `"${letter}"`;
}

function inClass(letter: string): string {
  if (letter === '"' || letter === '\\' || letter < ' ') throw new Error('a JSON string writes it otherwise');
  // GBNF knows no backslash before this sign.
  if (letter === '^') return '\\x5E';
  return letter === ']' || letter === '[' ? `\\${letter}` : letter;
}
