/** One letter of several. */
interface Letters {
  readonly is: 'letters';
  readonly has: (letter: string) => boolean;
  /** Stands for all of them where any will do. */
  readonly sample: string;
}

/** A part of a grammar. */
export type GrammarNode =
  | Letters
  | { readonly is: 'row'; readonly parts: readonly GrammarNode[] }
  | { readonly is: 'choice'; readonly parts: readonly GrammarNode[] }
  /** `most` null: no bound. */
  | { readonly is: 'repeat'; readonly part: GrammarNode; readonly least: number; readonly most: number | null }
  | { readonly is: 'rule'; readonly name: string };

export type Grammar = ReadonlyMap<string, GrammarNode>;

/** Letters that stand for a class, the first of them that is in it: a space says least. */
const samples = [' ', '0', 'a', 'A', '-', '.', '_'];
const times: Readonly<Record<string, readonly [number, number | null]>> = {
  '*': [0, null],
  '+': [1, null],
  '?': [0, 1],
};

/** Reads what `writeGrammar` writes: GBNF with a rule a line and no comments. Throws on anything else. */
export function readGrammar(text: string): Grammar {
  const rules = new Map<string, GrammarNode>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const at = line.indexOf(' ::= ');
    const reader = new RuleReader(line.slice(at + 5));
    rules.set(line.slice(0, at), reader.choice());
    reader.requireEnd();
  }
  return rules;
}

class RuleReader {
  readonly #text: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#text = [...text];
  }

  choice(): GrammarNode {
    const parts = [this.#row()];
    while (this.#peek() === '|') {
      this.#at += 1;
      parts.push(this.#row());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { is: 'choice', parts };
  }

  requireEnd(): void {
    if (this.#peek() !== undefined) throw new Error(`a rule goes on with ${this.#peek()}`);
  }

  #row(): GrammarNode {
    const parts: GrammarNode[] = [];
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek())
      parts.push(this.#repeated(this.#part(next)));
    return { is: 'row', parts };
  }

  #part(first: string): GrammarNode {
    if (first === '(') {
      this.#at += 1;
      const inside = this.choice();
      if (this.#peek() !== ')') throw new Error('a bracket is not closed');
      this.#at += 1;
      return inside;
    }
    if (first === '[') return this.#class();
    if (first === '"') return this.#literal();
    const name = /^[a-z0-9-]+/.exec(this.#text.slice(this.#at, this.#at + 40).join(''))?.[0];
    if (name === undefined) throw new Error(`a rule has ${first}`);
    this.#at += name.length;
    return { is: 'rule', name };
  }

  #literal(): GrammarNode {
    const parts: GrammarNode[] = [];
    for (this.#at += 1; this.#text[this.#at] !== '"'; ) {
      const letter = this.#letter();
      parts.push({ is: 'letters', has: (one) => one === letter, sample: letter });
    }
    this.#at += 1;
    return { is: 'row', parts };
  }

  #class(): GrammarNode {
    this.#at += 1;
    const isNegated = this.#text[this.#at] === '^';
    if (isNegated) this.#at += 1;
    const ranges: (readonly [number, number])[] = [];
    while (this.#text[this.#at] !== ']') {
      const from = codeOf(this.#letter());
      const isRange = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']';
      if (isRange) this.#at += 1;
      ranges.push([from, isRange ? codeOf(this.#letter()) : from]);
    }
    this.#at += 1;
    const has = (letter: string) => {
      const code = codeOf(letter);
      return ranges.some(([from, to]) => code >= from && code <= to) !== isNegated;
    };
    return { is: 'letters', has, sample: samples.find(has) ?? String.fromCodePoint(ranges[0]?.[0] ?? 0) };
  }

  #repeated(part: GrammarNode): GrammarNode {
    const sign = this.#text[this.#at] ?? '';
    const known = times[sign];
    if (known !== undefined) {
      this.#at += 1;
      return { is: 'repeat', part, least: known[0], most: known[1] };
    }
    if (sign !== '{') return part;
    const close = this.#text.indexOf('}', this.#at);
    const [least = '', most] = this.#text
      .slice(this.#at + 1, close)
      .join('')
      .split(',');
    this.#at = close + 1;
    const bound = most === undefined ? Number(least) : most === '' ? null : Number(most);
    return { is: 'repeat', part, least: Number(least), most: bound };
  }

  /** The next letter of a literal or a class. */
  #letter(): string {
    const letter = this.#text[this.#at];
    if (letter === undefined) throw new Error('a rule ends too early');
    this.#at += 1;
    if (letter !== '\\') return letter;
    const escaped = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (escaped !== 'x') return escaped;
    const code = this.#text.slice(this.#at, this.#at + 2).join('');
    this.#at += 2;
    return String.fromCodePoint(Number.parseInt(code, 16));
  }

  #peek(): string | undefined {
    while (this.#text[this.#at] === ' ') this.#at += 1;
    return this.#text[this.#at];
  }
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}
