import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaidWords } from '../../../contract/bridge.ts';
import { SaidNote, type SaidNoteOptions } from '../../../main/windows/said-note.ts';

type Window = ReturnType<SaidNoteOptions['registry']['createNote']>;

const words: SaidWords = { text: 'Replaced', keys: [['Ctrl', 'Z']], isDone: true, language: 'en', theme: 'light' };

/** A note whose windows say what is done to them. */
function noteWith() {
  const deeds: string[] = [];
  const ready: (() => void)[] = [];
  const bounds: { x?: number; y?: number; width?: number }[] = [];
  const createNote: SaidNoteOptions['registry']['createNote'] = (options) => {
    bounds.push(options);
    let isDestroyed = false;
    const fake = {
      once: (_: string, listener: () => void) => void ready.push(listener),
      isDestroyed: () => isDestroyed,
      showInactive: () => void deeds.push('shown without the keyboard'),
      show: () => void deeds.push('shown with the keyboard'),
      loadURL: async () => {},
      destroy: () => {
        isDestroyed = true;
        deeds.push('gone');
      },
    };
    return fake as unknown as Window;
  };
  const note = new SaidNote({ registry: { createNote }, box: () => ({ x: 280, y: 176, width: 720, height: 205 }) });
  return { note, deeds, ready, bounds };
}

describe('what is said where the box was', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('stands two seconds over the middle of where the box was, and never takes the keyboard', () => {
    const { note, deeds, ready, bounds } = noteWith();
    note.say(words);
    expect(deeds).toEqual([]);
    ready[0]?.();
    vi.advanceTimersByTime(1900);
    expect(deeds).toEqual(['shown without the keyboard']);
    vi.advanceTimersByTime(200);
    expect(deeds).toEqual(['shown without the keyboard', 'gone']);
    const { x = 0, y = 0, width = 0 } = bounds[0] ?? {};
    expect(Math.abs(x + width / 2 - 640)).toBeLessThan(1);
    expect(y).toBeGreaterThan(176);
  });

  it('stands longer where it is said to somebody who looks elsewhere', () => {
    const { note, deeds, ready } = noteWith();
    note.say({ ...words, isDone: false }, 5000);
    ready[0]?.();
    vi.advanceTimersByTime(4900);
    expect(deeds).toEqual(['shown without the keyboard']);
    vi.advanceTimersByTime(200);
    expect(deeds).toEqual(['shown without the keyboard', 'gone']);
  });

  it('is not said at all when its window comes too late', () => {
    const { note, deeds, ready } = noteWith();
    note.say(words);
    vi.advanceTimersByTime(3000);
    ready[0]?.();
    expect(deeds).toEqual(['gone']);
  });

  it('goes when something else is said, and when the box is called again', () => {
    const { note, deeds, ready } = noteWith();
    note.say(words);
    ready[0]?.();
    note.say({ ...words, text: 'Taken back' });
    expect(deeds).toEqual(['shown without the keyboard', 'gone']);
    // A window that is gone is not shown.
    ready[0]?.();
    note.dispose();
    ready[1]?.();
    vi.advanceTimersByTime(5000);
    expect(deeds).toEqual(['shown without the keyboard', 'gone', 'gone']);
  });
});
