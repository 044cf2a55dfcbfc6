import type { GenerationHints } from '../../contract/engine.ts';
import { prompts } from './prompts.ts';

/** What is longer is no word: it stays as it is. In UTF-16 units. */
const longestWord = 200;

/**
 * The part of a broken off answer that is gone on from. Its last word may be half a word, which a model goes on with
 * badly, so it is written anew; so is the space before it, which belongs to that word.
 */
export function wholeWordsOf(text: string): string {
  const tail = text.slice(-longestWord);
  const whole = tail.replace(/[\p{Script=Latin}\p{Number}'’-]+$/u, '').replace(/[ \t]+$/, '');
  return whole === '' && text.length > longestWord ? text : text.slice(0, text.length - tail.length) + whole;
}

/** What an answer is gone on from, as a model is told it; `before` is the whole words of what was `written`. */
export function continueFrom(written: string, before: string): Pick<GenerationHints, 'continueFrom'> {
  if (before === '') return {};
  const anew = written.slice(before.length);
  const spaceAfter = anew === '' ? {} : { spaceAfter: /^\s/.test(anew) };
  return { continueFrom: { text: before, request: prompts.continue.en, ...spaceAfter } };
}
