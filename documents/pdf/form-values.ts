import type { TextPiece } from './page-text.ts';

/** What was filled in or written beside a page, and where it stands. */
export interface FormValue {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  /** A tick box or a button of several: its words most often stand behind it. */
  readonly isTick: boolean;
}

/** The part of the library's annotations that is looked at; each may hold anything. */
export type Annotation = Readonly<Record<string, unknown>>;

/** Room that is left between what stands on one line, in points. */
const slack = 3;
/** No words that belong to a tick box stand further behind it. */
const furthestWords = 40;
const commentKinds = new Set(['Text', 'FreeText', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret']);

/** The values of the form on a page, without what is hidden, empty or a password. */
export function formValues(annotations: readonly Annotation[]): readonly FormValue[] {
  return annotations.flatMap((annotation) => {
    const { subtype, rect, hidden, password } = annotation;
    const place = Array.isArray(rect) ? rect.map(Number) : [];
    if (subtype !== 'Widget' || hidden === true || password === true || place.length !== 4) return [];
    const isTick = annotation['fieldType'] === 'Btn';
    const text = isTick ? tickOf(annotation) : wordsOf(annotation);
    const [left = 0, bottom = 0, right = 0, top = 0] = place;
    return text === '' ? [] : [{ text, left, bottom, right, top, isTick }];
  });
}

/** What people wrote beside the text of a page, one a line. */
export function commentsOf(annotations: readonly Annotation[]): string {
  return annotations
    .flatMap(({ subtype, hidden, contentsObj, titleObj }) => {
      const said = textIn(contentsObj).trim();
      if (hidden === true || said === '' || !commentKinds.has(String(subtype))) return [];
      const by = textIn(titleObj).trim();
      return [by === '' ? `[${said}]` : `[${by}: ${said}]`];
    })
    .join('\n');
}

/** The pieces of a page with its form's values among them: behind the words to their left, else behind those above. */
export function withValues(pieces: readonly TextPiece[], values: readonly FormValue[]): readonly TextPiece[] {
  if (values.length === 0) return pieces;
  const before = new Map<number, FormValue[]>();
  const after = new Map<number, FormValue[]>();
  for (const value of values.toSorted((one, other) => one.left - other.left)) {
    const words = value.isTick ? wordsBehind(pieces, value) : -1;
    const [place, at] = words >= 0 ? [before, words] : [after, wordsOfValue(pieces, value)];
    place.set(at, [...(place.get(at) ?? []), value]);
  }
  const last = (after.get(-1) ?? []).map((value) => pieceOf(value.text, true));
  return [
    ...pieces.flatMap((piece, at) => {
      const marks = (before.get(at) ?? []).map(({ text }) => pieceOf(`${text} `, false, piece));
      const said = (after.get(at) ?? []).map(({ text }) => pieceOf(` ${text}`, false, piece));
      const [end] = said.slice(-1);
      if (end === undefined) return [...marks, piece];
      // Words that follow on the line do not run into it.
      const closed = piece.hasEOL ? end : { ...end, str: `${end.str} ` };
      return [...marks, { ...piece, hasEOL: false }, ...said.slice(0, -1), { ...closed, hasEOL: piece.hasEOL }];
    }),
    ...last,
  ];
}

function tickOf({ checkBox, radioButton, fieldValue, exportValue, buttonValue }: Annotation): string {
  if (checkBox !== true && radioButton !== true) return '';
  const own = checkBox === true ? exportValue : buttonValue;
  return typeof own === 'string' && own !== 'Off' && own === fieldValue ? '[x]' : '[ ]';
}

function wordsOf({ fieldType, fieldValue, options }: Annotation): string {
  if (fieldType !== 'Tx' && fieldType !== 'Ch') return '';
  const chosen = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter((one) => typeof one === 'string');
  return chosen
    .map((one) => shownAs(one, options))
    .join(', ')
    .trim();
}

function shownAs(value: string, options: unknown): string {
  const all: readonly unknown[] = Array.isArray(options) ? options : [];
  for (const option of all) {
    const { exportValue, displayValue } = (option ?? {}) as Annotation;
    if (exportValue === value && typeof displayValue === 'string') return displayValue;
  }
  return value;
}

function textIn(object: unknown): string {
  const text = typeof object === 'object' && object !== null ? (object as Annotation)['str'] : '';
  return typeof text === 'string' ? text : '';
}

function leftOf({ transform }: TextPiece): number {
  return transform[4] ?? 0;
}

function heightOf({ transform }: TextPiece): number {
  return transform[5] ?? 0;
}

function isBeside(piece: TextPiece, { bottom, top }: FormValue): boolean {
  return piece.str.trim() !== '' && heightOf(piece) >= bottom - slack && heightOf(piece) <= top + slack;
}

/** The place of the words right behind a tick box; -1 without any. */
function wordsBehind(pieces: readonly TextPiece[], value: FormValue): number {
  return best(pieces, (piece) => {
    const away = leftOf(piece) - value.right;
    return isBeside(piece, value) && away >= -slack && away <= furthestWords ? -away : null;
  });
}

/** The place of the words that a value belongs to: to its left, else right above; -1 without any. */
function wordsOfValue(pieces: readonly TextPiece[], value: FormValue): number {
  const left = best(pieces, (piece) =>
    isBeside(piece, value) && leftOf(piece) <= value.left + slack ? leftOf(piece) : null,
  );
  if (left >= 0) return left;
  return best(pieces, (piece) => {
    const above = heightOf(piece) - value.top;
    return piece.str.trim() !== '' && above >= 0 ? -above - Math.abs(leftOf(piece) - value.left) / 10 : null;
  });
}

function best(pieces: readonly TextPiece[], rank: (piece: TextPiece) => number | null): number {
  let found = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [at, piece] of pieces.entries()) {
    const value = rank(piece);
    if (value === null || value < highest) continue;
    found = at;
    highest = value;
  }
  return found;
}

function pieceOf(str: string, hasEOL: boolean, beside?: TextPiece): TextPiece {
  return { str, hasEOL, transform: beside?.transform ?? [], height: 0, width: 0, dir: 'ltr' };
}
