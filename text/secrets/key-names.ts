import type { Place } from './anchored.ts';
import { hasKeyName, keyNames } from './key-vocabulary.ts';

/** How a run begins that says itself what it is: `private-…`, `sess_…`. */
const ownName = /^(?:private|token|tok|secret|sess(?:ion)?|api|auth|pat|sid|key)[-_]/i;
/** The name that a value has as a field, a variable or a header. */
const field =
  /(?<name>[\p{L}\p{N}_.$-]{1,60})["'`\])}\\]{0,4}[ \t]{0,4}(?::=|=>|->|[:=])[ \t]{0,4}["'`([{<\\]{0,4}(?:(?:bearer|basic|token)[ \t]{1,3})?$/iu;
/** Fields that hold what another one names. */
const isHolder = /^(?:val(?:ue)?|text|content|default|data|string|x|is)$/i;
/** Another field stands between, which what follows belongs to; or the sentence is over. */
const another =
  /[,;&|{]\s*\\?["']?(?!(?:val(?:ue)?|text|content|default|data|in|type|kind)\b)[\p{L}\p{N}_.-]+\\?["']?\s*[:=]|[.!?]\s+\p{Lu}|[。！？]/iu;
/** What stands behind belongs to something else. */
const isApart = /[;&|{=?:。！？；]|\.\s|,\s*["']?\w+["']?\s*[:=]/;
const [looksBack, looksOn] = [110, 48];

/** Whether what stands at a place is called a secret (true), is called something else (false), or has no name that tells (null). */
export function isCalledKey(text: string, { start, end }: Place): boolean | null {
  const line = lineBefore(text.slice(Math.max(0, start - looksBack), start));
  if (ownName.test(text.slice(start, end))) return true;
  // Packed text within a header of a mail.
  if (/\?[BQ]\?$/i.test(line)) return false;
  // The last part of a name says what it is: `tokenHash` is a hash.
  const before = line.replaceAll(/([a-z])(?=[A-Z])/g, '$1_');
  const last = [...before.matchAll(keyNames)].at(-1);
  if (last !== undefined) {
    const behind = before.slice(last.index + last[0].length);
    const name = field.exec(before)?.groups?.['name'];
    const isOwn = name !== undefined && !isHolder.test(name) && field.test(`${last[0]}${behind}`);
    if (isOwn || !another.test(behind)) return last.groups?.['secret'] !== undefined;
  }
  const after = lineAfter(text.slice(end, end + looksOn));
  const next = [...after.matchAll(keyNames)][0];
  if (next === undefined || isApart.test(after.slice(0, next.index))) return null;
  return next.groups?.['secret'] !== undefined;
}

/** The line up to a place; where nothing stands before it, the line above with it. */
function lineBefore(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const isSpoken = /^[ \t>]{0,4}(?:\[?[\d:, -]{4,20}\]? )?[\p{L} ]{1,20}: ?$/u.test(line) && !hasKeyName.test(line);
  if (line === text || (!isSpoken && !/^(?:[^\p{L}\p{N}]|\b(?:default|value|content|text)\b)*$/iu.test(line)))
    return line;
  const above = text.slice(0, -line.length - 1 || undefined).trimEnd();
  return `${above.slice(above.lastIndexOf('\n') + 1)}${line}`;
}

/** What stands behind a place in its line; where nothing does, the line below. */
function lineAfter(text: string): string {
  const [line = '', below = ''] = text.split('\n', 2);
  return /[\p{L}\p{N}]/u.test(line) ? line.replace(/^[.~-]+/, '') : below;
}
