import { constants, statSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that is this user's alone, as the system makes it; null for any other, which others could read or change. */
export function ownFolder(folder: string | undefined): string | null {
  const stats = folder ? statSync(folder, { throwIfNoEntry: false }) : undefined;
  const isOwn = stats?.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0;
  return folder && isOwn ? folder : null;
}

/** Files that processes which are gone have left in a folder: their names begin with `prefix` and the process's number. */
export async function leftPaths(folder: string | null, prefix: string): Promise<readonly string[]> {
  if (folder === null) return [];
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix));
  const running = await Promise.all(names.map((name) => isRunning(Number.parseInt(name.slice(prefix.length), 10))));
  return names.filter((_, index) => running[index] === false).map((name) => join(folder, name));
}

/** A process that was killed is one until its parent has taken note of it. */
async function isRunning(processId: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${processId}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

export interface OwnFile {
  readonly content: unknown;
  /** When it was written last. */
  readonly at: number;
}

/** The JSON of a regular file of this user that nobody else may read or write; null for anything else. */
export async function readOwnFile(path: string, limitBytes: number): Promise<OwnFile | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { uid, mode, mtimeMs, size } = await file.stat();
      const isOwn =
        uid === process.getuid?.() && (mode & constants.S_IFMT) === constants.S_IFREG && (mode & 0o077) === 0;
      if (!isOwn || size > limitBytes) return null;
      return { content: JSON.parse(await file.readFile('utf8')), at: mtimeMs };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
