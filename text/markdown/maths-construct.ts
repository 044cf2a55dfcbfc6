import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Code, Construct, State } from 'micromark-util-types';
import type { Formula } from './formulas.ts';

/** A formula in the parser's tree, by its place in the text. */
export interface MathsNode {
  readonly type: 'maths';
  readonly position?: { readonly start: { readonly offset?: number }; readonly end: { readonly offset?: number } };
}

/** Reads a formula whole, from its first sign to its last, over the ends of lines; nothing within it is looked at. */
export function mathsConstruct(formulas: readonly Formula[]): Construct {
  const ends = new Map(formulas.filter(({ drawn }) => drawn !== null).map(({ start, end }) => [start, end]));
  return {
    name: 'maths',
    tokenize(effects, ok, nok) {
      const place = () => this.now().offset;
      let end = -1;
      return start;
      function start(code: Code): State | undefined {
        end = ends.get(place()) ?? -1;
        if (end === -1) return nok(code);
        effects.enter('maths' as 'data');
        return next(code);
      }
      function next(code: Code): State | undefined {
        if (place() >= end) {
          effects.exit('maths' as 'data');
          return ok(code);
        }
        // A cell or a paragraph that ends before its formula has none.
        if (code === null) return nok(code);
        if (code < -2) {
          effects.enter('lineEnding');
          effects.consume(code);
          effects.exit('lineEnding');
          return next;
        }
        effects.enter('mathsText' as 'data');
        return inside(code);
      }
      function inside(code: Code): State | undefined {
        if (code === null || code < -2 || place() >= end) {
          effects.exit('mathsText' as 'data');
          return next(code);
        }
        effects.consume(code);
        return inside;
      }
    },
  };
}

/** Puts formulas into the parser's tree. */
export const mathsInTree: TreeExtension = {
  enter: {
    maths(token) {
      this.enter({ type: 'maths' } as never, token);
    },
  },
  exit: {
    maths(token) {
      this.exit(token);
    },
  },
};
