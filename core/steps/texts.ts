import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { sentencesOf } from '../../text/sentences.ts';
import { mostItems, requireItems, takeItems } from './room.ts';

type StepNamed<Name extends PlainStep['do']> = Extract<PlainStep, { readonly do: Name }>;

/** Words of a title that stay small within it. */
const smallWords = new Set(
  'a an and as at but by for from in into nor of off on onto or over per the to up via with'.split(' '),
);
const words = new Intl.Segmenter('en', { granularity: 'word' });
const closing = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]$/u;
const opening = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

export function toCase(text: string, to: StepNamed<'case'>['to']): string {
  switch (to) {
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'title':
      return toTitle(text);
    case 'sentence':
      // Looks back from a letter: from the white space before it, each of its characters would be a beginning.
      return text.toLowerCase().replace(/\p{Ll}(?<=(?:^|[.!?]\s+|\n\s*)\p{Ll})/gu, (letter) => letter.toUpperCase());
  }
}

/** The first word and every other one but small ones begin with a capital; what is written in capitals stays. */
function toTitle(text: string): string {
  let isFirst = true;
  const pieces = [...words.segment(text)].map(({ segment, isWordLike }) => {
    if (isWordLike !== true) {
      isFirst ||= /[\n.:!?]/.test(segment);
      return segment;
    }
    const small = !isFirst && smallWords.has(segment.toLowerCase());
    isFirst = false;
    if (small) return segment.toLowerCase();
    return segment.charAt(0).toUpperCase() + segment.slice(1);
  });
  return pieces.join('');
}

/** `plainOf` reads Markdown as the page does, and answers its text. */
export function clean(text: string, what: StepNamed<'clean'>['what'], plainOf: (markdown: string) => string): string {
  let cleaned = text.replace(/\r\n?/g, '\n');
  if (what.includes('marks')) cleaned = plainOf(cleaned);
  if (what.includes('spaces'))
    cleaned = cleaned
      .replace(/[ \t\u00a0]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim();
  if (what.includes('wraps'))
    cleaned = cleaned
      .split(/\n[ \t]*\n/)
      .map(unwrap)
      .join('\n\n');
  if (what.includes('blank-lines')) cleaned = cleaned.replace(/\n(?:[ \t]*\n)+/g, '\n').replace(/^\n+|\n+$/g, '');
  return cleaned;
}

/** Lines of one paragraph as one: a hyphen at a line's end joins its word, Chinese lines have no space between them. */
function unwrap(paragraph: string): string {
  const lines = paragraph.split('\n').map((line) => line.trim());
  let joined = '';
  for (const line of lines) {
    if (joined === '' || line === '') joined += line;
    else if (/^(?:[-*+•]|\d{1,3}[.)])\s/.test(line)) joined += `\n${line}`;
    else if (/\p{Ll}-$/u.test(joined.slice(-3)) && /^\p{Ll}/u.test(line)) joined = joined.slice(0, -1) + line;
    else joined += closing.test(joined.slice(-2)) && opening.test(line) ? line : ` ${line}`;
  }
  return joined;
}

export function split(text: string, at: StepNamed<'split'>['at'], language: 'en' | 'zh-CN'): readonly string[] {
  const pieces =
    at === 'sentences'
      ? takeItems(sentencesOf(text, language)).map((sentence) => sentence.text)
      : text.split(at === 'lines' ? /\r\n?|\n/ : /(?:\r\n?|\n)[ \t]*(?:(?:\r\n?|\n)[ \t]*)+/, mostSplit);
  requireItems(pieces.length);
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** One more than there may be, which is found too many. */
const mostSplit = mostItems + 1;

const found = {
  // Begins where a word does: from every letter of a long one it would look as far again.
  emails: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{2,63}){1,6}/gu,
  links: /\bhttps?:\/\/[^\s<>"'，。；、）】》」]{1,2000}/gi,
  numbers: /[-−]?(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+)(?:\.\d+)?%?/g,
} as const;

export function extract(text: string, what: StepNamed<'extract'>['what']): readonly string[] {
  const matches = takeItems(text.matchAll(found[what])).map(([match]) => match);
  // A full stop or a bracket after an address belongs to the sentence.
  return what === 'links' ? matches.map((link) => link.replace(/[.,;:!?)\]]+$/, '')) : matches;
}

/** Throws `step/not-json`. Numbers too long for a number of JavaScript are kept as they are written. */
export function formatJson(text: string, style: StepNamed<'json'>['style']): string {
  try {
    return JSON.stringify(JSON.parse(text, keepNumber), null, style === 'pretty' ? 2 : undefined);
  } catch {
    throw new AppError('step/not-json', 'not JSON');
  }
}

/** Keeps a number as it is written, where it would be changed by reading it. */
function keepNumber(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return (JSON as JSON & { rawJSON(text: string): unknown }).rawJSON(source);
}
