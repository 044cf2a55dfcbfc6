import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BlurWatch } from '../../../main/windows/blur-watch.ts';

describe('a window that may have been left', () => {
  let isPressed: boolean;
  let isInside: boolean;
  let told: string[];
  let watch: BlurWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    [isPressed, isInside, told] = [false, false, []];
    watch = new BlurWatch({
      pressed: async () => isPressed,
      pointerIsInside: () => isInside,
      onLeft: () => told.push('left'),
      onCame: () => told.push('came'),
    });
  });
  afterEach(() => {
    watch.dispose();
    vi.useRealTimers();
  });
  const pass = () => vi.advanceTimersByTimeAsync(1000);

  it('was left when the focus went, and was not when it came back before anybody knew', async () => {
    watch.begin('blur');
    watch.focusCame();
    await pass();
    expect(told).toEqual([]);
    watch.begin('blur');
    await pass();
    expect(told).toEqual(['left']);
  });

  it('was left by a click beside it, though the focus that it got as it was shown is told of after it: it stayed', async () => {
    watch.begin('click');
    watch.focusCame();
    await pass();
    expect(told).toEqual(['left']);
  });

  it('was left by a click, also when the click takes the focus, and gives it back', async () => {
    watch.begin('click');
    watch.begin('blur');
    watch.focusCame();
    await pass();
    expect(told).toEqual(['left']);
  });

  it('was not left by a click that began a drag which ends in it', async () => {
    isPressed = true;
    watch.begin('click');
    await pass();
    expect(told).toEqual([]);
    [isPressed, isInside] = [false, true];
    await pass();
    expect(told).toEqual(['came']);
    watch.begin('blur');
    watch.focusCame();
    await pass();
    expect(told).toEqual(['came']);
  });

  it('is no longer asked about once it is hidden', async () => {
    watch.begin('click');
    watch.dispose();
    await pass();
    expect(told).toEqual([]);
  });
});
