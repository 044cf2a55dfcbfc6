import { describe, expect, it } from 'vitest';
import { diffWords, withoutChanges } from '../../../core/put-back/word-diff.ts';

const before = 'The board meet on tuesday. 我们明天在见面。';
const after = 'The board met on Tuesday. 我们明天再见面。';

describe('what changed', () => {
  it('is told by words, Chinese ones too, each change with its number', () => {
    const changed = diffWords(before, after, 'en').filter(({ change }) => change !== null);
    expect(changed.map(({ kind, text, change }) => `${change} ${kind} ${text}`)).toEqual([
      '0 removed meet',
      '0 added met',
      '1 removed tuesday',
      '1 added Tuesday',
      '2 removed 在',
      '2 added 再',
    ]);
    expect(diffWords('Same.', ' Same.\n', 'en').some(({ change }) => change !== null)).toBe(false);
  });

  it('is the text before with all changes left out, the text after with none, and either in each place', () => {
    const pieces = diffWords(before, after, 'en');
    expect(withoutChanges(pieces, new Set([0, 1, 2]))).toBe(before);
    expect(withoutChanges(pieces, new Set())).toBe(after);
    expect(withoutChanges(pieces, new Set([1]))).toBe('The board met on tuesday. 我们明天再见面。');
    expect(withoutChanges(pieces, new Set([0, 2]))).toBe('The board meet on Tuesday. 我们明天在见面。');
  });

  it('of a word that only went or only came can be left out too', () => {
    const pieces = diffWords('one two three', 'two three four', 'en');
    expect(withoutChanges(pieces, new Set([0]))).toBe('one two three four');
    expect(withoutChanges(pieces, new Set([1]))).toBe('two three');
  });
});
