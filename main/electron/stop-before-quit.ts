import { app, globalShortcut } from 'electron';

/** Has `stop` end before the process does, once, and then `release` what main itself holds. */
export function stopBeforeQuit(stop: () => Promise<void>, release: () => void): void {
  let quitting = false;
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    quitting = true;
    void stop().finally(() => {
      release();
      globalShortcut.unregisterAll();
      app.exit(0);
    });
  });
}
