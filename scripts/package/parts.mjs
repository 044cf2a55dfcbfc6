import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteName } from '../build/note-packages.mjs';
import { root } from '../lib/places.mjs';

const bundles = ['main', 'preload', 'renderer', 'node'];

/**
 * Everything of others' that is in a packaged Beckon, sorted by name: `{name, version, licence, texts, where}`. Told by what
 * the bundler took and what was copied, not by the lock file, which also knows what only builds and tests.
 */
export function partsInside(resources, electron) {
  const parts = new Map();
  const add = (part) => {
    const key = `${part.name}@${part.version}`;
    const before = parts.get(key);
    parts.set(key, before === undefined ? part : { ...before, where: bothPlaces(before.where, part.where) });
  };
  for (const bundle of bundles)
    for (const { folder } of JSON.parse(readFileSync(join(root, 'out', bundle, noteName), 'utf8')))
      add(readPackage(join(root, folder), `bundled: ${bundle}`));
  for (const folder of packageFolders(join(resources, 'node_modules'))) add(readPackage(folder, 'beside the archive'));
  add(nodePart());
  add(electronPart(electron));
  return [...parts.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function bothPlaces(one, other) {
  return one.split(', ').includes(other) ? one : `${one}, ${other}`;
}

function readPackage(folder, where) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const old = Array.isArray(licenses) ? licenses.map(({ type }) => type).join(' OR ') : undefined;
  const licence = (typeof license === 'object' ? license.type : license) ?? old ?? 'NOASSERTION';
  return { name, version, licence, texts: licenceTexts(folder), where };
}

function licenceTexts(folder) {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|ts|json)$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

function* packageFolders(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('.')) continue;
    const inner = join(folder, name);
    if (name.startsWith('@')) yield* packageFolders(inner);
    else {
      if (existsSync(join(inner, 'package.json'))) yield inner;
      yield* packageFolders(join(inner, 'node_modules'));
    }
  }
}

function nodePart() {
  const name = readdirSync(join(root, 'node_modules')).find((each) => /^node-(linux|win|bin-darwin)-/.test(each));
  const folder = join(root, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name: 'Node.js', version, licence: 'MIT', texts: licenceTexts(folder), where: 'resources/node' };
}

/** Electron and Chromium bring their own lists, which lie beside the executable. */
function electronPart({ folder, version }) {
  const text = ['LICENSE', 'LICENSE.electron.txt'].map((name) => join(folder, name)).find(existsSync);
  const more = 'The licences of Chromium and its parts are in LICENSES.chromium.html beside the executable.';
  const texts = text === undefined ? [more] : [readFileSync(text, 'utf8').trim(), more];
  return { name: 'Electron', version, licence: 'MIT', texts, where: 'the shell' };
}
