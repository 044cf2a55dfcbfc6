/** Controls and what has no width (zero-width spaces, marks of byte order and direction, soft hyphens): pasted along, never meant. */
const unseen = /\p{Cf}|\p{Cc}|\u034F|[\u115F\u1160\u3164\uFFA0]|\p{Variation_Selector}/gu;
const quotes = '"\'`´“”„‟‘’‚‛«»‹›「」『』〈〉《》【】〔〕＂＇｀';

/** What a Chinese keyboard writes for the keys of an address, and forms of full width. */
const otherForms: Readonly<Record<string, string>> = {
  '。': '.',
  '｡': '.',
  '、': '/',
  '､': '/',
  '·': '.',
  '﹕': ':',
  '∶': ':',
};

/** Line ends and tabs become spaces, everything else unseen goes. */
export function withoutUnseen(text: string): string {
  return text.replaceAll(/[\t\r\n\u2028\u2029]+/g, ' ').replaceAll(unseen, '');
}

/** Text without pairs of quotes and spaces around it. */
export function withoutQuotes(text: string): string {
  const around = new RegExp(`^[\\s${quotes}]+|[\\s${quotes}]+$`, 'gu');
  return text.replaceAll(around, '');
}

/**
 * An address as it was meant: what came along when it was pasted, what a keyboard of another language wrote, and the
 * sentence around it are taken off. What is no address then is still none.
 */
export function mendAddress(typed: string): string {
  const plain = withoutUnseen(typed)
    .replaceAll(/[\u{FF01}-\u{FF5E}]/gu, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll(/[。｡、､·﹕∶]/g, (character) => otherForms[character] ?? character)
    .replaceAll('\\', '/')
    .replaceAll(/\s*([:/])\s*/g, '$1')
    .replace(/[?#].*$/s, '');
  return (
    withoutEnds(plain)
      // Said twice when it is pasted behind what stood there already.
      .replace(/^(?:https?:\/*)+(?=https?:\/)/i, '')
      .replace(/^(https?)(?::\/*|\/{2,})/i, '$1://')
      .replace(/^\/\/+/, '')
  );
}

function withoutEnds(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = withoutQuotes(rest)
      .replace(/^[<({]/, '')
      .replace(/[>),;!}.:/]+$/, '')
      // A pair of brackets may be IPv6's own; one alone is not.
      .replace(/^\[([^\]]*)$/, '$1')
      .replace(/^([^[]*)\]+$/, '$1');
  }
  return rest;
}
