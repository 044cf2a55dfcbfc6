import { describe, expect, it } from 'vitest';
import { continueFrom } from '../../../core/prompts/continue-from.ts';
import { Continuation, type WayToGoOn, waysToGoOn } from '../../../models/openai-compatible/going-on.ts';
import { input } from '../../support/language-model-suite.ts';

const request = 'Go on.';
const before = 'The tide turns at noon, and the ferry';

function goOn(
  text: string | undefined,
  pieces: readonly string[],
  { way = 'asked', spaceAfter }: { readonly way?: WayToGoOn; readonly spaceAfter?: boolean | undefined } = {},
): string {
  const space = spaceAfter === undefined ? {} : { spaceAfter };
  const hints = text === undefined ? {} : { continueFrom: { text, request, ...space } };
  const continuation = new Continuation({ hints }, way);
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

  // Numbers, addresses and times came apart: "3. 14", "10: 30", "example. com".
  it.each([
    ['Pi is 3.', '14', 'Pi is 3.14'],
    ['It costs 1,', '200', 'It costs 1,200'],
    ['It begins at 10:', '30', 'It begins at 10:30'],
    ['He said "', 'Hello', 'He said "Hello'],
    ['He said "No."', 'Then', 'He said "No." Then'],
    ['It rained.', 'Then', 'It rained. Then'],
  ])('joins as the signs tell where nobody knows whether a space was there: %j', (answer, rest, whole) => {
    expect(answer + goOn(answer, [rest])).toBe(whole);
  });

  it.each([
    ['Write to example.', 'co', 'com', 'Write to example.com'],
    ['It was in 2024.', ' 20', '2025 was dry.', 'It was in 2024. 2025 was dry.'],
    ['- one\n-', ' tw', 'two', '- one\n- two'],
    ['It leaves at noon', ' ', 'each day.', 'It leaves at noon each day.'],
  ])('joins as it stood before the half word was taken away: %j', (answer, halfWord, rest, whole) => {
    const spaceAfter = continueFrom(answer + halfWord, answer).continueFrom?.spaceAfter;
    for (const way of ['open', 'asked'] as const)
      expect(answer + goOn(answer, [rest], { way, spaceAfter })).toBe(whole);
  });

  it('is taken as it is where the answer is left open', () => {
    expect(goOn('It rained.', ['Then'], { way: 'open' })).toBe('Then');
    expect(goOn('It rained.', [' Then'], { way: 'open' })).toBe(' Then');
  });

  it.each([
    [['The tide turns at noon,'], true],
    [[before], true],
    [[before, ' leaves.'], false],
    [['The'], false],
    [[' \n'], false],
    [[], false],
  ])('is known to say nothing new: %j', (pieces, onlyRepeated) => {
    const continuation = new Continuation({ hints: { continueFrom: { text: before, request } } }, 'asked');
    for (const piece of pieces) continuation.push(piece);
    continuation.end();
    expect(continuation.onlyRepeated).toBe(onlyRepeated);
  });
});

describe('the ways to go on', () => {
  it('leave the answer open on this machine and the local network alone', () => {
    const broken = input('Hello', { hints: { continueFrom: { text: 'One', request } } });
    expect(waysToGoOn('http://127.0.0.1:8080/v1', broken)).toEqual(['open', 'asked']);
    expect(waysToGoOn('https://api.example.com/v1', broken)).toEqual(['asked']);
    expect(waysToGoOn('http://127.0.0.1:8080/v1', input('Hello'))).toEqual(['asked']);
  });
});
