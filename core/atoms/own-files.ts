import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { atomFileLimitBytes, type OpenedAtom, type SavedAtom } from '../../contract/atom-edit.ts';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { look } from './look.ts';
import { readAtomFile } from './read-atom-file.ts';
import type { Versions } from './versions.ts';

/** The person's own actions as files: read for an editor, written whole or not at all, never over what somebody else wrote. */
export class OwnFiles {
  readonly #folder: string;
  readonly #versions: Versions;
  readonly #whoHas: (id: string) => string | null;

  /** `whoHas` names the own file that an id is of, or what comes with Beckon: nothing is put in the place of that unseen. */
  constructor(folder: string, versions: Versions, whoHas: (id: string) => string | null) {
    this.#folder = folder;
    this.#versions = versions;
    this.#whoHas = whoHas;
  }

  /** Throws `action/not-found`, `action/not-a-file` and `action/file-too-large`. */
  open(file: string): OpenedAtom {
    const found = this.#read(file);
    if (found === null) throw new AppError('action/not-found', `no file ${file}`);
    return found;
  }

  /**
   * Writes a file that the reader takes. With a `basis` it is written over that text alone, of which it is the hash; what is
   * replaced becomes a version. Throws `action/broken-file`, `action/same-id`, `action/not-saved`, `disk/full`, and what
   * `open` throws.
   */
  save(file: string | null, text: string, basis: string | null): SavedAtom {
    const { id } = readAtomFile(text, file ?? 'action.json');
    const other = this.#whoHas(id);
    if (other !== null && other !== file)
      throw new AppError('action/same-id', id, { values: { file: file ?? `${id}.json`, other } });
    const there = file === null ? null : this.#read(file);
    const isChanged = file !== null && basis !== null && there?.hash !== basis;
    if (isChanged) return { status: 'changed', there };
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      if (there !== null && file !== null && there.text !== text) this.#versions.keep(file, there.text);
      const written = file === null ? this.#create(id, text) : this.#replace(file, text);
      return { status: 'saved', file: written, hash: hashOf(text) };
    } catch (error) {
      throw notSaved(error, file ?? `${id}.json`);
    }
  }

  /** Deletes a file, and keeps what was in it as a version. Throws what `open` and `save` throw. */
  remove(file: string): OpenedAtom {
    const there = this.open(file);
    try {
      this.#versions.keep(file, there.text);
      rmSync(join(this.#folder, file));
    } catch (error) {
      throw notSaved(error, file);
    }
    return there;
  }

  /** Null where there is none. */
  #read(file: string): OpenedAtom | null {
    if (!this.#names().includes(file)) return null;
    const path = join(this.#folder, file);
    const { refused } = look(path);
    if (refused === 'action/file-too-large')
      throw new AppError(refused, file, { values: { file, limitBytes: atomFileLimitBytes } });
    if (refused !== null) throw new AppError(refused, file, { values: { file } });
    try {
      const text = readFileSync(path, 'utf8');
      return { file, text, hash: hashOf(text) };
    } catch {
      throw new AppError('action/not-a-file', file, { values: { file } });
    }
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      return [];
    }
  }

  /** Names it by its id, and by a number where another file has that name: nothing is written over. */
  #create(id: string, text: string): string {
    const draft = this.#draft(this.#folder, text);
    try {
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? `${id}.json` : `${id}-${number}.json`;
        try {
          // Takes the name; the whole file comes into its place.
          closeSync(openSync(join(this.#folder, name), 'wx', 0o600));
          renameSync(draft, join(this.#folder, name));
          return name;
        } catch (error) {
          if ((error as { code?: unknown }).code !== 'EEXIST' || number > 1000) throw error;
        }
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** A link stays one: what it leads to is written. */
  #replace(file: string, text: string): string {
    const path = join(this.#folder, file);
    const target = this.#names().includes(file) ? realpathSync(path) : path;
    const draft = this.#draft(dirname(target), text);
    try {
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    return file;
  }

  /** On the disk before it takes another one's place. */
  #draft(folder: string, text: string): string {
    const draft = join(folder, `.${randomUUID()}.new`);
    const open = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(open, text);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    return draft;
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function notSaved(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  const known = withDiskFull(error);
  if (known instanceof AppError) return known;
  return new AppError('action/not-saved', String(error), { values: { file }, action: 'try-again' }, error);
}
