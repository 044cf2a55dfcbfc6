import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Folders of a profile in which files are opened by name. */
const folders = ['.', 'logs', 'backups', 'atoms', 'clips'];
/** What SQLite opens beside its databases, and those of them that can be made anew: nothing but a file is of use there. */
const filesAlone = /^(beckon\.db-(wal|shm|journal)|(beckon-search\.db|core\.lock|start\.lock)(-(wal|shm|journal))?)$/;
/**
 * These stay where they are. What lies in the place of the chats is kept under a name that tells, and chats are looked for
 * elsewhere; rules that cannot be read forbid all, and without their file nothing would be forbidden. Both are looked at first.
 */
const lookedAtFirst: readonly string[] = ['beckon.db', 'rules.json'];

/**
 * Moves out of the way what would be waited for without end when it is opened, as a pipe is, or would keep a database closed.
 * Throws what the file system throws.
 */
export function setAsideOddFiles(profile: string): void {
  for (const folder of folders.map((name) => join(profile, name)))
    for (const name of namesIn(folder)) {
      const isOfDatabase = folder === join(profile, '.') && filesAlone.test(name);
      if (isOfDatabase) setAsideUnlessFile(join(folder, name));
      else if (!lookedAtFirst.includes(name) && neverEnds(join(folder, name))) setAside(join(folder, name));
    }
}

/**
 * The text of a file of the profile before that was opened, or while others may change it: a pipe is not waited for, and what
 * never ends is not read. Throws what the file system throws, and for what is no file.
 */
export function readPlainText(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${basename(path)} is not a file`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Moves what is no file out of the place of one, a link wherever it leads; what is not there is left. */
export function setAsideUnlessFile(path: string): void {
  const found = lstatOrNull(path);
  if (found !== null && !found.isFile()) setAside(path);
}

/** Moves what is no file out of the place of a database, and of what SQLite opens beside it. */
export function setAsideUnlessFiles(path: string, suffixes = ['', '-wal', '-shm', '-journal']): void {
  for (const suffix of suffixes) setAsideUnlessFile(path + suffix);
}

const mark = '-aside-';

function setAside(path: string): void {
  if (basename(path).includes(mark)) return;
  renameSync(path, join(dirname(path), `${basename(path)}${mark}${Date.now()}`));
}

/** A pipe or a device, or a link to one. */
function neverEnds(path: string): boolean {
  const found = targetOrNull(path);
  return found !== null && (found.isFIFO() || found.isCharacterDevice() || found.isBlockDevice());
}

function targetOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function lstatOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Plain files and folders, nearly all there is, need no further look. */
function namesIn(folder: string): string[] {
  if (targetOrNull(folder)?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isFile())
    .map(({ name }) => name);
}
