import type { Secret } from './kinds.ts';
import { type NamedValue, valueBehind, valueBelow } from './name-places.ts';
import type { NameHit, NameKind } from './secret-names.ts';
import { isPhrase, kindsOf, type Shape, shapeOf } from './value-shapes.ts';

const order: readonly Shape[] = ['none', 'word', 'likely', 'told', 'odd'];
const isAtLeast = (shape: Shape, least: Shape) => order.indexOf(shape) >= order.indexOf(least);
/** A bracket that closes what was opened before is hidden with a value, and says nothing of it. */
const closing = /[!?)\]}>]+$/;

/** What a value must look like at least, by whose name it has and by what ties it to that. */
const least: Readonly<Record<NameKind, Readonly<Record<NamedValue['link'], Shape | null>>>> = {
  password: { field: 'likely', said: 'likely', beside: 'told', below: 'told' },
  key: { field: 'likely', said: 'likely', beside: null, below: null },
  short: { field: 'told', said: 'told', beside: 'odd', below: null },
  door: { field: null, said: null, beside: null, below: null },
};

/** Passwords and keys right after their name, and passwords right before it. `folded` has the places of `text`. */
export function* findNamed(text: string, folded: string, hits: readonly NameHit[]): Generator<Secret> {
  for (const hit of hits) {
    if (hit.kind === 'door') continue;
    const behind = valueBehind(text, folded, hit);
    const value = behind !== null && accepts(hit, folded, behind) ? behind : valueBelow(text, folded, hit);
    if (value !== null && accepts(hit, folded, value)) yield { kind: 'password', start: value.start, end: value.end };
    else if (hit.kind === 'password') yield* before(folded, hit.start);
  }
}

/** Who signs in, before a short word for what with. */
const isOfUser = /\b(?:user(?:name)?|login|account|log in)\b[^\n]{0,30}(?:[ ,;]|\\n)$/i;

function accepts({ kind, start, end }: NameHit, folded: string, value: NamedValue): boolean {
  const text = value.text.replace(closing, '') || value.text;
  const { link, isQuoted, isWhole } = value;
  if (kind === 'short' && /^\d{4,8}$/.test(text) && link !== 'beside' && /pin/i.test(folded.slice(start, end)))
    return true;
  if (kind === 'short' && isQuoted && /^\d{6,}$/.test(text)) return true;
  if (kind === 'key' && !isKey(text)) return false;
  const shape = shapeOf(text);
  // A word is a password where a notation holds it by itself, or where Chinese calls it so.
  if (shape === 'word')
    return (
      kind === 'password' &&
      link !== 'below' &&
      isHeld(folded, value, { isWhole, name: folded.slice(Math.max(0, start - 40), end) })
    );
  const isBehindUser = kind === 'short' && isOfUser.test(folded.slice(Math.max(0, start - 40), start));
  const wanted = isBehindUser ? 'told' : least[kind][link];
  return wanted !== null && isAtLeast(shape, isQuoted && kind === 'password' ? 'likely' : wanted);
}

/** Whether a plain word is a value and no word of a sentence or of a program. */
function isHeld(
  folded: string,
  { start, end, isQuoted, link }: NamedValue,
  { isWhole, name }: { readonly isWhole: boolean; readonly name: string },
): boolean {
  const ahead = folded.slice(Math.max(0, start - 4), start);
  // The next of a list is another word of it.
  if (/[,|][ ]?["'`]?$/.test(ahead)) return false;
  if (isQuoted) return true;
  if (link === 'beside') return false;
  if (/[\u4e00-\u9fff][ :]{0,2}$/.test(ahead)) return true;
  if (link !== 'field' || /[({,]/.test(folded.slice(end, end + 1))) return false;
  return (isWhole && /[=:>][ \t]?$/.test(ahead)) || (ahead.endsWith('=') && isTyped.test(name));
}

/** An option of a command or a variable of a shell, which a value follows and no other name. */
const isTyped = /(?:^|\s)--[\w-]+$|(?<![a-z])[A-Z_]{4,}$/;

/** What stands behind the name of a key or a token, which a phrase in words is not. */
function isKey(value: string): boolean {
  return value.length >= 6 && !isPhrase(value) && !/^[\d_.,]+$|\s|^[a-z]+(?:[-_.][a-z]+)*[-_.]\d{0,2}$/.test(value);
}

/** Whether a cell under such a heading is one. */
export function isNamedCell(kind: NameKind, value: string): boolean {
  const shape = shapeOf(value);
  return kind === 'key'
    ? isKey(value) && isAtLeast(shape, 'likely') && kindsOf(value) >= 3
    : isAtLeast(shape, 'likely');
}

/** `X: password as asked for`, `X (password)`, `X is my password`, `X 这个密码`. */
const told =
  /(?<![^\s"'“「【(])(?<value>[!#-&*-~][!-~]{4,58}?[!-9;-~])["'”」】)]?(?:: ?|\s?\(| - (?:that|this|it) is | (?:is|was|as|for) |\s?(?:这个|這個|作为|作為|当|是)\s?)(?:my |the |his |her |our |their |a )?(?:old |new |former |current |default |temporary |initial |own )?$/i;

function* before(text: string, start: number): Generator<Secret> {
  const from = Math.max(0, start - 90);
  const match = told.exec(text.slice(from, start));
  const value = match?.groups?.['value'];
  if (match === null || value === undefined) return;
  const shape = shapeOf(value);
  if (!isAtLeast(shape, 'likely') || (kindsOf(value) < 3 && shape === 'likely')) return;
  yield { kind: 'password', start: from + match.index, end: from + match.index + value.length };
}
