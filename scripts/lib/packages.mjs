import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './places.mjs';
import { read, run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const stamp = join(root, 'node_modules', '.beckon-lock');

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Installs the npm packages when they are not the ones of the lock file. An interrupted install is done again. */
export async function ensurePackages() {
  const wanted = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing the packages Beckon is built from (about 600 MB on disk; what was fetched before is used again)…');
  rmSync(stamp, { force: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // None of the packages needs its install script, and older npm would run them: selection-hook's compiles.
  const code = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  if (code !== 0)
    giveUp(
      'The packages could not be installed. Check the connection to your npm registry, then run the same command again.',
    );
  trim();
  writeFileSync(stamp, wanted);
}

/**
 * About 370 MB that nothing here uses: headers of Node, engines and runtimes for other processors, the parts of pdf.js for
 * pages, and of selection-hook all but its types where it never runs.
 */
function trim() {
  const packages = join(root, 'node_modules');
  const own = `${process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'}-${process.arch}`;
  for (const name of readdirSync(packages))
    if (/^node-(linux|win|bin-darwin)-/.test(name))
      rmSync(join(packages, name, 'include'), { recursive: true, force: true });
  const engines = join(packages, '@node-llama-cpp');
  for (const name of existsSync(engines) ? readdirSync(engines) : [])
    if (!name.startsWith(own)) rmSync(join(engines, name), { recursive: true, force: true });
  const pdf = join(packages, 'pdfjs-dist');
  for (const name of ['build', 'web', 'wasm', 'image_decoders', 'iccs', 'standard_fonts'])
    rmSync(join(pdf, name), { recursive: true, force: true });
  const legacy = join(pdf, 'legacy', 'build');
  for (const name of existsSync(legacy) ? readdirSync(legacy) : [])
    if (!/^pdf(\.worker)?\.(mjs|d\.mts)$/.test(name)) rmSync(join(legacy, name), { force: true });
  trimSelectionHook(join(packages, 'selection-hook'));
  trimRuntimes(join(packages, 'onnxruntime-node', 'bin', 'napi-v6'));
}

function trimRuntimes(folder) {
  for (const platform of existsSync(folder) ? readdirSync(folder) : [])
    for (const arch of readdirSync(join(folder, platform)))
      if (platform !== process.platform || arch !== process.arch)
        rmSync(join(folder, platform, arch), { recursive: true, force: true });
}

function trimSelectionHook(folder) {
  for (const name of ['src', 'docs', 'examples']) rmSync(join(folder, name), { recursive: true, force: true });
  const prebuilt = join(folder, 'prebuilds');
  for (const name of existsSync(prebuilt) ? readdirSync(prebuilt) : [])
    if (process.platform === 'linux' || name !== `${process.platform}-${process.arch}`)
      rmSync(join(prebuilt, name), { recursive: true, force: true });
}

/** The Node 24 that core, engine and cli run on; it comes with the packages. */
export function ensureNode24() {
  const version = existsSync(node24) ? read(node24, ['--version']) : null;
  if (version?.startsWith('v24.')) return node24;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return giveUp('No Node 24 came with the packages for this system. Install Node 24 and run the same command with it.');
}
