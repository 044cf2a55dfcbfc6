import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from '../lib/places.mjs';
import { read } from '../lib/run.mjs';
import { giveUp } from '../lib/say.mjs';
import { dynamicNames, filesIn, isElf } from './elf.mjs';

/** What Chromium opens by itself, by the library's name. */
export const later = data('loaded-later.json');
const programs = data('programs.json');

function data(name) {
  return JSON.parse(readFileSync(join(root, 'packaging', name), 'utf8'));
}

/** The ELF files of a folder, and the libraries of its own, which no other package has to bring. */
export function readElfFiles(folder) {
  const files = [...filesIn(folder)].map((path) => join(folder, path)).filter(isElf);
  const own = new Set(files.flatMap((file) => [basename(file), dynamicNames(file).soname ?? basename(file)]));
  return { files, own: [...own].sort() };
}

/**
 * The fields of a Debian package that name others: what the ELF files are linked with, by dpkg's own tool with the versions
 * that they need; what Chromium opens by itself, each looked for in the executable; and the programs that Beckon starts.
 */
export function debianFields(folder, executable) {
  const { files } = readElfFiles(folder);
  const fields = { Depends: linkedPackages(files), Recommends: [], Suggests: [] };
  const text = readFileSync(executable, 'latin1');
  for (const [library, { package: name, field }] of Object.entries(later)) {
    if (!text.includes(`${library}\0`)) giveUp(`${library} of packaging/loaded-later.json is not in the executable.`);
    if (!fields.Depends.some((each) => each.split(' ')[0] === name)) fields[field].push(name);
  }
  for (const [name, { field }] of Object.entries(programs)) fields[field].push(name);
  return Object.fromEntries(Object.entries(fields).map(([field, names]) => [field, names.sort().join(', ')]));
}

function linkedPackages(files) {
  const work = mkdtempSync(join(tmpdir(), 'beckon-depends-'));
  mkdirSync(join(work, 'debian'));
  writeFileSync(join(work, 'debian', 'control'), 'Source: beckon\n\nPackage: beckon\nArchitecture: any\n');
  const folders = [...new Set(files.map(dirname))].map((folder) => `-l${folder}`);
  const words = ['-O', '--ignore-missing-info', '--warnings=0', ...folders, ...files.map((file) => `-e${file}`)];
  const line = read('dpkg-shlibdeps', words, { cwd: work });
  rmSync(work, { recursive: true, force: true });
  const found = /^shlibs:Depends=(.+)$/m.exec(line ?? '')?.[1];
  if (found === undefined) return giveUp('dpkg-shlibdeps could not tell what the programs are linked with.');
  return found.split(', ');
}
