import type { Span } from './addresses.ts';

/** A paragraph of a text, and where it begins. */
interface Paragraph {
  readonly text: string;
  readonly start: number;
}

/** Only with one of these between them are dollars a formula's, and not money. */
const ofFormula = /[\\^_{=]/;
const mostEnvironments = 50;

/** Formulas of LaTeX, each within a paragraph: nothing in them is a mark of formatting, a backslash least of all. */
export function findFormulas(text: string): readonly Span[] {
  if (!/[\\$]/.test(text)) return [];
  return paragraphsOf(text).flatMap((paragraph) => [
    ...between(paragraph, '\\[', '\\]', (_, after) => !after.startsWith('(')),
    ...between(paragraph, '\\(', '\\)', () => true),
    ...between(paragraph, '$$', '$$', (inner) => ofFormula.test(inner)),
    ...betweenDollars(paragraph),
    ...environments(paragraph),
    ...unfinished(paragraph),
  ]);
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
  isFormula: (inner: string, after: string) => boolean,
): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at)) {
    const inner = at + opening.length;
    const closed = text.indexOf(closing, inner);
    if (closed === -1) break;
    const end = closed + closing.length;
    if (isFormula(text.slice(inner, closed), text.slice(end, end + 1)))
      found.push({ start: start + at, end: start + end });
    at = end;
  }
  return found;
}

/** No space within the dollars, and no digit behind: `$5 and $6` is money. */
function betweenDollars({ text, start }: Paragraph): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf('$'); at !== -1; ) {
    const end = text.indexOf('$', at + 1);
    if (end === -1) break;
    const inner = text.slice(at + 1, end);
    const isClosed = /^\S(?:.*\S)?$/.test(inner) && !/\d/.test(text[end + 1] ?? '');
    if (isClosed && ofFormula.test(inner)) found.push({ start: start + at, end: start + end + 1 });
    at = isClosed && ofFormula.test(inner) ? text.indexOf('$', end + 1) : end;
  }
  return found;
}

function environments({ text, start }: Paragraph): readonly Span[] {
  return [...text.matchAll(/\\begin\{([\w*]{1,30})\}/g)].slice(0, mostEnvironments).map(({ index, 1: name }) => {
    const closing = `\\end{${name}}`;
    const end = text.indexOf(closing, index);
    return { start: start + index, end: start + (end === -1 ? text.length : end + closing.length) };
  });
}

/** One that stands on lines of its own and is still being written. */
function unfinished({ text, start }: Paragraph): readonly Span[] {
  const opening = /^[ \t]*(?:(\$\$)|\\\[)[ \t]*$/m.exec(text);
  if (opening === null || text.includes(opening[1] ?? '\\]', opening.index + opening[0].length)) return [];
  return [{ start: start + opening.index, end: start + text.length }];
}
