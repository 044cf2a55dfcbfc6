import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { desktopEntry, startedProgram } from '../shell/desktop-entry.ts';

export interface LoginLaunch {
  readonly platform: NodeJS.Platform;
  readonly configFolder: string;
  /** The command that starts Beckon, each part as its own word. */
  readonly command: readonly string[];
}

/** Starts Beckon with the session, or not. On Linux Electron's own call does nothing: an autostart entry does. */
export function setLaunchAtLogin(on: boolean, { platform, configFolder, command }: LoginLaunch): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on });
    return;
  }
  const folder = join(configFolder, 'autostart');
  const file = join(folder, 'beckon.desktop');
  if (!on) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, desktopEntry(command));
}

/**
 * Mends an autostart entry whose program is gone: Beckon was moved, or installed as a package since. An entry that was
 * removed, or that starts another Beckon which is still there, stays as the person has it.
 */
export function mendLaunchAtLogin(launch: LoginLaunch): void {
  if (launch.platform !== 'linux') return;
  try {
    const entry = readFileSync(join(launch.configFolder, 'autostart', 'beckon.desktop'), 'utf8');
    const program = startedProgram(entry);
    if (program !== null && !existsSync(program)) setLaunchAtLogin(true, launch);
  } catch {
    // There is none.
  }
}
