import type { BrowserWindow } from 'electron';

/** Resolves when a window gets the keyboard; after a limit in milliseconds where it has it, or is not told of it. */
export function untilFocused(window: BrowserWindow, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(limit);
      window.off('focus', end);
      resolve();
    };
    const limit = setTimeout(end, limitMs);
    window.once('focus', end);
  });
}
