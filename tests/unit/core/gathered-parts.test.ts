import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunPart } from '../../../contract/run.ts';
import { GatheredParts } from '../../../core/answers/gathered-parts.ts';

const text = (words: string): RunPart => ({ type: 'text-delta', text: words });
const thought = (words: string): RunPart => ({ type: 'thinking-delta', text: words });
const end: RunPart = { type: 'run-finished', state: 'complete', error: null, receipt: null, canGoOn: false };

describe('parts of an answer on their way to a window', () => {
  const abort = new AbortController();

  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  it('give the first word at once, and the next ones together', async () => {
    const parts = new GatheredParts([]);
    parts.push(text('One '));
    expect(await parts.next(abort.signal)).toEqual(text('One '));
    const next = parts.next(abort.signal);
    for (const word of ['two ', 'three ', 'four']) parts.push(text(word));
    await vi.advanceTimersByTimeAsync(59);
    parts.push(text('.'));
    await vi.advanceTimersByTimeAsync(1);
    expect(await next).toEqual(text('two three four.'));
  });

  it('end at once, with every word before the end and in order', async () => {
    const parts = new GatheredParts([text('One ')]);
    expect(await parts.next(abort.signal)).toEqual(text('One '));
    const next = parts.next(abort.signal);
    parts.push(text('two.'));
    await vi.advanceTimersByTimeAsync(5);
    parts.push(end);
    expect(await next).toEqual(text('two.'));
    expect(await parts.next(abort.signal)).toEqual(end);
  });

  it('are few in a flood of thoughts, and the end waits behind one: it came after each thought had gone by itself', async () => {
    const parts = new GatheredParts([thought('0')]);
    expect(await parts.next(abort.signal)).toEqual(thought('0'));
    const next = parts.next(abort.signal);
    for (let count = 1; count < 1000; count += 1) parts.push(thought(','));
    parts.push(text('One'));
    parts.push(end);
    expect(await next).toEqual(thought(','.repeat(999)));
    expect(await parts.next(abort.signal)).toEqual(text('One'));
    expect(await parts.next(abort.signal)).toEqual(end);
  });

  it('let a window go that leaves while nothing comes', async () => {
    const leaving = new AbortController();
    const next = new GatheredParts([]).next(leaving.signal);
    leaving.abort();
    expect(await next).toBeNull();
  });
});
