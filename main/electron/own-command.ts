import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { areMenusInstalled, type FileMenus } from '../file-managers/file-menus.ts';

/**
 * The command that starts this Beckon, each part as its own word. An AppImage runs from a folder that is gone when it ends; its
 * own file is what can be started again.
 */
export function ownCommand(): readonly string[] {
  const packaged = process.env['APPIMAGE'] || process.execPath;
  const command = app.isPackaged ? [packaged] : [process.execPath, app.getAppPath()];
  return process.argv.includes('--no-sandbox') ? [...command, '--no-sandbox'] : command;
}

/** What the menus of file managers of this person start. */
export function fileMenus(): FileMenus {
  const own = process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  const icon = join(app.getAppPath(), 'main', 'assets', 'icons', '48.png');
  return {
    dataFolder: process.platform === 'linux' ? own : null,
    command: ownCommand(),
    // A packaged app has its icon in the theme, or none.
    icon: app.isPackaged ? 'beckon' : icon,
  };
}

/** Whether “Ask Beckon” is a person's own to turn on here, or came with the package. */
export function fileMenuState(): 'own' | 'installed' | 'elsewhere' {
  if (process.platform !== 'linux') return 'elsewhere';
  const shared = (process.env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':');
  return app.isPackaged && areMenusInstalled(process.execPath, shared) ? 'installed' : 'own';
}
