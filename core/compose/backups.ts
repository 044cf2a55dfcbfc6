import type { BackupProgress } from '../../contract/backup.ts';
import { AppError } from '../../contract/errors.ts';
import type { backupsRoutes } from '../../contract/routes/backups.ts';
import type { Handlers } from '../../wire/server.ts';
import { StateSource } from '../../wire/state-source.ts';
import { commitRestore, forgetRestore, stageRestore } from '../backup/restore.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { checkRestored } from '../database/check-restored.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** Pages are told so often, in milliseconds. */
const toldEveryMs = 100;

/** All that is the person's in one file, and back. */
export function composeBackups({ folders, version, store }: CoreBase) {
  const { profile } = folders;
  const state = new StateSource<{ readonly running: BackupProgress | null }>({ running: null });
  let current: AbortController | null = null;
  store.add({ dispose: () => current?.abort() });

  /** Runs one backup or restore at a time; gives null when it was cancelled. */
  async function running<Value>(
    work: (onProgress: (progress: BackupProgress) => void, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value | null> {
    if (current !== null) throw new AppError('export/running', 'one is being written');
    const own = new AbortController();
    current = own;
    let toldAt = 0;
    const onProgress = (progress: BackupProgress) => {
      if (Date.now() - toldAt < toldEveryMs) return;
      toldAt = Date.now();
      state.update({ running: progress });
    };
    try {
      state.update({ running: { done: 0, total: 1 } });
      return await work(onProgress, own.signal);
    } catch (error) {
      if (own.signal.aborted) return null;
      throw error;
    } finally {
      current = null;
      state.update({ running: null });
    }
  }

  const handlers: Handlers<typeof backupsRoutes> = {
    requests: {
      'backup.write': ({ path }) =>
        running((onProgress, signal) =>
          writeBackup({ profile, to: path, version, now: Date.now(), onProgress, signal }),
        ),
      'backup.stage': ({ path }) =>
        running((onProgress, signal) =>
          stageRestore({ profile, from: path, now: new Date(), checkDatabase: checkRestored, onProgress, signal }),
        ),
      'backup.commit': () => ({ keptIn: commitRestore(profile, new Date()) }),
      'backup.forget': () => nothing(forgetRestore(profile)),
      'backup.cancel': () => nothing(current?.abort()),
    },
    streams: {},
    states: { backingUp: state },
  };
  return { handlers };
}
