import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LateFocus } from '../../../main/windows/late-focus.ts';

describe('the focus that waits for selected text', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is taken as soon as the text was looked for, and once', () => {
    const focus = vi.fn();
    const late = new LateFocus(focus);
    late.begin();
    vi.advanceTimersByTime(20);
    expect(focus).not.toHaveBeenCalled();
    late.end();
    late.end();
    vi.advanceTimersByTime(1000);
    expect(focus).toHaveBeenCalledTimes(1);
  });

  it('is taken after a quarter of a second when an application hangs, or when nothing is looked for', () => {
    const focus = vi.fn();
    new LateFocus(focus).begin();
    vi.advanceTimersByTime(100);
    expect(focus).toHaveBeenCalledTimes(1);
  });

  it('is not taken by a window that was hidden meanwhile, nor by one that was not shown', () => {
    const focus = vi.fn();
    const late = new LateFocus(focus);
    late.end();
    late.begin();
    late.dispose();
    late.end();
    vi.advanceTimersByTime(1000);
    expect(focus).not.toHaveBeenCalled();
  });
});
