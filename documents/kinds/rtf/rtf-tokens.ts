/** A piece of a rich text (RTF 1.9.1): the beginning or end of a group, a control word or sign, bytes of text. */
export type RtfToken =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'word'; readonly word: string; readonly value: number | null }
  | { readonly type: 'bytes'; readonly bytes: readonly number[] };

const longestWord = 40;

/** The pieces of a rich text, in order. Pictures that are in it as bytes are passed over. */
export function* rtfTokens(source: Buffer): Generator<RtfToken> {
  let at = 0;
  let bytes: number[] = [];
  const flush = function* (): Generator<RtfToken> {
    if (bytes.length > 0) yield { type: 'bytes', bytes };
    bytes = [];
  };
  while (at < source.length) {
    const byte = source[at] ?? 0;
    at += 1;
    if (byte === 0x7b || byte === 0x7d) {
      yield* flush();
      yield byte === 0x7b ? { type: 'open' } : { type: 'close' };
    } else if (byte === 0x5c) {
      const next = source[at] ?? 0;
      if (next === 0x27) {
        const code = Number.parseInt(source.toString('latin1', at + 1, at + 3), 16);
        if (Number.isInteger(code)) bytes.push(code);
        at += 3;
      } else if (isLetter(next)) {
        yield* flush();
        const { word, value, end } = controlWord(source, at);
        at = word === 'bin' ? end + Math.max(0, value ?? 0) : end;
        yield { type: 'word', word, value };
      } else {
        yield* flush();
        at += 1;
        yield { type: 'word', word: String.fromCharCode(next), value: null };
      }
    } else if (byte !== 0x0a && byte !== 0x0d && byte !== 0) bytes.push(byte);
    if (bytes.length > 4096) yield* flush();
  }
  yield* flush();
}

function controlWord(
  source: Buffer,
  from: number,
): { readonly word: string; readonly value: number | null; readonly end: number } {
  let at = from;
  while (at < source.length && at - from < longestWord && isLetter(source[at] ?? 0)) at += 1;
  const word = source.toString('latin1', from, at);
  const number = /^-?\d{1,10}/.exec(source.toString('latin1', at, at + 11))?.[0] ?? '';
  at += number.length;
  // One space ends a word and is no text.
  if (source[at] === 0x20) at += 1;
  return { word, value: number === '' ? null : Number(number), end: at };
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}
