import { describe, expect, it, vi } from 'vitest';
import { preloadAnswersAtFirstUse } from '../../../renderer/answer/late-parts.ts';

function key(name: string): Event {
  return Object.assign(new Event('keydown'), { key: name });
}

describe('what draws answers', () => {
  it('is not loaded by the hotkey that calls the page and by what sends it away', () => {
    const page = new EventTarget();
    const load = vi.fn();
    preloadAnswersAtFirstUse(page, load);
    for (const name of ['Control', 'Shift', 'Alt', 'Meta', 'Escape']) page.dispatchEvent(key(name));
    expect(load).not.toHaveBeenCalled();
  });

  it.each([
    ['a letter', key('a')],
    ['Enter', key('Enter')],
    ['a sign of an input method', key('Process')],
    ['a click', new Event('pointerdown')],
    ['a file', new Event('drop')],
  ])('is loaded once at the first use of the page, such as %s', (_what, event) => {
    const page = new EventTarget();
    const load = vi.fn();
    preloadAnswersAtFirstUse(page, load);
    page.dispatchEvent(event);
    page.dispatchEvent(key('b'));
    expect(load).toHaveBeenCalledTimes(1);
  });
});
