import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { readSettings, type Settings } from '../../contract/settings.ts';
import { type UnreadServer, unreadServers } from '../../contract/settings-faults.ts';
import { parseSettings } from '../../contract/settings-text.ts';
import { readPlainText } from '../plain-files.ts';
import type { Host, Lingering } from '../ports.ts';
import { isOfEnvironment, keyFor } from './environment-keys.ts';

/** A host whose settings file somebody else may change while no command is there. */
export interface CliHost extends Host {
  /** Takes over what the file says now. */
  readAgain(): void;
}

/**
 * The cli as core's host while the app is closed: it reads the app's settings file and, when a command changes a setting,
 * writes it whole and renames it into place. Keys come from the environment or live as long as the command.
 */
export function createCliHost(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
  lingering?: () => Lingering,
): CliHost {
  const path = join(profile, 'settings.json');
  const listeners = new Set<(settings: Settings) => void>();
  const secrets = new Map<string, string>();
  let value = read(path);
  const take = (next: Settings) => {
    value = next;
    for (const listener of [...listeners]) listener(next);
  };
  return {
    face: 'cli',
    settings: () => value,
    onSettings: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    changeSettings: async (patch) => {
      const changes = Object.fromEntries(Object.entries(patch).filter(([, change]) => change !== undefined));
      const next = { ...value, ...changes };
      write(path, next);
      take(next);
      return next;
    },
    keepSecret: async (name, secret) => {
      if (isOfEnvironment(secret, env)) return 'environment';
      secrets.set(name, secret);
      return 'until-quit';
    },
    readSecret: async (name) => secrets.get(name) ?? keyFor(name, value.servers, env),
    forgetSecret: async (name) => void secrets.delete(name),
    stepAside: async () => {},
    finishOverlay: async () => {},
    toggleOverlay: async () => {
      throw new AppError('app/not-connected', 'the app is not running');
    },
    writeClipboard: async () => false,
    openFile: showsNothing,
    describe: async () => null,
    unreadServers: () => faults(path),
    readAgain: () => {
      const now = read(path);
      if (JSON.stringify(now) !== JSON.stringify(value)) take(now);
    },
    ...(lingering === undefined ? {} : { lingering }),
  };
}

/** A file that is there and cannot be read may have held something back. */
function read(path: string): Settings {
  try {
    return readSettings(parseSettings(readPlainText(path))).settings;
  } catch {
    return readSettings(existsSync(path) ? null : {}).settings;
  }
}

/** Asked anew each time: whoever corrects the file wants to see that it is right. */
function faults(path: string): readonly UnreadServer[] {
  try {
    return unreadServers(parseSettings(readPlainText(path)));
  } catch {
    return [];
  }
}

function write(path: string, settings: Settings): void {
  const draft = `${path}.new`;
  try {
    keepUnreadable(path);
    writeFileSync(draft, JSON.stringify(settings, null, '\t'), { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    throw new AppError('settings/not-saved', String(error), { action: 'free-space' }, error);
  }
}

/** A file that cannot be read is copied aside before it is replaced. */
function keepUnreadable(path: string): void {
  let text: string;
  try {
    text = readPlainText(path);
  } catch {
    return;
  }
  try {
    if (readSettings(parseSettings(text)).badKeys.length === 0) return;
  } catch {
    // Not JSON at all.
  }
  copyFileSync(path, path.replace(/\.json$/, `.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`));
}

async function showsNothing(): Promise<never> {
  throw new AppError('file/no-viewer', 'nothing is shown from a terminal');
}
