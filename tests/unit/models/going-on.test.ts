import { describe, expect, it } from 'vitest';
import { Continuation, waysToGoOn } from '../../../models/openai-compatible/going-on.ts';
import { input } from '../../support/language-model-suite.ts';

const before = 'The tide turns at noon, and the ferry';

function goOn(answerSoFar: string | undefined, pieces: readonly string[]): string {
  const continuation = new Continuation(answerSoFar);
  return [...pieces.map((piece) => continuation.push(piece)), continuation.end()].join('');
}

describe('what follows an answer that was broken off', () => {
  it.each([
    ['goes on after a space that is left out', ['leaves', ' late.'], ' leaves late.'],
    ['goes on with its own space', [' leaves', ' late.'], ' leaves late.'],
    ['goes on with a sign', [', then', ' rests.'], ', then rests.'],
    ['begins with the same words and goes its own way', ['The ', 'crew waits.'], ' The crew waits.'],
    ['is as short as a word of the beginning', ['The'], ' The'],
    ['begins again', ['The tide turns at', ' noon, and the ferry leaves.'], ' leaves.'],
    ['begins again and gets no further', ['The tide turns at noon, and'], ''],
    ['is nothing', [], ''],
    [
      'begins again and goes on without a space',
      ['The tide turns at noon, and the ferry', ', late,', ' leaves.'],
      ', late, leaves.',
    ],
  ])('%s', (_, pieces, rest) => {
    expect(goOn(before, pieces)).toBe(rest);
  });

  it('is written as it comes in Chinese, after white space, and where nothing was before', () => {
    expect(goOn('正午', ['转向。'])).toBe('转向。');
    expect(goOn('好', ['好学习'])).toBe('好学习');
    expect(goOn('Read **', ['Bold**'])).toBe('Bold**');
    expect(goOn('one\n', ['\n  two'])).toBe('  two');
    expect(goOn(undefined, [' one', ' two'])).toBe(' one two');
  });
});

describe('the ways to go on', () => {
  it('leave the answer open on this machine and the local network alone', () => {
    const broken = input('Hello', { answerSoFar: 'One' });
    expect(waysToGoOn('http://127.0.0.1:8080/v1', broken)).toEqual(['open', 'asked']);
    expect(waysToGoOn('https://api.example.com/v1', broken)).toEqual(['asked']);
    expect(waysToGoOn('http://127.0.0.1:8080/v1', input('Hello'))).toEqual(['asked']);
  });
});
