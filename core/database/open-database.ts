import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { keepToOwner, stamp, syncToDisk } from '../file-care.ts';
import { DamageError, isDamage, LostLogError, OlderFileError } from '../queries.ts';
import { type DamageReport, type SoundButBehind, whatWas, writeReport } from './damage-report.ts';
import { copiesOf, finishSwap, latestCopy, makeOwnFile } from './file-places.ts';
import { type FileState, lookAtFile, lookInside } from './look-at-file.ts';
import { lacksNewest, whatItsIndexKnows } from './lost-log.ts';
import { bringUpToDate, migrate } from './migrate.ts';
import { type Migration, migrations } from './migrations.ts';
import { mayNotMove, openReadOnly, type ReadOnlyCause, whyNotWritten, whyReadOnly } from './read-only.ts';
import { changesOf, logBelongs, openUntouched } from './row-sources.ts';
import { salvage } from './salvage.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Set when the file was damaged: what was saved of it, and where it is kept. */
  readonly damaged: DamageReport | null;
  /** Set when chats can be read and nothing new can be stored. */
  readonly readOnly: ReadOnlyCause | null;
  /** Whether the process that had it open before died. */
  readonly wasLeftOpen: boolean;
}

export interface OpenDatabaseOptions {
  readonly now?: () => Date;
  readonly migrations?: readonly Migration[];
  /** False for a process that does not own the profile. */
  readonly mayWrite?: boolean;
  /** The file is known to be damaged, although a look at it may not show that. */
  readonly isDamaged?: boolean;
}

/**
 * Opens the database and brings it to the newest schema. All that can be read of a damaged file is read over into a fresh
 * one, and the damaged file is kept. Where nothing can be written, the chats are opened for reading alone. Throws
 * `database/newer` and `database/no-permission`, and leaves such a file as it is.
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): OpenedDatabase {
  const now = (options.now ?? (() => new Date()))();
  const steps = options.migrations ?? migrations;
  // SQLite opens what is kept from changes, and a transaction that would write begins there as one that reads.
  if (options.mayWrite === false || (existsSync(path) && mayNotMove(path))) {
    const why = whyNotWritten(path) ?? 'not-writable';
    const repair = { path, steps, now, behind: null };
    return options.isDamaged ? readOverInMemory(repair, why) : forReading(repair, why);
  }
  let behind: SoundButBehind | null = null;
  try {
    finishSwap(path);
    const state = lookAtFile(path);
    if (!options.isDamaged) return sound(path, state, steps, now);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isDamage(error)) return readOnlyOr({ path, steps, now, behind }, error);
    behind = behindBy(error);
  }
  return repair({ path, steps, now, behind });
}

function sound(path: string, state: FileState, steps: readonly Migration[], now: Date): OpenedDatabase {
  if (state === 'none') makeOwnFile(path);
  keepToOwner(path);
  // A log that a death left behind may be another file's: SQLite would write it into this one.
  if (state === 'left-open') lookUntouched(path, steps);
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  try {
    // Whoever works with it brings what was committed onto the disk without waiting for it (LogSync).
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF');
    lookInside(database, steps);
    if (isBehindItsCopy(database, path)) throw new OlderFileError('it is older than its copy');
    bringUpToDate(database, path, steps, now);
    const known = whatItsIndexKnows(database, path);
    if (known === 'more') throw new LostLogError('its search index is newer');
    if (known === 'more-of-its-origin') throw new OlderFileError('the search index of its origin is newer');
    // SQLite opens what may not be written to, and says so at the first change.
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
    // From here on what a person deletes is overwritten, not only let go of.
    database.exec('PRAGMA secure_delete = ON');
    keepToOwner(path);
    return { database, damaged: null, readOnly: null, wasLeftOpen: state === 'left-open' };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A file whose log was lost is sound, and lacks what was stored last: a copy that saw more of it tells. */
function isBehindItsCopy(database: DatabaseSync, path: string): boolean {
  const copy = latestCopy(path);
  const theirs = copy === null ? null : changesOf(copy, 'without-log');
  if (theirs === null) return false;
  return Number(database.prepare('SELECT changes FROM search_source').get()?.['changes'] ?? 0) < theirs;
}

function lookUntouched(path: string, steps: readonly Migration[]): void {
  if (!logBelongs(path)) throw new DamageError("the log is another file's");
  const probe = openUntouched(path, 'with-log');
  try {
    lookInside(probe, steps);
  } finally {
    probe.close();
  }
}

function readOnlyOr(repair: Repair, error: unknown): OpenedDatabase {
  const cause = whyReadOnly(repair.path, error);
  if (cause === null || !existsSync(repair.path)) throw withDiskFull(error);
  return forReading(repair, cause);
}

/** Opens chats that cannot be written to, damaged or not: what is damaged is read over into memory. */
function forReading(repair: Repair, readOnly: ReadOnlyCause): OpenedDatabase {
  const { path, steps } = repair;
  try {
    return { database: openReadOnly(path, steps), damaged: null, readOnly, wasLeftOpen: false };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return readOverInMemory({ ...repair, behind: behindBy(error) }, readOnly);
  }
}

function behindBy(error: unknown): SoundButBehind | null {
  if (error instanceof OlderFileError) return 'older';
  return error instanceof LostLogError ? 'log' : null;
}

interface Repair {
  readonly path: string;
  readonly steps: readonly Migration[];
  readonly now: Date;
  /** Set where the file is sound, and what was stored last is not in it. */
  readonly behind: SoundButBehind | null;
}

/** Builds a sound file beside the damaged one, then lets them change places. */
function repair(repair: Repair): OpenedDatabase {
  const { path, steps, now } = repair;
  const draft = `${path}.salvaging`;
  const asideFile = `${path}.damaged-${stamp(now)}`;
  rmSync(draft, { force: true });
  let report: DamageReport;
  try {
    makeOwnFile(draft);
    const target = new DatabaseSync(draft);
    try {
      report = fill(target, asideFile, repair);
    } finally {
      target.close();
    }
    syncToDisk(draft);
    renameSync(draft, `${path}.salvaged-${stamp(now)}`);
    finishSwap(path);
  } catch (error) {
    rmSync(draft, { force: true });
    return repairInMemory(repair, error);
  }
  return { ...sound(path, 'closed', steps, now), damaged: report };
}

function fill(target: DatabaseSync, asideFile: string, { path, steps, now, behind }: Repair): DamageReport {
  // It is written once and synced as a whole: no other process looks at it before.
  target.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  for (const step of steps) migrate(target, step);
  const [was, lacking] = [whatWas(path, behind), lacksNewest(path)];
  const saved = salvage(path, target, copiesOf(path));
  const certain = saved.certain && behind === null && !lacking;
  const report = { ...saved, certain, was, asideFile, restored: saved.copyMadeAt !== null, stored: true };
  if (steps === migrations) writeReport(target, report, now);
  return report;
}

/** On a full disk the damaged file stays where it is, and what can be read of it is shown. */
function repairInMemory(repair: Repair, error: unknown): OpenedDatabase {
  const cause = whyReadOnly(repair.path, error);
  if (cause === null) throw error;
  return readOverInMemory(repair, cause);
}

function readOverInMemory(repair: Repair, readOnly: ReadOnlyCause): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  const report = { ...fill(database, repair.path, repair), stored: false };
  database.exec('PRAGMA query_only = ON');
  return { database, damaged: report, readOnly, wasLeftOpen: false };
}
