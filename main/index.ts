import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { prepareApp } from './electron/hardening.ts';
import { Shell } from './electron/shell.ts';
import { createPaths } from './paths.ts';

const paths = createPaths({
  app: app.getAppPath(),
  resources: app.isPackaged ? process.resourcesPath : null,
  home: homedir(),
  platform: process.platform,
  env: process.env,
});

mkdirSync(paths.profile, { recursive: true, mode: 0o700 });
app.setPath('userData', paths.profile);
app.setPath('sessionData', join(paths.profile, 'chromium'));
app.setName('Beckon');

if (app.requestSingleInstanceLock()) {
  prepareApp();
  const shell = new Shell(paths);
  // A second start means "come": the person pressed the icon instead of the hotkey.
  app.on('second-instance', () => shell.toggleOverlay());
  app.on('window-all-closed', () => {});
  app.on('activate', () => shell.showOverlay());
  void app.whenReady().then(() => shell.start());
} else {
  app.quit();
}
