import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { applicationNameLimit } from '../../contract/desktop.ts';

/** A name in the languages of Beckon. */
export interface Label {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** What a desktop entry tells of names (Desktop Entry Specification 1.5). */
interface Entry {
  readonly label: Label;
  /** Window classes and programs that are this application, the surest first; in small letters. */
  readonly keys: readonly string[];
}

/** Programs are installed while Beckon runs; a name that is not known is looked for again after this. */
const oldestMs = 60_000;
const entryLimitBytes = 200_000;

/** Names of applications as people know them, by the names that their windows have: `org.pwmt.zathura` is Zathura. */
export class ApplicationNames {
  readonly #folders: readonly string[];
  readonly #now: () => number;
  #known: ReadonlyMap<string, Label> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(env: NodeJS.ProcessEnv, now: () => number = Date.now) {
    this.#folders = foldersOf(env);
    this.#now = now;
  }

  /** The name of a window's application; null where no entry tells one, and until they have been read. */
  of(application: string | null): Label | null {
    if (application === null) return null;
    const label = this.#known.get(application.toLowerCase()) ?? null;
    if (label === null && this.#now() - this.#readAt > oldestMs) void this.read();
    return label;
  }

  /** Reads the entries that there are. A broken one is left out. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const known = new Map<string, readonly [rank: number, label: Label]>();
    for (const folder of this.#folders)
      for (const path of await entriesIn(folder)) {
        const entry = parseEntry(await readFile(path, 'utf8').catch(() => ''), basename(path, '.desktop'));
        for (const [rank, key] of (entry?.keys ?? []).entries())
          if (entry !== null && rank < (known.get(key)?.[0] ?? Number.POSITIVE_INFINITY))
            known.set(key, [rank, entry.label]);
      }
    this.#known = new Map([...known].map(([key, [, label]]) => [key, label]));
    this.#readAt = this.#now();
  }
}

/** Folders of entries, the person's own first: an entry there stands for one of the same name in the system's. */
function foldersOf(env: NodeJS.ProcessEnv): readonly string[] {
  const own = env['XDG_DATA_HOME'] || join(env['HOME'] ?? '/', '.local', 'share');
  const shared = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':');
  return [own, ...shared].filter((folder) => folder.startsWith('/')).map((folder) => join(folder, 'applications'));
}

async function entriesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.desktop')).map((name) => join(folder, name));
}

/** Null for what is no application, or has no name. `id`: the name of its file. */
export function parseEntry(text: string, id: string): Entry | null {
  if (text.length > entryLimitBytes) return null;
  const [, group = ''] = text.split(/^\[Desktop Entry\]\s*$/m);
  const own = group.split(/^\[/m)[0] ?? '';
  const value = (key: string) => new RegExp(`^${key}\\s*=\\s*(.+)$`, 'm').exec(own)?.[1]?.trim() ?? null;
  const name = value('Name');
  if (name === null || value('Type') !== 'Application') return null;
  const chinese = value('Name\\[zh_CN\\]') ?? value('Name\\[zh\\]') ?? name;
  const program = basename(value('Exec')?.split(/\s/)[0] ?? '');
  const keys = [value('StartupWMClass'), id, id.split('.').at(-1) ?? null, program];
  const label = { en: short(name), 'zh-CN': short(chinese) };
  return { label, keys: keys.map((key) => key?.toLowerCase() ?? '') };
}

function short(name: string): string {
  return name.slice(0, applicationNameLimit).toWellFormed();
}

/** A name of its window that people can read, where no entry tells one: the last part of one such as `org-gjt-sp-jedit-jEdit`. */
export function readableName(application: string): string {
  const parts = application.split(/[.-]/);
  const isAddress = parts.length > 2 && /^(?:org|com|net|io|de|fr|uk|app|dev|me)$/i.test(parts[0] ?? '');
  return isAddress ? (parts.at(-1) ?? application) : application;
}
