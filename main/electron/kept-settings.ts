import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import type { ShellState } from '../../contract/shell.ts';
import { StateSource } from '../../wire/state-source.ts';
import { mendFileMenus, setFileMenus } from '../file-managers/file-menus.ts';
import { withProof } from '../shell/shell-state.ts';
import { type LoginLaunch, mendLaunchAtLogin, setLaunchAtLogin } from './launch-at-login.ts';
import type { Look } from './look.ts';
import { fileMenus, ownCommand } from './own-command.ts';
import type { SettingsFile } from './settings-file.ts';
import { isWayland } from './system-keys.ts';

/** The settings as they are in the file, and everything of main that follows them. */
export class KeptSettings {
  readonly state: StateSource<Settings>;
  readonly #file: SettingsFile;
  readonly #shell: StateSource<ShellState>;
  readonly #look: Look;

  constructor(file: SettingsFile, shell: StateSource<ShellState>, look: Look) {
    this.state = new StateSource(file.value);
    this.#file = file;
    this.#shell = shell;
    this.#look = look;
    if (file.value.launchAtLogin) mendLaunchAtLogin(loginLaunch());
    if (file.value.fileMenus) mendFileMenus(fileMenus());
  }

  get value(): Settings {
    return this.#file.value;
  }

  /** Why the file could not be read; null when it could. */
  get error(): AppErrorShape | null {
    return this.#file.error;
  }

  change(patch: SettingsPatch): Settings {
    const before = this.#file.value;
    const next = this.#file.set(patch);
    this.state.update(next);
    this.#look.apply(next);
    const { hotkey, overlay } = this.#shell.value;
    this.#shell.update({
      firstRun: !next.firstRunDone,
      hotkey: withProof(hotkey, next, isWayland()),
      overlay: overlay.pinned === next.pinned ? overlay : { ...overlay, pinned: next.pinned },
    });
    if (before.launchAtLogin !== next.launchAtLogin) setLaunchAtLogin(next.launchAtLogin, loginLaunch());
    if (before.fileMenus !== next.fileMenus) setFileMenus(next.fileMenus, fileMenus());
    return next;
  }
}

function loginLaunch(): LoginLaunch {
  const configFolder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return { platform: process.platform, configFolder, command: ownCommand() };
}
