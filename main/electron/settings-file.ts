import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import Store from 'electron-store';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { readSettings, type Settings, type SettingsPatch } from '../../contract/settings.ts';
import { parseSettings } from '../../contract/settings-text.ts';

const fileName = 'settings.json';

/** The settings file. A file that cannot be read is set aside, never thrown away, and that is said. */
export class SettingsFile {
  readonly #store: Store<Record<string, unknown>>;
  readonly error: AppErrorShape | null;
  #value: Settings;

  constructor(profile: string, now: () => Date) {
    const read = readOrSetAside(join(profile, fileName), now());
    this.error = read.error;
    this.#value = read.settings;
    this.#store = new Store<Record<string, unknown>>({
      cwd: profile,
      name: 'settings',
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: true,
      configFileMode: 0o600,
    });
    // electron-store answers its folder to any page over a channel of its own; no page of ours has a use for that.
    ipcMain.removeAllListeners('electron-store-get-data');
    // A file that was set aside is gone at the next start, and what it held back with it.
    if (this.error?.code === 'settings/locked') this.#keepLock();
  }

  get value(): Settings {
    return this.#value;
  }

  #keepLock(): void {
    try {
      this.set({ offline: true });
    } catch {
      // It holds for as long as Beckon runs, and the next start reads the same file.
    }
  }

  /** Writes some settings; on a full disk the old ones stay in force and `settings/not-saved` is thrown. */
  set(patch: SettingsPatch): Settings {
    const next: Settings = { ...this.#value, ...withoutUndefined(patch) };
    try {
      this.#store.store = { ...next };
    } catch (error) {
      throw new AppError('settings/not-saved', String(error), { action: 'free-space' }, error);
    }
    this.#value = next;
    return next;
  }
}

function withoutUndefined(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function readOrSetAside(path: string, now: Date): { settings: Settings; error: AppErrorShape | null } {
  if (!existsSync(path)) return { settings: readSettings({}).settings, error: null };
  const aside = path.replace(/\.json$/, `.broken-${now.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  let raw: unknown;
  try {
    raw = parseSettings(readFileSync(path, 'utf8'));
  } catch (error) {
    renameSync(path, aside);
    return { settings: readSettings(null).settings, error: broken(aside, error, true) };
  }
  const { settings, badKeys, isLocked } = readSettings(raw);
  if (badKeys.length === 0) return { settings, error: null };
  if (badKeys.includes('*')) renameSync(path, aside);
  else copyFileSync(path, aside);
  return { settings, error: broken(aside, `bad keys: ${badKeys.join(', ')}`, isLocked) };
}

function broken(aside: string, cause: unknown, isLocked: boolean): AppErrorShape {
  const code = isLocked ? 'settings/locked' : 'settings/broken-file';
  return toErrorShape(new AppError(code, String(cause), { values: { file: aside } }));
}
