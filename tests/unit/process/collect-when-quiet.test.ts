import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectWhenQuiet } from '../../../process/collect-when-quiet.ts';
import { ChannelEvents } from '../../../wire/channel.ts';

describe('a process that mostly sleeps', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('collects what its work left once, when nothing was said for a while, and again only after it was spoken to', () => {
    const channel = new ChannelEvents();
    const collect = vi.fn();
    const collecting = collectWhenQuiet(channel, collect);
    for (let said = 0; said < 10; said += 1) {
      vi.advanceTimersByTime(4000);
      channel.emitMessage('a question');
    }
    expect(collect).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(collect).toHaveBeenCalledTimes(1);
    channel.emitMessage('a question');
    vi.advanceTimersByTime(60_000);
    expect(collect).toHaveBeenCalledTimes(2);
    channel.emitMessage('the last question');
    collecting.dispose();
    vi.advanceTimersByTime(60_000);
    expect(collect).toHaveBeenCalledTimes(2);
  });

  it('is left to V8 where it was not started to collect', () => {
    expect(globalThis.gc).toBeUndefined();
    const channel = new ChannelEvents();
    const onMessage = vi.spyOn(channel, 'onMessage');
    collectWhenQuiet(channel).dispose();
    expect(onMessage).not.toHaveBeenCalled();
  });
});
