import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GrowingStore } from '../../../core/answers/growing-store.ts';

describe('what is stored as it grows', () => {
  let text: string;
  let stored: string[];
  let fails: boolean;
  let store: GrowingStore<string>;

  beforeEach(() => {
    vi.useFakeTimers();
    [text, stored, fails] = ['', [], false];
    store = new GrowingStore(
      (patch) => {
        if (fails) throw new Error('database or disk is full');
        stored.push(patch);
      },
      () => text,
    );
  });
  afterEach(() => vi.useRealTimers());

  function write(more: string): void {
    text += more;
    store.soon();
  }

  it('is written four times a second at most, with all there is by then', () => {
    for (const word of ['one ', 'two ', 'three ']) write(word);
    vi.advanceTimersByTime(249);
    expect(stored).toEqual([]);
    write('four ');
    vi.advanceTimersByTime(1);
    write('five');
    vi.advanceTimersByTime(250);
    expect(stored).toEqual(['one two three four ', 'one two three four five']);
  });

  it('is written at its end at once, and never behind that: an old half took the place of the whole', () => {
    write('one ');
    expect(store.end('one two.')).toBeNull();
    vi.advanceTimersByTime(1000);
    expect(stored).toEqual(['one two.']);
  });

  it('goes on growing on a full disk, which its end tells', () => {
    fails = true;
    write('one ');
    expect(() => vi.advanceTimersByTime(250)).not.toThrow();
    expect(store.end('one two.')).toMatchObject({ message: 'database or disk is full' });
  });
});
