import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './places.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const sources = {
  shell: ['contract', 'wire', 'main', 'preload', 'locales'],
  pages: ['contract', 'text', 'wire', 'renderer', 'locales'],
  node: ['contract', 'text', 'wire', 'process', 'models', 'desktop', 'documents', 'core', 'cli', 'locales'],
};

/** Builds the bundles whose sources changed since they were last built. */
export async function ensureBuilt(parts) {
  const stale = parts.filter((part) => !isFresh(part));
  if (stale.length === 0) return;
  say(`Building ${stale.join(', ')}…`);
  const code = await run(node24, [join(root, 'scripts', 'build', 'run-build.mjs'), root, ...stale]);
  if (code !== 0) giveUp('The build failed; the lines above say where.');
  for (const part of stale) {
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(stampOf(part), hashOf(part));
  }
}

function stampOf(part) {
  return join(root, 'out', `.${part}`);
}

function isFresh(part) {
  return existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === hashOf(part);
}

function hashOf(part) {
  const hash = createHash('sha256');
  for (const folder of [...sources[part], 'scripts/build']) addFolder(hash, join(root, folder));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) addFolder(hash, path);
    else hash.update(path).update(readFileSync(path));
  }
}
