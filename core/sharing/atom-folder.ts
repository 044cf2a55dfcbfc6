import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';

/** Names that Windows keeps for devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** What was removed or replaced lies here; no file in it is an action. */
const removedName = 'removed';

/** The folder of a person's own actions, and the only place that sharing writes to beside files the person names. */
export class AtomFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a new file whole or not at all, and answers its name. Throws `disk/…` and `profile/not-writable`. */
  add(id: string, text: string): string {
    const name = this.#freeName(devices.test(id) ? `${id}-` : id);
    this.#write(name, text);
    return name;
  }

  /** Puts a file in the place of another, which is kept among the removed ones. */
  replace(name: string, text: string): string {
    this.#requireName(name);
    this.#keep(name);
    this.#write(name, text);
    return name;
  }

  /** Moves a file among the removed ones, and answers its name there. */
  remove(name: string): string {
    this.#requireName(name);
    return this.#keep(name);
  }

  #keep(name: string): string {
    return this.#change(() => {
      const removed = join(this.#folder, removedName);
      mkdirSync(removed, { recursive: true, mode: 0o700 });
      const kept = `${name.replace(/\.json$/, '')}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`;
      renameSync(join(this.#folder, name), join(removed, kept));
      return `${removedName}/${kept}`;
    });
  }

  #write(name: string, text: string): void {
    this.#change(() => {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const draft = join(this.#folder, `.${name}.new`);
      rmSync(draft, { force: true });
      writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
      renameSync(draft, join(this.#folder, name));
    });
  }

  /** A name that nothing has, of whatever kind. */
  #freeName(id: string): string {
    for (let count = 1; ; count += 1) {
      const name = `${count === 1 ? id : `${id}-${count}`}.json`;
      if (lstatSync(join(this.#folder, name), { throwIfNoEntry: false }) === undefined) return name;
    }
  }

  /** A name leads nowhere else, whoever made it. */
  #requireName(name: string): void {
    if (basename(name) !== name || name.startsWith('.')) throw new AppError('app/bad-request', `no name: ${name}`);
  }

  #change<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      const told = withDiskFull(error);
      if (told instanceof AppError) throw told;
      const values = { folder: this.#folder };
      throw new AppError('profile/not-writable', String(error), { values }, error);
    }
  }
}
