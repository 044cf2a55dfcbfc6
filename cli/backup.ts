import { basename, resolve } from 'node:path';
import { type BackupContents, type BackupProgress, leftOutOfBackups } from '../contract/backup.ts';
import { AppError } from '../contract/errors.ts';
import { commitRestore, forgetRestore, isEmptyProfile, stageRestore } from '../core/backup/restore.ts';
import { writeBackup } from '../core/backup/write-backup.ts';
import { checkRestored } from '../core/database/check-restored.ts';
import { takeProfile } from '../core/open-core.ts';
import { putInPlace } from '../core/pending-restore.ts';
import { openFolders } from '../core/profile/folders.ts';
import { ownProfile } from '../core/profile/owner.ts';
import { coreVersion } from '../core/version.ts';
import { askLine, canAsk } from './ask-line.ts';
import { exitCodes } from './exit-codes.ts';
import { onInterrupt } from './interrupts.ts';
import type { BareInput } from './run-cli.ts';

/** `beckon backup FILE`: writes all that is the person's to one file; the app may run meanwhile. */
export async function backUp(input: BareInput): Promise<number> {
  const { env, terminal, words, args, json } = input;
  const { profile } = openFolders(env);
  const to = resolve(args[0] ?? '');
  // Who has the profile puts a restore in its place that was killed; where nobody has it, it is done now.
  ownProfile(profile)?.dispose();
  const running = new AbortController();
  const interrupts = onInterrupt(() => running.abort());
  try {
    const onProgress = showProgress(input);
    const work = { profile, to, version: coreVersion, now: Date.now(), onProgress, signal: running.signal };
    const contents = await writeBackup(work);
    terminal.status('');
    if (contents === null) {
      terminal.note(words.say('backup.stopped'));
      return exitCodes.stopped;
    }
    if (json) terminal.json({ file: to, ...contents, leftOut: leftOutOfBackups });
    else {
      terminal.line(words.say('backup.written', { file: basename(to), ...valuesOf(contents) }));
      terminal.line(words.say('backup.leftOut'));
    }
    return exitCodes.done;
  } finally {
    interrupts.dispose();
  }
}

/** `beckon restore FILE`: reads it whole, tells what is in it, asks, and puts it in the place of what is there. */
export async function restore(input: BareInput): Promise<number> {
  const { env, terminal, words, args, json, replace } = input;
  const folders = openFolders(env);
  const { profile } = folders;
  const from = resolve(args[0] ?? '');
  const owner = await takeProfile(folders);
  const running = new AbortController();
  const interrupts = onInterrupt(() => running.abort());
  try {
    if (!replace && !isEmptyProfile(profile))
      throw new AppError('backup/not-empty', profile, { values: { folder: profile } });
    const now = new Date();
    const contents = await stageRestore({
      profile,
      from,
      now,
      checkDatabase: checkRestored,
      onProgress: showProgress(input),
      signal: running.signal,
    });
    terminal.status('');
    if (!json) tell(input, contents);
    if (!(await agrees(input)) || running.signal.aborted) {
      forgetRestore(profile);
      terminal.note(words.say('backup.notRestored'));
      return exitCodes.failed;
    }
    commitRestore(profile, now);
    const kept = putInPlace(profile);
    if (json) terminal.json({ ...contents, leftOut: leftOutOfBackups, kept });
    else if (kept === null) terminal.line(words.say('backup.restoredAlone'));
    else terminal.line(words.say('backup.restored', { folder: kept }));
    return exitCodes.done;
  } catch (error) {
    if (!running.signal.aborted) throw error;
    terminal.status('');
    terminal.note(words.say('backup.notRestored'));
    return exitCodes.stopped;
  } finally {
    interrupts.dispose();
    owner.dispose();
  }
}

function tell({ terminal, words }: BareInput, contents: BackupContents): void {
  const { version, at } = contents;
  const when = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  terminal.line(words.say('backup.holds', { version: words.safe(version), when, ...valuesOf(contents) }));
  terminal.line(words.say(contents.hasSettings ? 'backup.bringsSettings' : 'backup.withoutSettings'));
  terminal.line(words.say('backup.leftOut'));
}

async function agrees({ terminal, words, yes }: BareInput): Promise<boolean> {
  if (yes !== null) return true;
  if (!canAsk(terminal)) {
    terminal.note(words.say('atoms.yesWanted'));
    return false;
  }
  return /^(?:y|yes|是|好)$/i.test(await askLine(terminal, words.say('backup.ask')));
}

function valuesOf({ chats, actions, receipts, bytes }: BackupContents) {
  return { chats, actions, receipts, megabytes: Math.max(0.1, Math.round(bytes / 1e5) / 10) };
}

function showProgress({ terminal, words }: BareInput): (progress: BackupProgress) => void {
  let shownAt = 0;
  return ({ done, total }) => {
    if (!terminal.isWatched || Date.now() - shownAt < 200) return;
    shownAt = Date.now();
    terminal.status(words.say('backup.progress', { percent: Math.floor((100 * done) / Math.max(1, total)) }));
  };
}
