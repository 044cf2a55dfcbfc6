import { describe, expect, it } from 'vitest';
import { keycodeOf, parseAccelerator } from '../../../desktop/x11/accelerator-key.ts';
import { normaliseAccelerator, proposedAccelerators } from '../../../main/hotkey/accelerator.ts';

describe('a global key', () => {
  it.each([
    ['Control+Shift+Space', 0x20, 5],
    ['CommandOrControl+Alt+B', 0x62, 12],
    ['Super+Shift+Space', 0x20, 65],
    ['F9', 0xffc6, 0],
    ['Alt+F24', 0xffd5, 8],
    ['Control+;', 0x3b, 4],
    ['Control+Shift+Enter', 0xff0d, 5],
  ])('%s is its keysym and modifiers', (accelerator, keysym, modifiers) => {
    expect(parseAccelerator(accelerator)).toEqual({ keysym, modifiers });
  });

  it.each(['Command+Space', 'Control+Plus', 'Control+Nonsense', ''])('that is not known here is none: %s', (text) => {
    expect(parseAccelerator(text)).toBeNull();
  });

  it('is known here in the spelling of every one that is proposed', () => {
    for (const one of proposedAccelerators) expect(parseAccelerator(normaliseAccelerator(one) ?? '')).not.toBeNull();
  });

  it('is looked for in the first layout before the second, and never where it takes Shift', () => {
    // Russian first: its letters, then the Latin ones; the key of B has и in the first.
    const rows = [
      [0x6d6, 0x6f6, 0x66, 0x46],
      [0x6c9, 0x6e9, 0x62, 0x42],
      [0x62, 0x42],
      [0x31, 0x21],
    ];
    expect(keycodeOf(0x62, rows, 8)).toBe(10);
    expect(keycodeOf(0x66, rows, 8)).toBe(8);
    expect(keycodeOf(0x21, rows, 8)).toBeNull();
  });
});
