import { integerRule, numberRule } from './number-grammar.ts';
import { patternRule } from './pattern-grammar.ts';
import type { ArrayShape, ObjectShape, Shape, ShapeDocument, StringShape } from './shape.ts';

const letter = '([^"\\\\\\x00-\\x1F\\x7F] | "\\\\" ["\\\\nt])';
/** Lengths are kept exact up to here; beyond it by chunks, which comes out a little shorter. */
const exactLength = 100;
const chunk = 50;

const formats: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  'date-time': 'date "T" time',
  email: '[a-z0-9] [a-z0-9._-]{0,40} "@" [a-z0-9] [a-z0-9-]{0,40} ("." [a-z] [a-z0-9-]{1,20}){1,3}',
  uri: '("http" | "https") "://" [a-zA-Z0-9] [a-zA-Z0-9.-]{0,80} ("/" [a-zA-Z0-9._~%?=&#-]{0,80}){0,6}',
  uuid: '[0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12}',
};

const common = [
  `letter ::= ${letter}`,
  'text ::= "\\"" letter* "\\""',
  'any ::= text | any-number | "true" | "false" | "null" | any-list | any-object',
  'any-number ::= "-"? ("0" | [1-9] [0-9]{0,14}) ("." [0-9]{1,6})?',
  'any-list ::= "[" (any (", " any)*)? "]"',
  'any-object ::= "{" (text ": " any (", " text ": " any)*)? "}"',
  'date ::= [0-9]{4} "-" ("02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]) | ("04" | "06" | "09" | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | ("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "3" [01]))',
  'time ::= ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("Z" | [+-] ("0" [0-9] | "1" [0-4]) ":" [0-5] [0-9])',
];

/**
 * A grammar in GBNF, the notation of llama.cpp, of the JSON that a document of shapes allows: in one way of writing, with members
 * in the order of the schema, a space behind each comma and colon, and no line ends. Every text of it is JSON that fits, but for
 * `exactlyOne` and the lengths of strings with a pattern, which `fits` judges.
 */
export function writeGrammar({ root, named }: ShapeDocument): string {
  const rules = new Rules([...named.keys()]);
  for (const [name, shape] of named) rules.define(rules.nameOf(name), rules.of(shape));
  rules.define('root', rules.of(root));
  return `${[...rules.lines, ...common].join('\n')}\n`;
}

class Rules {
  readonly lines: string[] = [];
  readonly #names: ReadonlyMap<string, string>;
  #count = 0;

  constructor(names: readonly string[]) {
    this.#names = new Map(names.map((name, at) => [name, `named-${at}`]));
  }

  nameOf(name: string): string {
    return this.#names.get(name) ?? 'any';
  }

  define(name: string, rule: string): void {
    this.lines.push(`${name} ::= ${rule}`);
  }

  of(shape: Shape): string {
    switch (shape.is) {
      case 'any':
        return 'any';
      case 'null':
        return '"null"';
      case 'boolean':
        return '("true" | "false")';
      case 'literal':
        return `(${shape.json.map(literal).join(' | ')})`;
      case 'integer':
        return integerRule(shape);
      case 'number':
        return numberRule(shape);
      case 'string':
        return stringRule(shape);
      case 'named':
        return this.nameOf(shape.name);
      case 'one-of':
        return this.#own(shape.shapes.map((one) => this.of(one)).join(' | '));
      case 'array':
        return this.#list(shape);
      case 'object':
        return this.#object(shape);
    }
  }

  /** A rule of its own, so that what stands in it is written once. */
  #own(rule: string): string {
    this.#count += 1;
    const name = `rule-${this.#count}`;
    this.define(name, rule);
    return name;
  }

  #list({ first, rest, least, most }: ArrayShape): string {
    const item = rest === null ? null : this.#own(this.of(rest));
    // From the last item on: what may follow behind so many.
    let more =
      item === null || (most !== null && most <= first.length)
        ? ''
        : repeated(`(", " ${item})`, least - first.length, most === null ? null : most - first.length);
    for (let at = first.length - 1; at >= 0; at -= 1) {
      const shape = first[at];
      if (shape === undefined || (most !== null && at >= most)) continue;
      const here = `${at === 0 ? '' : '", " '}${this.of(shape)} ${more}`.trim();
      more = at < least ? here : `(${here})?`;
    }
    if (first.length > 0) return `"[" ${more} "]"`;
    if (item === null || most === 0) return '"[]"';
    const others = repeated(`(", " ${item})`, Math.max(0, least - 1), most === null ? null : most - 1);
    return least === 0 ? `"[" (${item} ${others})? "]"` : `"[" ${item} ${others} "]"`;
  }

  #object({ members, others, least, most }: ObjectShape): string {
    if (members.length === 0) {
      if (others === null || most === 0) return '"{}"';
      const pair = this.#own(`text ": " ${this.of(others)}`);
      const more = repeated(`(", " ${pair})`, Math.max(0, least - 1), most === null ? null : most - 1);
      return least === 0 ? `"{" (${pair} ${more})? "}"` : `"{" ${pair} ${more} "}"`;
    }
    // Two rules for what follows each member: one where something was written before, which a comma comes after.
    let [afterSome, afterNone] = ['', ''];
    for (const { name, shape, isRequired } of members.toReversed()) {
      const pair = this.#own(`${literal(JSON.stringify(name))} ": " ${this.of(shape)}`);
      const some = `", " ${pair} ${afterSome}`.trim();
      const none = `${pair} ${afterSome}`.trim();
      if (isRequired) [afterSome, afterNone] = [this.#own(some), this.#own(none)];
      else {
        const nothing = afterNone === '' ? '""' : afterNone;
        const behind = afterSome === '' ? '""' : afterSome;
        [afterSome, afterNone] = [this.#own(`${some} | ${behind}`), this.#own(`${none} | ${nothing}`)];
      }
    }
    return `"{" ${afterNone} "}"`;
  }
}

function stringRule({ shortest, longest, pattern, format }: StringShape): string {
  if (pattern !== null) return `"\\"" ${patternRule(pattern)} "\\""`;
  const known = format === null ? undefined : formats[format];
  if (known !== undefined && shortest === 0 && longest === null) return `"\\"" ${known} "\\""`;
  if (shortest === 0 && longest === null) return 'text';
  return `"\\"" ${lengths(shortest, longest)} "\\""`;
}

/** Letters of a count between two. */
function lengths(shortest: number, longest: number | null): string {
  if (longest === null || longest <= exactLength) return repeated('letter', shortest, longest);
  const chunks = Math.floor((longest - shortest - chunk + 1) / chunk);
  const certain = shortest === 0 ? '' : `letter{${shortest}} `;
  return chunks < 1
    ? repeated('letter', shortest, Math.min(longest, shortest + chunk))
    : `${certain}(letter{${chunk}}){0,${Math.min(chunks, 40)}} letter{0,${chunk - 1}}`;
}

function repeated(rule: string, least: number, most: number | null): string {
  const low = Math.max(0, least);
  if (most === null) return low === 0 ? `${rule}*` : `${rule}{${low},}`;
  return most <= 0 ? '' : `${rule}{${low},${most}}`;
}

/** JSON as GBNF writes it: in JSON no controls stand as they are. */
function literal(json: string): string {
  return `"${json.replaceAll(/[\\"]/g, '\\$&')}"`;
}
