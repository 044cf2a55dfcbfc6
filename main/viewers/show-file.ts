import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../contract/errors.ts';
import type { Opened, ViewerPlace } from '../../contract/passage.ts';
import { entryPaths, type MenuEntry, readMenuEntry } from './menu-entry.ts';
import { openBySystem } from './open-by-system.ts';
import { commandAtPlace, type ViewerCommand } from './viewer-command.ts';

export interface ShowFileOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** Opens a file by what the system has for it, elsewhere than on Linux; answers why not, or nothing. */
  readonly openPath: (path: string) => Promise<string>;
}

const askMs = 3000;
const run = promisify(execFile);
/** A page is told to what shows PDFs, a line to what writes texts, a cell to what has workbooks of that kind. */
const typeOf = { page: 'application/pdf', line: 'text/plain' } as const;
/** A table of plain text has no sheets that it could be opened at. */
const workbooks: Readonly<Record<string, string>> = {
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
  '.xls': 'application/vnd.ms-excel',
};

/**
 * Shows a file in the viewer that the system has for it, at a place where that viewer is known to take one. Nothing goes
 * through a shell. Throws `file/no-viewer`.
 */
export async function showFile(path: string, place: ViewerPlace | null, options: ShowFileOptions): Promise<Opened> {
  const entry =
    place === null || options.platform !== 'linux' ? null : await viewerOf(typeFor(path, place), options.environment);
  const command = place === null || entry === null ? null : commandAtPlace(entry.words, path, place);
  if (command !== null && (await starts(command, options.environment)))
    return { how: 'at-place', viewer: entry?.name ?? null };
  const isLinux = options.platform === 'linux';
  const refused = await (isLinux ? openBySystem(path, options.environment) : options.openPath(path));
  if (refused !== '') throw new AppError('file/no-viewer', refused, { values: { file: basename(path) } });
  return { how: 'opened', viewer: null };
}

function typeFor(path: string, { unit }: ViewerPlace): string | null {
  return unit === 'cell' ? (workbooks[extname(path).toLowerCase()] ?? null) : typeOf[unit];
}

/** The application that the person, or the system, has for a type of file; null where that cannot be told. */
async function viewerOf(type: string | null, environment: NodeJS.ProcessEnv): Promise<MenuEntry | null> {
  if (type === null) return null;
  try {
    const asked = await run('xdg-mime', ['query', 'default', type], { env: environment, timeout: askMs });
    for (const path of entryPaths(asked.stdout.trim(), dataFolders(environment))) {
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text !== null) return readMenuEntry(text);
    }
  } catch {
    // A system without that command still opens files.
  }
  return null;
}

function dataFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const own = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  const shared = environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share';
  return [own, ...shared.split(':')].filter((folder) => folder.startsWith('/'));
}

/** Starts a program that outlives Beckon; false where it is not there. */
function starts({ program, args }: ViewerCommand, environment: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
