/** What a run of `*`, `_` or `~` can do where it stands. */
export interface Sides {
  readonly open: boolean;
  readonly close: boolean;
}

const neither: Sides = { open: false, close: false };

/** Written without spaces between words: there, a mark of formatting has no space around it either. */
const joined =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFE30-\uFE4F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFEE]/u;
const word = /[\p{L}\p{M}\p{N}]/u;
/** Marks that such a single mark can stand behind, or in front of; not those of formulas, regular expressions and paths. */
const beforeOpening = /[([{<"'“‘„«‹¡¿—–\-:,;*_~|>#!?…·•]/u;
const behindClosing = /[)\]}>.,;:!?"'”’»›—–\-…/|*_~<]/u;

type Class = 'space' | 'joined' | 'word' | 'punctuation';

function classOf(character: string): Class {
  if (character === '' || /\s/u.test(character)) return 'space';
  if (joined.test(character)) return 'joined';
  return word.test(character) ? 'word' : 'punctuation';
}

/**
 * Whether the run of one mark at `from` to `to` can begin and end a format. CommonMark's rule of flanking, with two
 * differences: scripts without spaces count as a border, as the proposal "CJK-friendly emphasis" says; and what is usual in
 * figures, formulas, names of programs, paths and patterns is never a mark (`2*3*4`, `x**n`, `__init__`, `*.txt`, `(*)`,
 * `5~10`, `____`). What is refused here is shown as it is written.
 */
export function sidesOf(text: string, from: number, to: number): Sides {
  const mark = text[from] ?? '';
  const size = to - from;
  if (mark === '~' ? size !== 2 : size > (mark === '_' ? 2 : 3)) return neither;
  const before = characterBefore(text, from);
  const after = characterAt(text, to);
  const ends = { before: classOf(before), after: classOf(after) };
  if (mark === '_') return underscoreSides(text, from, size, before, after, ends);
  const single = size === 1;
  const open =
    isLeftFlanking(ends) && (single ? canOpenSingle(before, after, ends, text, to) : canOpen(text, from, size));
  const close =
    isRightFlanking(ends) && (single ? canCloseSingle(before, after, ends, text, to) : canClose(text, from, to));
  return { open, close };
}

interface Ends {
  readonly before: Class;
  readonly after: Class;
}

function isLeftFlanking({ before, after }: Ends): boolean {
  return after !== 'space' && (after !== 'punctuation' || before !== 'word');
}

function isRightFlanking({ before, after }: Ends): boolean {
  return before !== 'space' && (before !== 'punctuation' || after !== 'word');
}

function underscoreSides(text: string, from: number, size: number, before: string, after: string, ends: Ends): Sides {
  // Indices of formulas, as in `\sum_{i}`.
  if (after === '{' || before === '}') return neither;
  const named = size === 2 && /^__[A-Za-z0-9_]*[A-Za-z0-9]__/.test(text.slice(from, from + 80));
  const inWord = (character: string) => word.test(character);
  return {
    open: isLeftFlanking(ends) && !inWord(before) && !named && !isClosingBracket(after) && !/[\\/.]/.test(before),
    close: isRightFlanking(ends) && !inWord(after) && !isOpeningBracket(before) && !/[\\/]/.test(before),
  };
}

function canOpenSingle(before: string, after: string, ends: Ends, text: string, to: number): boolean {
  if (ends.before === 'word') return false;
  if (ends.before === 'punctuation' && !beforeOpening.test(before)) return false;
  // `(*)`, `*,` and `*.txt`
  return !isClosingBracket(after) && !/^(?:[,;:]|\.\w)/.test(text.slice(to, to + 2));
}

function canCloseSingle(before: string, after: string, ends: Ends, text: string, to: number): boolean {
  if (ends.after === 'word' || isOpeningBracket(before) || /[\\/]/.test(before)) return false;
  if (ends.after === 'punctuation' && !behindClosing.test(after)) return false;
  return !(ends.before === 'punctuation' && /^\.\w/.test(text.slice(to, to + 2)));
}

/** Within a word only where the other mark follows at once and ends no power: `play**ed**`, not `x**n + y**m`. */
function canOpen(text: string, from: number, size: number): boolean {
  const to = from + size;
  const before = characterBefore(text, from);
  const after = characterAt(text, to);
  if (isClosingBracket(after) || /[,;]/.test(after) || before === '\\') return false;
  if (!/[\p{L}\p{M}\p{N})\]}]/u.test(before) || classOf(before) === 'joined') return true;
  if (classOf(after) === 'joined') return true;
  const line = /^[^\n]*/.exec(text.slice(to, to + 400))?.[0] ?? '';
  const end = line.indexOf((text[from] ?? '').repeat(size));
  if (end < 1 || /\d/.test(before)) return false;
  return /\p{L}/u.test(after) && !/[\p{L}\p{N}([{]/u.test(characterAt(line, end + size));
}

function canClose(text: string, from: number, to: number): boolean {
  const before = characterBefore(text, from);
  const after = characterAt(text, to);
  if (isOpeningBracket(before) || /[\\/]/.test(before)) return false;
  if (text[from] === '~') return true;
  return !(/\d/.test(before) && /\d/.test(after));
}

function isClosingBracket(character: string): boolean {
  return /[)\]}]/.test(character);
}

function isOpeningBracket(character: string): boolean {
  return /[([{]/.test(character);
}

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function characterBefore(text: string, at: number): string {
  const last = text[at - 1] ?? '';
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(at - 2, at) : last;
}
