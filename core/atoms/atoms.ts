import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pinyin } from 'pinyin-pro';
import type { AtomFile, AtomsState, UsedAction } from '../../contract/atom.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { StateSource } from '../../wire/state-source.ts';
import { builtinAtoms } from './builtin.ts';
import { readAtomFile } from './read-atom-file.ts';

/** Larger files are no actions. */
const fileLimitBytes = 200_000;

interface Known {
  readonly file: AtomFile;
  readonly builtIn: boolean;
}

/** The actions there are: the built-in ones, and the person's own, one file each in a folder of the profile. */
export class Atoms {
  readonly state = new StateSource<AtomsState>({ atoms: [], broken: [] });
  readonly #folder: string;
  readonly #usedAt: () => ReadonlyMap<string, number>;
  #known = new Map<string, Known>();
  #stamp = '';

  /** `usedAt` tells when each action was last used. */
  constructor(folder: string, usedAt: () => ReadonlyMap<string, number>) {
    this.#folder = folder;
    this.#usedAt = usedAt;
  }

  /** Reads the person's files again if one of them changed. A file that is broken costs none of the others. */
  refresh(): void {
    const files = this.#files();
    const used = this.#usedAt();
    const stamp = JSON.stringify([files, [...used]]);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const known = new Map<string, Known>(builtinAtoms().map((file) => [file.id, { file, builtIn: true }]));
    const broken: AppErrorShape[] = [];
    for (const { path } of files) {
      try {
        const file = readAtomFile(readFileSync(path, 'utf8'), basename(path));
        known.set(file.id, { file, builtIn: false });
      } catch (error) {
        broken.push(toErrorShape(error));
      }
    }
    this.#known = known;
    const atoms = [...known.values()].map(({ file, builtIn }) => ({
      id: file.id,
      name: file.name,
      hint: file.hint ?? null,
      icon: file.icon ?? null,
      output: file.output,
      pinyinInitials: initialsOf(file.name['zh-CN']),
      usedAt: used.get(file.id) ?? 0,
      builtIn,
    }));
    this.state.update({ atoms, broken });
  }

  /** An action as it is used on a text; its instruction is in the language of that text. Throws `action/not-found`. */
  use(id: string, language: 'en' | 'zh-CN'): UsedAction {
    this.refresh();
    const file = this.#known.get(id)?.file;
    if (file === undefined) throw new AppError('action/not-found', `no action ${id}`);
    return {
      id,
      name: file.name,
      instruction: file.prompt[language],
      output: file.output,
      diff: file.diff ?? false,
      grounded: file.grounded ?? false,
      sampling: file.sampling ?? null,
      maxTokens: file.maxTokens ?? null,
    };
  }

  #files(): readonly { readonly path: string; readonly changed: number }[] {
    let names: string[] = [];
    try {
      names = readdirSync(this.#folder);
    } catch {
      // No folder: the person has no actions of their own.
    }
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(this.#folder, name))
      .flatMap((path) => {
        const stat = statSync(path, { throwIfNoEntry: false });
        // A pipe or a device would hold core up.
        return stat?.isFile() && stat.size <= fileLimitBytes ? [{ path, changed: stat.mtimeMs }] : [];
      })
      .sort((one, other) => one.path.localeCompare(other.path));
  }
}

function initialsOf(chinese: string): string {
  return pinyin(chinese, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' })
    .join('')
    .toLowerCase();
}
