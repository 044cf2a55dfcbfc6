import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

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

/** A desktop entry; words are quoted as its specification asks (quotes, backslash, dollar, backtick, percent). */
export function desktopEntry(command: readonly string[]): string {
  const quoted = command.map(
    (word) =>
      `"${word
        .replaceAll(/[\\"`$]/g, '\\$&')
        .replaceAll('\\', '\\\\')
        .replaceAll('%', '%%')}"`,
  );
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Beckon',
    `Exec=${quoted.join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    'NoDisplay=true',
    '',
  ].join('\n');
}
