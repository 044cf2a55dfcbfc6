import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../lib/run.mjs';

/** Every file of a folder, with its path below it, in the order of their names. */
export function* filesIn(folder, below = '') {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, path);
    else yield path;
  }
}

/** Whether a file is an ELF program or library, by its first bytes. */
export function isElf(path) {
  const file = openSync(path, 'r');
  const start = Buffer.alloc(4);
  readSync(file, start);
  closeSync(file);
  return start.equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
}

/** What the system's loader has to find for an ELF file, and the name that it is found by itself. */
export function dynamicNames(path) {
  const text = read('readelf', ['-d', '-W', path]) ?? '';
  const all = (tag) =>
    [...text.matchAll(new RegExp(`\\(${tag}\\)[^\\[]*\\[([^\\]]+)\\]`, 'g'))].map(([, name]) => name);
  return { needed: all('NEEDED'), soname: all('SONAME')[0] ?? null };
}
