import type { Grammar, GrammarNode } from './read-grammar.ts';

/** What is still to come behind a letter; null stands for nothing more. */
export interface Rest {
  readonly id: number;
  readonly node: GrammarNode;
  /** How often a repeated part was there already. */
  readonly count: number;
  readonly next: Rest | null;
  /** Letters of the shortest text that ends it. */
  readonly shortest: number;
}

/** Where a text may stand in a grammar: each rest begins with a letter, or is null where the text may end. */
export type Standing = ReadonlySet<Rest | null>;

/** Follows texts through a grammar letter by letter, and knows the shortest way to the end from everywhere. */
export class GrammarFollower {
  readonly #grammar: Grammar;
  readonly #lengths = new Map<string, number>();
  readonly #rests = new Map<string, Rest>();
  readonly #ids = new Map<GrammarNode, number>();

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    for (const name of grammar.keys()) this.#lengths.set(name, Number.POSITIVE_INFINITY);
    // A rule may hold itself: lengths become shorter until none does any more.
    for (let changes = true; changes; ) {
      changes = false;
      for (const [name, node] of grammar) {
        const length = this.#lengthOf(node);
        if (length < (this.#lengths.get(name) ?? 0)) {
          this.#lengths.set(name, length);
          changes = true;
        }
      }
    }
  }

  /** Before the first letter. */
  start(): Standing {
    return this.#opened([this.#rest({ is: 'rule', name: 'root' }, 0, null)]);
  }

  /** Behind one letter more; empty where no text of the grammar goes on like that. */
  after(standing: Standing, letter: string): Standing {
    const next: (Rest | null)[] = [];
    for (const rest of standing)
      if (rest !== null && rest.node.is === 'letters' && rest.node.has(letter)) next.push(rest.next);
    return this.#opened(next);
  }

  /** Letters of the shortest end from there; infinite where there is none. */
  lengthToEnd(standing: Standing): number {
    return Math.min(...[...standing].map((rest) => rest?.shortest ?? 0));
  }

  /** The shortest text that ends it from there. */
  shortestEnd(standing: Standing): string {
    const length = this.lengthToEnd(standing);
    let text = '';
    let rest = [...standing].find((one) => (one?.shortest ?? 0) === length) ?? null;
    for (; rest !== null; rest = rest.next) text += this.#textOf(rest.node, rest.count);
    return text;
  }

  /** Opens rules, rows, choices and counts until letters come. */
  #opened(rests: readonly (Rest | null)[]): Standing {
    const open = [...rests];
    const seen = new Set<Rest | null>();
    const letters = new Set<Rest | null>();
    for (let rest = open.pop(); rest !== undefined; rest = open.pop()) {
      if (seen.has(rest)) continue;
      seen.add(rest);
      if (rest === null || rest.node.is === 'letters') letters.add(rest);
      else open.push(...this.#inside(rest));
    }
    return letters;
  }

  #inside({ node, count, next }: Rest): readonly (Rest | null)[] {
    switch (node.is) {
      case 'letters':
        return [];
      case 'rule':
        return [this.#rest(this.#ruleOf(node.name), 0, next)];
      case 'choice':
        return node.parts.map((part) => this.#rest(part, 0, next));
      case 'row':
        return [node.parts.reduceRight<Rest | null>((behind, part) => this.#rest(part, 0, behind), next)];
      case 'repeat': {
        const ends = count >= node.least ? [next] : [];
        if (node.most !== null && count >= node.most) return ends;
        // Without a bound it does not matter how often more than the least.
        const more = node.most === null ? Math.min(count + 1, node.least) : count + 1;
        return [...ends, this.#rest(node.part, 0, this.#rest(node, more, next))];
      }
    }
  }

  /** Gives one object for equal rests, so that ways which meet are followed once. */
  #rest(node: GrammarNode, count: number, next: Rest | null): Rest {
    const id = this.#ids.get(node) ?? this.#ids.size;
    this.#ids.set(node, id);
    const key = `${id} ${count} ${next?.id ?? ''}`;
    const kept = this.#rests.get(key);
    if (kept !== undefined) return kept;
    const shortest = this.#lengthOf(node, count) + (next?.shortest ?? 0);
    const rest: Rest = { id: this.#rests.size, node, count, next, shortest };
    this.#rests.set(key, rest);
    return rest;
  }

  #ruleOf(name: string): GrammarNode {
    const rule = this.#grammar.get(name);
    if (rule === undefined) throw new Error(`no rule ${name}`);
    return rule;
  }

  #lengthOf(node: GrammarNode, count = 0): number {
    if (node.is === 'letters') return 1;
    if (node.is === 'rule') return this.#lengths.get(node.name) ?? Number.POSITIVE_INFINITY;
    if (node.is === 'choice') return Math.min(...node.parts.map((part) => this.#lengthOf(part)));
    if (node.is === 'row') return node.parts.reduce((sum, part) => sum + this.#lengthOf(part), 0);
    const left = Math.max(0, node.least - count);
    return left === 0 ? 0 : left * this.#lengthOf(node.part);
  }

  #textOf(node: GrammarNode, count = 0): string {
    if (node.is === 'letters') return node.sample;
    if (node.is === 'rule') return this.#textOf(this.#ruleOf(node.name));
    if (node.is === 'row') return node.parts.map((part) => this.#textOf(part)).join('');
    if (node.is === 'repeat') return count >= node.least ? '' : this.#textOf(node.part).repeat(node.least - count);
    const shortest = node.parts.reduce((one, other) => (this.#lengthOf(other) < this.#lengthOf(one) ? other : one));
    return this.#textOf(shortest);
  }
}
