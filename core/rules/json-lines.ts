/**
 * The line in which the value of a path stands in a JSON text that parses, counted from 1; of a path that leads nowhere the line
 * of the last value on it that there is.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  let found = 0;
  let at = skipSpace(text, 0);
  for (const key of path) {
    const next = valueAt(text, at, key);
    if (next === null) break;
    found = next.keyAt;
    at = next.at;
  }
  return lineOfPosition(text, path.length === 0 ? at : found);
}

export function lineOfPosition(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

interface Found {
  readonly keyAt: number;
  readonly at: number;
}

/** Where a member or an item of the value begins that stands at an offset; null where there is none. */
function valueAt(text: string, start: number, key: PropertyKey): Found | null {
  const isList = text[start] === '[';
  if (!isList && text[start] !== '{') return null;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index += 1) {
    const keyAt = at;
    const name = isList ? index : JSON.parse(text.slice(at, skipValue(text, at)));
    if (!isList) at = skipSpace(text, skipSpace(text, skipValue(text, at)) + 1);
    if (name === key) return { keyAt, at };
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return null;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/[\s\uFEFF]/.test(text[at] ?? '')) at += 1;
  return at;
}

/** The offset behind a value. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const sign = text[at] ?? '';
    if (sign === '"') at = skipString(text, at) - 1;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (depth === 0) return skipScalar(text, at);
    at += 1;
  } while (depth > 0 && at < text.length);
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipScalar(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at += 1;
  return at;
}
