/** A value in the text of a JSON document: where it begins and ends. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The line, from 1, of what stands at a path in the text of a JSON document that can be read: of its key, or of the place in
 * a list. Where the path leads to nothing, the line of the last of it that is there.
 */
export function lineOfPath(text: string, path: readonly string[]): number {
  let at = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  let line = lineAt(text, at);
  for (const name of path) {
    const found = memberOf(text, at, name);
    if (found === null) break;
    line = lineAt(text, found.at);
    at = found.value;
  }
  return line;
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** Where a member of an object or a list is named, and where its value begins; of several with a name the last one counts. */
function memberOf(text: string, from: number, name: string): { readonly at: number; readonly value: number } | null {
  const isObject = text[from] === '{';
  if (!isObject && text[from] !== '[') return null;
  let found: { readonly at: number; readonly value: number } | null = null;
  let at = skipSpace(text, from + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index += 1) {
    const key = isObject ? endOf(text, at) : null;
    const value = key === null ? at : skipSpace(text, skipSpace(text, key.end) + 1);
    const isIt = key === null ? String(index) === name : JSON.parse(text.slice(key.start, key.end)) === name;
    if (isIt) found = { at, value };
    at = skipSpace(text, endOf(text, value).end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

/** The whole of a value that begins at a place. */
function endOf(text: string, start: number): Span {
  let depth = 0;
  let at = start;
  do {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else {
      if (sign === '{' || sign === '[') depth += 1;
      if (sign === '}' || sign === ']') depth -= 1;
      at += 1;
    }
    // A number or a word ends before what cannot be in it.
    if (depth === 0 && (sign === '"' || sign === '}' || sign === ']' || /[\s,}\]]/.test(text[at] ?? ' '))) break;
  } while (at < text.length);
  return { start, end: at };
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  return at;
}
