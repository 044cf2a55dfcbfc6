import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedMiddle } from '../../../desktop/atspi/changed-middle.ts';

describe('the part of a text that is written anew', () => {
  it.each([
    ['one twoo three', 'one two three', 'o', ''],
    ['渡轮停开', '渡轮已停开', '', '已'],
    ['same', 'same', '', ''],
    ['aaa', 'aa', 'a', ''],
    ['', 'new', '', 'new'],
  ])('of %j and %j is what differs', (before, after, old, fresh) => {
    expect(changedMiddle(before, after)).toMatchObject({ before: old, after: fresh });
  });

  it('never begins or ends inside a character as a person sees it', () => {
    expect(changedMiddle('cafe\u0301', 'cafe\u0300')).toMatchObject({ before: 'e\u0301', after: 'e\u0300' });
    expect(changedMiddle('a👍🏽 b', 'a👍🏿 b')).toMatchObject({ head: 1, tail: 2 });
  });

  it('gives the new text with what stays around it, and counts the same in every way', () => {
    const character = fc.constantFrom('a', 'b', ' ', '潮', '👍', '\u0301', '\u200D');
    const text = fc.array(character, { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const middle = changedMiddle(before, after);
        const [head, tail] = [after.slice(0, middle.head), after.slice(after.length - middle.tail)];
        const whole = head + middle.after + tail === after;
        const old = before.slice(0, middle.head) + middle.before + before.slice(before.length - middle.tail) === before;
        return whole && old && [...head].length === middle.head && [...tail].length === middle.tail;
      }),
      { numRuns: 1000 },
    );
  });
});
