import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processTree } from './processes.ts';

/** A word that stands nowhere else, one for each place that something private may come from. */
export function canaryOf(place: string): string {
  return `kanari${Buffer.from(place).toString('hex')}q`;
}

/** The places whose canaries stand in a text, plain or as they look in base64. */
export function canariesIn(text: string, places: readonly string[]): readonly string[] {
  return places.filter((place) => formsOf(canaryOf(place)).some((form) => text.includes(form)));
}

/** A word may be packed at any of three offsets, by which its ends look otherwise. */
function formsOf(word: string): readonly string[] {
  const packed = [0, 1, 2].map((before) =>
    Buffer.from('x'.repeat(before) + word)
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  );
  return [word, ...packed];
}

export interface Found {
  readonly where: string;
  readonly places: readonly string[];
}

/** What stands in the files below a folder; links are not followed. Files are told from the folder on. */
export function canariesBelow(folder: string, places: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    const named = canariesIn(entry, places);
    if (named.length > 0) found.push({ where: `the name ${entry}`, places: named });
    const text = contentOf(path);
    const within = text === null ? [] : canariesIn(text, places);
    if (within.length > 0) found.push({ where: entry, places: within });
  }
  return found;
}

function contentOf(path: string): string | null {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'latin1') : null;
  } catch {
    // It was there for a moment only.
    return null;
  }
}

/** What stands in the arguments and the environment of a process and all below it, each by its program. */
export function canariesOfProcesses(pid: number, places: readonly string[]): readonly Found[] {
  return processTree(pid).flatMap((each) =>
    (['cmdline', 'environ'] as const).flatMap((file) => {
      const within = canariesIn(contentOfProcess(each.pid, file), places);
      const where = `${file} of ${each.command.split('/').slice(-2).join('/').slice(0, 60)}`;
      return within.length === 0 ? [] : [{ where, places: within }];
    }),
  );
}

function contentOfProcess(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
