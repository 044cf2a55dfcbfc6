import type { Span } from './addresses.ts';
import { looksLikeMaths } from './looks-like-maths.ts';

/** A formula of LaTeX in a text. */
export interface Formula extends Span {
  /** What is drawn of it, without its delimiters; null for one that only keeps its marks from formatting. */
  readonly drawn: { readonly tex: string; readonly display: boolean } | null;
}

/** A paragraph of a text, and where it begins. */
interface Paragraph {
  readonly text: string;
  readonly start: number;
}

/** Only with one of these between them are dollars a formula's, and not money. */
const ofFormula = /[\\^_{=]/;
const mostEnvironments = 50;

/** Formulas of LaTeX, each within a paragraph: nothing in them is a mark of formatting, a backslash least of all. */
export function findFormulas(text: string): readonly Formula[] {
  if (!/[\\$]/.test(text)) return [];
  return paragraphsOf(text).flatMap((paragraph) => [
    ...between(paragraph, '\\[', '\\]', true, (_, after) => !after.startsWith('(')),
    ...between(paragraph, '\\(', '\\)', false, () => true),
    ...between(paragraph, '$$', '$$', true, (inner) => ofFormula.test(inner) || looksLikeMaths(inner.trim())),
    ...betweenDollars(paragraph),
    ...environments(paragraph),
    ...unfinished(paragraph),
  ]);
}

/** A longer one is none: what a model never ends would hide the rest of its paragraph. */
const longestUnfinished = 400;

/** Where a formula on lines of its own begins that the text has not ended yet; -1 where there is none. */
export function findUnfinished(text: string): number {
  const last = paragraphsOf(text).at(-1);
  if (last === undefined || last.start + last.text.length < text.trimEnd().length) return -1;
  const start = unfinished(last)[0]?.start ?? -1;
  return start === -1 || text.length - start > longestUnfinished ? -1 : start;
}

function paragraphsOf(text: string): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let start = 0;
  for (const { index, 0: gap } of text.matchAll(/\n[ \t]*\n/g)) {
    found.push({ text: text.slice(start, index), start });
    start = index + gap.length;
  }
  return [...found, { text: text.slice(start), start }].filter((paragraph) => /[\\$]/.test(paragraph.text));
}

function between(
  { text, start }: Paragraph,
  opening: string,
  closing: string,
  display: boolean,
  isFormula: (inner: string, after: string) => boolean,
): readonly Formula[] {
  const found: Formula[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at)) {
    const inner = at + opening.length;
    const closed = text.indexOf(closing, inner);
    if (closed === -1) break;
    const end = closed + closing.length;
    const tex = text.slice(inner, closed);
    if (isFormula(tex, text.slice(end, end + 1))) {
      const stands = standsFree(text, at, end) && tex.trim() !== '';
      found.push({ start: start + at, end: start + end, drawn: stands ? { tex, display } : null });
    }
    at = end;
  }
  return found;
}

/** No space within the dollars, and no letter or digit before or behind them: `$5 and $6` is money. */
function betweenDollars({ text, start }: Paragraph): readonly Formula[] {
  const found: Formula[] = [];
  for (let at = text.indexOf('$'); at !== -1; ) {
    const end = text.indexOf('$', at + 1);
    if (end === -1) break;
    const tex = text.slice(at + 1, end);
    const isClosed = /^\S(?:.*\S)?$/.test(tex) && !/\d/.test(text[end + 1] ?? '');
    const stands = standsFree(text, at, end + 1);
    if (isClosed && (ofFormula.test(tex) || (stands && looksLikeMaths(tex)))) {
      found.push({ start: start + at, end: start + end + 1, drawn: stands ? { tex, display: false } : null });
      at = text.indexOf('$', end + 1);
    } else at = end;
  }
  return found;
}

/** Within a word, behind a backslash or beside another dollar it is part of a path, a pattern or a price. */
function standsFree(text: string, start: number, end: number): boolean {
  const isDrive = text[start] === '\\' && text[start - 1] === ':';
  return !isDrive && !/[A-Za-z0-9\\$]/.test(text[start - 1] ?? '') && !/[A-Za-z0-9$]/.test(text[end] ?? '');
}

function environments({ text, start }: Paragraph): readonly Formula[] {
  return [...text.matchAll(/\\begin\{([\w*]{1,30})\}/g)].slice(0, mostEnvironments).map(({ index, 1: name }) => {
    const closing = `\\end{${name}}`;
    const closed = text.indexOf(closing, index);
    const end = closed === -1 ? text.length : closed + closing.length;
    const drawn = closed === -1 ? null : { tex: text.slice(index, end), display: true };
    return { start: start + index, end: start + end, drawn };
  });
}

/** One that stands on lines of its own and is still being written. */
function unfinished({ text, start }: Paragraph): readonly Formula[] {
  const opening = /^[ \t]*(?:(\$\$)|\\\[)[ \t]*$/m.exec(text);
  if (opening === null || text.includes(opening[1] ?? '\\]', opening.index + opening[0].length)) return [];
  return [{ start: start + opening.index, end: start + text.length, drawn: null }];
}
