import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AtomFile, AtomsState, UsedAction } from '../../contract/atom.ts';
import { atomFileLimitBytes } from '../../contract/atom-edit.ts';
import { AppError, type AppErrorShape, type ErrorCode, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { StateSource } from '../../wire/state-source.ts';
import { initialsOf, needsDictionary } from '../pinyin.ts';
import { stepsOf } from '../steps/steps-of.ts';
import { touchesOf } from '../steps/touches.ts';
import { builtinAtoms } from './builtin.ts';
import { type Found, look } from './look.ts';
import { readAtomFile } from './read-atom-file.ts';

export interface Known {
  readonly file: AtomFile;
  /** Name of the person's own file; null for a built-in action. */
  readonly from: string | null;
}

/** The actions there are: the built-in ones, and the person's own, one file each in a folder of the profile. */
export class Atoms {
  readonly state = new StateSource<AtomsState>({ atoms: [], broken: [] });
  readonly #folder: string;
  readonly #usedAt: () => ReadonlyMap<string, number>;
  readonly #loadDictionary: (() => Promise<void>) | null;
  #known = new Map<string, Known>();
  /** Files that are kept and cannot run here, by their ids. */
  #unknown = new Map<string, { readonly from: string; readonly error: AppErrorShape }>();
  #stamp = '';

  /**
   * `usedAt` tells when each action was last used. Without `loadDictionary`, the person's own actions have no pinyin; with it,
   * they have it a moment after they are read for the first time.
   */
  constructor(
    folder: string,
    usedAt: () => ReadonlyMap<string, number>,
    loadDictionary: (() => Promise<void>) | null = null,
  ) {
    this.#folder = folder;
    this.#usedAt = usedAt;
    this.#loadDictionary = loadDictionary;
  }

  /** Reads the person's files again if one of them changed. A file that is broken costs none of the others. */
  refresh(): void {
    const files = this.#files();
    const used = this.#usedAt();
    const stamp = JSON.stringify([files, [...used]]);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const known = new Map<string, Known>(builtinAtoms().map((file) => [file.id, { file, from: null }]));
    const broken: AppErrorShape[] = [];
    this.#unknown = new Map();
    for (const found of files) {
      try {
        const from = basename(found.path);
        const file = readOwn(found, from);
        const other = known.get(file.id)?.from ?? null;
        if (other !== null) throw refused('action/same-id', from, { other });
        known.set(file.id, { file, from });
      } catch (error) {
        const why = toErrorShape(error);
        broken.push(why);
        if (why.code === 'atom/unknown-step')
          this.#unknown.set(String(why.values?.['id']), { from: basename(found.path), error: why });
      }
    }
    this.#known = known;
    this.#tell(used, broken);
    if ([...known.values()].some(({ file }) => needsDictionary(file.name['zh-CN']))) this.#tellWithPinyin(used, broken);
  }

  #tellWithPinyin(used: ReadonlyMap<string, number>, broken: AppErrorShape[]): void {
    const known = this.#known;
    const tell = () => {
      // What was read since has told of itself, or will.
      if (known === this.#known) this.#tell(used, broken);
    };
    // Without it they are still found by their names.
    this.#loadDictionary?.().then(tell, () => {});
  }

  #tell(used: ReadonlyMap<string, number>, broken: AppErrorShape[]): void {
    const atoms = [...this.#known.values()].map(({ file, from }) => ({
      id: file.id,
      name: file.name,
      hint: file.hint ?? null,
      icon: file.icon ?? null,
      output: outputOf(file),
      ...doesOf(file),
      ...(file.family === undefined ? {} : { family: file.family }),
      pinyinInitials: initialsOf(file.name['zh-CN']),
      usedAt: used.get(file.id) ?? 0,
      builtIn: from === null,
    }));
    this.state.update({ atoms, broken });
  }

  /** Every atom as its file is now; `from`: the name of the person's own file, null for a built-in one. */
  all(): readonly Known[] {
    this.refresh();
    return [...this.#known.values()];
  }

  /** The name of the person's own file with an id, also of one that cannot run here; null where there is none. */
  ownFile(id: string): string | null {
    this.refresh();
    return this.#known.get(id)?.from ?? this.#unknown.get(id)?.from ?? null;
  }

  /**
   * An action as it is used on a text; its instruction is in the language of that text. Throws `action/not-found`, and
   * `atom/unknown-step` for one that is kept and cannot run.
   */
  use(id: string, language: 'en' | 'zh-CN'): UsedAction {
    const { file } = this.find(id);
    const stays = touchesOf(file).model === 'here' ? ({ stays: 'here' } as const) : {};
    return { id, ...usedAs(file, language), ...stays };
  }

  /** The file of an action; `from` is the name of a person's own one. Throws `action/not-found`. */
  find(id: string): Known {
    this.refresh();
    const unknown = this.#unknown.get(id)?.error;
    if (unknown !== undefined) throw fromErrorShape(unknown);
    const known = this.#known.get(id);
    if (known === undefined) throw new AppError('action/not-found', `no action ${id}`);
    return known;
  }

  /** Names what an id is of: the person's own file, or an action of Beckon's; null where nothing has it. */
  ownerOf(id: string): string | null {
    const own = this.ownFile(id);
    const known = this.#known.get(id);
    return own ?? (known === undefined ? null : `Beckon (${known.file.name.en})`);
  }

  #files(): readonly Found[] {
    let names: string[] = [];
    try {
      names = readdirSync(this.#folder);
    } catch {
      // No folder: the person has no actions of their own.
    }
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => look(join(this.#folder, name)))
      .sort((one, other) => one.path.localeCompare(other.path));
  }
}

function usedAs(file: AtomFile, language: 'en' | 'zh-CN'): Omit<UsedAction, 'id'> {
  const { name, diff = false } = file;
  const output = outputOf(file);
  if (file.atom === 1) {
    const { prompt, grounded = false, sampling = null, maxTokens = null } = file;
    return { name, output, diff, instruction: prompt[language], grounded, sampling, maxTokens };
  }
  // What a model is told of it where the conversation goes on.
  const instruction = file.name[language];
  const steps = stepsOf(file);
  return { name, output, diff, instruction, steps, grounded: false, sampling: null, maxTokens: null };
}

function doesOf(file: AtomFile) {
  const { model, opens, notifies, adds } = touchesOf(file);
  return { acts: opens || notifies || adds.length > 0, usesModel: model !== 'none' };
}

/** What may not be written is shown. */
function outputOf(file: AtomFile): AtomFile['output'] {
  return touchesOf(file).writes === 'nothing' ? 'show' : file.output;
}

/** Throws `action/…`. */
function readOwn({ path, refused: why }: Found, name: string): AtomFile {
  if (why !== null) throw refused(why, name, why === 'action/file-too-large' ? { limitBytes: atomFileLimitBytes } : {});
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw refused('action/not-a-file', name, {});
  }
  return readAtomFile(text, name);
}

function refused(code: ErrorCode, file: string, values: Readonly<Record<string, string | number>>): AppError {
  return new AppError(code, file, { values: { file, ...values } });
}
