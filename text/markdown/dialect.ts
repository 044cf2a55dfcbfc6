import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { attention, blockQuote, list } from 'micromark-core-commonmark';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types';
import { findAddresses, type Span } from './addresses.ts';
import { sidesOf } from './delimiters.ts';
import { findFormulas } from './formulas.ts';
import { findFigureMarks } from './line-marks.ts';
import { mathsConstruct, mathsInTree } from './maths-construct.ts';
import { resolveSameSize } from './same-size.ts';

/**
 * What is no formatting here, though CommonMark has it: entities and the backslash at a line's end (both are shown), the
 * heading that is a line with dashes below it (signatures have them), and definitions of links (they would be seen nowhere).
 */
const leftOut = ['characterReference', 'hardBreakEscape', 'setextUnderline', 'definition'];

const bulletsAndDigits = [...'*+-0123456789'].map((sign) => sign.charCodeAt(0));

/** The dialect of answers: CommonMark with tables, `~~` and notes, and no mark of formatting within figures, paths and formulas. */
export function dialectFor(text: string): Extension[] {
  const formulas = findFormulas(text);
  const isInFormula = within(formulas);
  const isLiteral = within([...formulas, ...findAddresses(text)]);
  const maths = mathsConstruct(formulas);
  const figureMarks = findFigureMarks(text);
  const isMark = (offset: number) => !figureMarks.has(offset) && !isInFormula(offset);
  const ownList = onlyAt(list, isMark);
  const ownQuote = onlyAt(blockQuote, isMark);
  const run = (construct: Construct, type: Run): Construct => ({
    ...construct,
    name: `${construct.name}InAnswers`,
    tokenize(effects, ok, nok) {
      return readRun({ context: this, effects, ok, nok, text, isLiteral, type });
    },
  });
  const strike = gfmStrikethrough({ singleTilde: false }).text?.[126] as Construct;
  const ownAttention = run({ ...attention, resolveAll: resolveSameSize }, 'attentionSequence');
  const ownStrike = run(strike, 'strikethroughSequenceTemporary');
  return [
    gfmTable(),
    gfmFootnote(),
    {
      disable: { null: [...leftOut, 'attention', 'list', 'blockQuote'] },
      document: { ...Object.fromEntries(bulletsAndDigits.map((code) => [code, ownList])), 62: ownQuote },
      text: { 36: maths, 42: ownAttention, 92: maths, 95: ownAttention, 126: ownStrike },
      insideSpan: { null: [ownAttention, ownStrike] },
      attentionMarkers: { null: [126] },
    },
  ];
}

/** What turns the tokens of the dialect's extensions into a tree. */
export const treeExtensions = [
  gfmTableFromMarkdown(),
  gfmFootnoteFromMarkdown(),
  gfmStrikethroughFromMarkdown(),
  mathsInTree,
];

/** Whether a place is in one of the spans, asked from left to right or not. */
function within(spans: readonly Span[]): (offset: number) => boolean {
  const sorted = [...spans].sort((one, other) => one.start - other.start);
  // How far the spans up to each reach: they may lie within each other.
  let reach = 0;
  const reached = sorted.map(({ end }) => (reach = Math.max(reach, end)));
  return (offset) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low > 0 && offset < (reached[low - 1] ?? 0);
  };
}

/** The construct that holds others, where `isMark` says so and nowhere else. */
function onlyAt(construct: Construct, isMark: (offset: number) => boolean): Construct {
  const goesOn = construct.continuation?.tokenize;
  const own: Construct = {
    ...construct,
    name: `${construct.name}InAnswers`,
    tokenize(effects, ok, nok) {
      const begin = construct.tokenize.call(this, effects, ok, nok);
      return (code) => (isMark(this.now().offset) ? begin(code) : nok(code));
    },
  };
  if (goesOn === undefined) return own;
  own.continuation = {
    tokenize(effects, ok, nok) {
      // It goes on by beginning again.
      const attempt: Effects['attempt'] = (tried, then, or) =>
        effects.attempt(tried === construct ? own : tried, then, or);
      return goesOn.call(this, { ...effects, attempt }, ok, nok);
    },
  };
  return own;
}

type Run = 'attentionSequence' | 'strikethroughSequenceTemporary';

interface RunReading {
  readonly context: TokenizeContext;
  readonly effects: Effects;
  readonly ok: State;
  readonly nok: State;
  readonly text: string;
  readonly isLiteral: (offset: number) => boolean;
  readonly type: Run;
}

/** Reads a run of one mark whole, and says what it can do by what stands around it. */
function readRun({ context, effects, ok, text, isLiteral, type }: RunReading): State {
  let mark: Code = null;
  return function start(code) {
    mark = code;
    effects.enter(type as 'attentionSequence');
    return inside(code);
  };
  function inside(code: Code): State | undefined {
    if (code === mark) {
      effects.consume(code);
      return inside;
    }
    const token = effects.exit(type as 'attentionSequence');
    const from = token.start.offset;
    const sides = isLiteral(from) ? null : sidesOf(text, from, context.now().offset);
    token._open = sides?.open ?? false;
    token._close = sides?.close ?? false;
    return ok(code);
  }
}
