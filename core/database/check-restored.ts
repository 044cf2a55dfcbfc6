import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../contract/errors.ts';
import { isDamage } from '../queries.ts';
import { backupsOf } from './file-places.ts';
import { checkWhole, judgeFile, lookInside } from './look-at-file.ts';
import { bringUpToDate } from './migrate.ts';
import { migrations } from './migrations.ts';

/**
 * Checks a database that came out of a backup from its first page to its last, and brings it to this version before it is anybody's.
 * Throws `backup/damaged` with the name of that backup, and `database/newer`.
 */
export function checkRestored(path: string, file: string, now: Date): void {
  try {
    judgeFile(path);
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
    try {
      database.exec('PRAGMA trusted_schema = OFF');
      lookInside(database, migrations);
      checkWhole(database, 'integrity_check');
      bringUpToDate(database, path, migrations, now);
      checkWhole(database, 'integrity_check');
      database.exec('PRAGMA journal_mode = DELETE');
    } finally {
      database.close();
    }
    // The backup itself is what it was before.
    for (const copy of backupsOf(path)) rmSync(copy, { force: true });
  } catch (error) {
    if (error instanceof AppError || !isDamage(error)) throw error;
    throw new AppError('backup/damaged', String(error), { values: { file } }, error);
  }
}
