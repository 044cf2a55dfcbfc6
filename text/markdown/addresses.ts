/** From where to where in a text, the end not in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Addresses: of ASCII and of letters of scripts that have spaces. What follows at once in Chinese, Japanese, Korean or Thai
 * is no part of one.
 */
const addressLetter =
  "(?:[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()+,;=%]|(?![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}])[\\p{L}\\p{M}])";
const address = new RegExp(`(?<![A-Za-z0-9])(?:https?://|www\\.)(?=[\\p{L}\\p{N}\\[])${addressLetter}+`, 'giu');
const mail =
  /(?<![A-Za-z0-9.+_\-@/])[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z0-9_-])/g;

/** Web and mail addresses that stand in a text as they are, from the first to the last. */
export function findAddresses(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index, 0: whole } of text.matchAll(address)) {
    const end = index + trimAddress(whole).length;
    if (end - index > 7 || /^www\.\p{L}/iu.test(whole)) found.push({ start: index, end });
  }
  if (!text.includes('@')) return found;
  const isFree = ({ start, end }: Span) => !found.some((other) => start < other.end && other.start < end);
  const mails = [...text.matchAll(mail)].map(({ index, 0: whole }) => ({ start: index, end: index + whole.length }));
  return [...found, ...mails.filter(isFree)].sort((one, other) => one.start - other.start);
}

/** Marks at its end belong to the sentence, and so does a bracket that was opened before it. */
function trimAddress(whole: string): string {
  let end = whole.length;
  for (;;) {
    const last = whole[end - 1] ?? '';
    const opening = { ')': '(', ']': '[' }[last];
    if (opening === undefined ? !/[?!.,:_~;'&]/.test(last) : isBalanced(whole.slice(0, end), opening, last)) break;
    end -= 1;
  }
  return whole.slice(0, end);
}

function isBalanced(text: string, opening: string, closing: string): boolean {
  return text.split(opening).length >= text.split(closing).length;
}
