import { basename } from 'node:path';
import { app } from 'electron';
import type { CoreRelay } from '../core/core-relay.ts';
import type { ShellParts } from '../shell/handlers.ts';
import type { Words } from '../shell/words.ts';
import type { Dialogs } from './dialogs.ts';

export interface BackupsParts {
  readonly relay: CoreRelay;
  readonly dialogs: Dialogs;
  readonly words: () => Words;
}

/** Backups: where one goes, which is restored and that it is, is said in main's own dialogs. */
export function createBackups({ relay, dialogs, words }: BackupsParts): ShellParts['backups'] {
  return {
    save: async () => {
      const path = await dialogs.chooseBackupPlace(`Beckon ${new Date().toISOString().slice(0, 10)}.beckon`);
      if (path === null) return null;
      const contents = await relay.ask('backup.write', { path });
      return contents === null ? null : { fileName: basename(path), ...contents };
    },
    restore: async () => {
      const path = await dialogs.pickBackup();
      const contents = path === null ? null : await relay.ask('backup.stage', { path });
      if (contents === null) return false;
      if (!(await dialogs.agreeToRestore(words().restore(contents)))) {
        await relay.ask('backup.forget', {});
        return false;
      }
      await relay.ask('backup.commit', {});
      // The next Beckon puts it in its place before it opens anything.
      app.relaunch();
      app.quit();
      return true;
    },
  };
}
