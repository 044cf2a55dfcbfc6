import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { languageOfTag, systemLanguage } from '../contract/system-language.ts';
import { createTranslator, sayError } from '../locales/translator.ts';
import { finishRestore } from './electron/finish-restore.ts';
import { prepareApp } from './electron/hardening.ts';
import { Shell } from './electron/shell.ts';
import { askedFiles, filesToHand, handedFiles } from './file-managers/asked-files.ts';
import { createPaths } from './paths.ts';
import { openProfileFolder } from './profile-folder.ts';
import { startPlace } from './shell/start-words.ts';

// Files that Chromium, the settings and core's processes make are this user's alone.
process.umask(0o077);
const paths = createPaths({
  app: app.getAppPath(),
  resources: app.isPackaged ? process.resourcesPath : null,
  home: homedir(),
  platform: process.platform,
  env: process.env,
});

const profileError = openProfileFolder(paths.profile, homedir());
if (profileError !== null) {
  // Nothing can be kept, so nothing is started; the sentence says what to do.
  const language = process.platform === 'linux' ? systemLanguage(process.env) : languageOfTag(app.getLocale());
  const sentence = sayError(createTranslator(language), profileError);
  process.stderr.write(`${sentence}\n`);
  app.whenReady().then(() => {
    dialog.showErrorBox('Beckon', sentence);
    app.exit(1);
  });
} else start();

function start(): void {
  app.setPath('userData', paths.profile);
  app.setPath('sessionData', join(paths.profile, 'chromium'));
  app.setName('Beckon');

  const files = askedFiles(process.argv);
  if (app.requestSingleInstanceLock(filesToHand(files))) {
    prepareApp();
    finishRestore(paths);
    const shell = new Shell(paths);
    // A second start means "come": the person pressed the icon instead of the hotkey, or a file manager names files.
    app.on('second-instance', (_event, words, _folder, handed) => shell.come(startPlace(words), handedFiles(handed)));
    app.on('window-all-closed', () => {});
    app.on('activate', () => shell.showOverlay());
    const started = app.whenReady().then(() => shell.start(startPlace(process.argv), files));
    // The Finder names each file by itself.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      void started.then(() => shell.come(null, [path]));
    });
  } else {
    app.quit();
  }
}
