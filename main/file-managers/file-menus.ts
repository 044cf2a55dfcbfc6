import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startedProgram } from '../shell/desktop-entry.ts';
import { menuFiles } from './menu-files.ts';

export interface FileMenus {
  /** Where the person's own data lies (`~/.local/share`); null on a system whose file managers are told otherwise. */
  readonly dataFolder: string | null;
  /** The command that starts Beckon, each part as its own word. */
  readonly command: readonly string[];
  /** A name of the icon theme, or a whole path. */
  readonly icon: string;
}

const entry = 'applications/beckon-ask.desktop';

/** Has the file managers of this person offer “Ask Beckon”, or not any more. */
export function setFileMenus(on: boolean, { dataFolder, command, icon }: FileMenus): void {
  if (dataFolder === null) return;
  for (const { path, text, runs } of menuFiles(command, icon)) {
    const place = join(dataFolder, path);
    if (!on) rmSync(place, { force: true });
    else {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text, { mode: runs ? 0o700 : 0o600 });
    }
  }
}

/** Mends entries whose program is gone, since Beckon was moved. Those that start another Beckon stay. */
export function mendFileMenus(menus: FileMenus): void {
  if (menus.dataFolder === null) return;
  try {
    const program = startedProgram(readFileSync(join(menus.dataFolder, entry), 'utf8'));
    if (program !== null && !existsSync(program)) setFileMenus(true, menus);
  } catch {
    // There are none.
  }
}

/** Whether a package that lies on this system brought them for everybody. */
export function areMenusInstalled(program: string, dataFolders: readonly string[]): boolean {
  return dataFolders.some((folder) => {
    try {
      return startedProgram(readFileSync(join(folder, entry), 'utf8')) === program;
    } catch {
      return false;
    }
  });
}
