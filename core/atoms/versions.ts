import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AtomVersion, keptVersions } from '../../contract/atom-edit.ts';
import { AppError } from '../../contract/errors.ts';
import { isOwn } from '../own-folder.ts';
import { look } from './look.ts';

/** How many deleted actions keep their versions. */
const mostFiles = 200;

/** Former texts of the person's own actions: a folder a file, in which each is named by when it was replaced. */
export class Versions {
  readonly #folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  /** The newest first. */
  list(file: string): readonly AtomVersion[] {
    return this.#ids(file).map((id) => ({ id, at: Number(id) }));
  }

  /** Throws `action/not-found`. */
  read(file: string, id: string): string {
    const path = join(this.#folder, file, `${id}.json`);
    try {
      if (look(path).refused === null && isOwn(path, (stats) => stats.isFile())) return readFileSync(path, 'utf8');
    } catch {
      // It went meanwhile.
    }
    throw new AppError('action/not-found', `no version ${id} of ${file}`);
  }

  /** Keeps a text, and lets the oldest go. Throws what the file system throws. */
  keep(file: string, text: string): void {
    const ids = this.#ids(file);
    const [newest] = ids;
    if (newest !== undefined && this.#has(file, newest, text)) return;
    const folder = join(this.#folder, file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Two in one millisecond are two.
    const at = Math.max(this.#now(), Number(newest ?? 0) + 1);
    writeFileSync(join(folder, `${at}.json`), text, { mode: 0o600, flag: 'wx' });
    for (const old of ids.slice(keptVersions - 1)) rmSync(join(folder, `${old}.json`), { force: true });
    this.#letFilesGo(file);
  }

  /** Whether a text is what was kept of a file last. */
  isNewest(file: string, text: string): boolean {
    const [newest] = this.#ids(file);
    return newest !== undefined && this.#has(file, newest, text);
  }

  #has(file: string, id: string, text: string): boolean {
    try {
      return this.read(file, id) === text;
    } catch {
      return false;
    }
  }

  #ids(file: string): readonly string[] {
    return namesIn(join(this.#folder, file))
      .flatMap((name) => /^(\d{1,16})\.json$/.exec(name)?.[1] ?? [])
      .sort((one, other) => Number(other) - Number(one));
  }

  /** Lets versions of the files go that were touched longest ago, when there are too many. */
  #letFilesGo(kept: string): void {
    const files = namesIn(this.#folder).filter((name) => name.endsWith('.json') && name !== kept);
    if (files.length < mostFiles) return;
    const last = (file: string) => Number(this.#ids(file)[0] ?? 0);
    const oldest = files.toSorted((one, other) => last(other) - last(one)).slice(mostFiles - 1);
    for (const file of oldest) rmSync(join(this.#folder, file), { recursive: true, force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
