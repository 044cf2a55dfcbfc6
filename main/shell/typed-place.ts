import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';

/** A file, or a folder to choose files in. */
export interface TypedPlace {
  readonly kind: 'file' | 'folder';
  readonly path: string;
}

/**
 * Where a path leads that a person typed, in part perhaps: the file or folder of that name, else the nearest folder above it.
 * `~` is `home`. Null for what is no whole path.
 */
export async function typedPlace(typed: string, home: string): Promise<TypedPlace | null> {
  const whole = /^~(?=[\\/]|$)/.test(typed) ? join(home, typed.slice(1)) : typed;
  if (!isAbsolute(whole) || whole.includes('\0')) return null;
  const path = normalize(whole);
  const kind = await kindOf(path);
  if (kind !== null) return { kind, path };
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((await kindOf(folder)) === 'folder') return { kind: 'folder', path: folder };
    if (folder === dirname(folder)) return null;
  }
}

/** The folder that was given, where nothing else was; its files are chosen from its list. */
export async function onlyFolder(paths: readonly string[]): Promise<string | null> {
  const [path] = paths;
  return paths.length === 1 && path !== undefined && (await kindOf(path)) === 'folder' ? path : null;
}

/** Null for what is not there, and for pipes and devices. */
async function kindOf(path: string): Promise<TypedPlace['kind'] | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  return found?.isFile() ? 'file' : null;
}
