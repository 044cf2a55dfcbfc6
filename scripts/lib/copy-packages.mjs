import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isForeign, leftOut } from './package-target.mjs';

/**
 * Copies packages that stay outside the bundles from `root`'s node_modules into the folder `to`, with all they depend on,
 * as far as they are installed, and without what a system does not need.
 */
export function copyPackages(names, { root, to, platform, arch }) {
  const seen = new Set();
  const waiting = names.map((name) => ({ name, from: root }));
  while (waiting.length > 0) {
    const { name, from } = waiting.shift();
    const folder = findPackage(name, from, root);
    if (folder === null || seen.has(folder) || isForeign(name, platform, arch)) continue;
    seen.add(folder);
    const place = folder.slice(join(root, 'node_modules').length + 1);
    mkdirSync(dirname(join(to, place)), { recursive: true });
    cpSync(folder, join(to, place), {
      recursive: true,
      filter: (path) => !leftOut(path, platform, arch) && !/[\\/]node_modules$/.test(path.slice(folder.length)),
    });
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const child of Object.keys({ ...dependencies, ...optionalDependencies }))
      waiting.push({ name: child, from: folder });
  }
}

function findPackage(name, from, root) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}
