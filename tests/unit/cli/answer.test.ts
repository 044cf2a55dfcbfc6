import { describe, expect, it } from 'vitest';
import { WrittenText } from '../../../cli/answer.ts';

function write(...answers: readonly (readonly string[])[]): { out: string; text: string } {
  let out = '';
  const written = new WrittenText(
    (piece) => {
      out += piece;
    },
    () => {
      out += '\n[anew]\n';
    },
  );
  for (const answer of answers) {
    written.begin();
    for (const piece of answer) written.add(piece);
  }
  return { out, text: written.text };
}

describe('an answer that is made again because its core died', () => {
  it('is written once when it says the same', () => {
    expect(write(['Hello ', 'the'], ['Hel', 'lo the', ' sea.'])).toEqual({
      out: 'Hello the sea.',
      text: 'Hello the sea.',
    });
    expect(write([], ['Hi'])).toEqual({ out: 'Hi', text: 'Hi' });
    expect(write(['a'], [], ['a', 'b'], ['ab', 'c']).out).toBe('abc');
  });

  it('begins on a line of its own when it says something else, with nothing left out', () => {
    expect(write(['Hello ', 'the'], ['Hello a', ' sea.'])).toEqual({
      out: 'Hello the\n[anew]\nHello a sea.',
      text: 'Hello a sea.',
    });
    expect(write(['Hello'], ['Bye', ' now']).out).toBe('Hello\n[anew]\nBye now');
    expect(write(['Hello'], ['Hellish', ' now']).out).toBe('Hello\n[anew]\nHellish now');
  });
});
