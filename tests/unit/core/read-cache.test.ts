import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadCache } from '../../../core/files/read-cache.ts';
import type { ReadFile } from '../../../core/files/read-file.ts';

const file = (characters: number): ReadFile => ({
  ...({ name: 'a.txt', kind: 'text', bytes: 1, text: 'x'.repeat(characters), notes: [] } as const),
  positions: { unit: 'line', read: 1, total: 1, sections: [] },
  extent: { unit: 'line', read: 1, total: 1 },
});

describe('what was read of documents', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is forgotten some time after its last use', () => {
    const cache = new ReadCache(1000);
    cache.put('a', file(1));
    vi.advanceTimersByTime(900);
    expect(cache.get('a')).not.toBeNull();
    vi.advanceTimersByTime(900);
    expect(cache.get('a')).not.toBeNull();
    vi.advanceTimersByTime(1001);
    expect(cache.get('a')).toBeNull();
  });

  it('makes room for what was used later', () => {
    const cache = new ReadCache();
    cache.put('a', file(15_000_000));
    cache.put('b', file(15_000_000));
    cache.get('a');
    cache.put('c', file(15_000_000));
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== null)).toEqual([true, false, true]);
    cache.dispose();
  });
});
