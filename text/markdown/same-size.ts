import { attention } from 'micromark-core-commonmark';
import type { Event, Resolver, Token } from 'micromark-util-types';

/** A run that can still begin a format, and how many of its marks are left for that. */
interface Opener {
  readonly token: Token;
  readonly mark: string;
  left: number;
}

/**
 * Pairs runs of marks as CommonMark does, but one mark with one and two with two only: `**q; int*` is a text of programs, not
 * a slanted `q; int` behind an asterisk. Three are both.
 */
export const resolveSameSize: Resolver = (events, context) => {
  const openers: Opener[] = [];
  for (const [kind, token] of events as Event[]) {
    if (kind !== 'enter' || token.type !== 'attentionSequence') continue;
    const mark = context.sliceSerialize(token).charAt(0);
    const left = token._close === true ? close(openers, token, mark) : sizeOf(token);
    if (token._open === true && left > 0) openers.push({ token, mark, left });
  }
  return attention.resolveAll?.(events, context) ?? events;
};

function sizeOf({ start, end }: Token): number {
  return end.offset - start.offset;
}

/** Answers how many of the run's marks close nothing. */
function close(openers: Opener[], token: Token, mark: string): number {
  let left = sizeOf(token);
  while (left > 0) {
    const at = openers.findLastIndex((opener) => opener.mark === mark && fits(opener.left, left));
    const opener = openers[at];
    if (opener === undefined) break;
    // What lies between, of another size, begins nothing.
    for (const other of openers.splice(at + 1)) if (other.mark === mark) other.token._open = false;
    const used = Math.min(opener.left, left, 2);
    opener.left -= used;
    left -= used;
    if (opener.left === 0) openers.pop();
  }
  if (left === sizeOf(token)) token._close = false;
  return left;
}

function fits(one: number, other: number): boolean {
  return one === other || one === 3 || other === 3;
}
