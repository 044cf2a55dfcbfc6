import type { BrowserWindow } from 'electron';

/** Deaths of a page within this time after which it is not loaded again by itself. */
const windowMs = 60_000;
const limit = 6;

/** Loads a page again when its process died; drafts are the page's to restore, runs go on in core. */
export function watchPages(window: BrowserWindow, onGone: (how: string) => void): void {
  const deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    onGone(details.reason);
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    deaths.push(now);
    while ((deaths[0] ?? now) < now - windowMs) deaths.shift();
    if (deaths.length <= limit) setImmediate(() => !window.isDestroyed() && window.webContents.reload());
  });
  window.webContents.on('unresponsive', () => onGone('unresponsive'));
}
