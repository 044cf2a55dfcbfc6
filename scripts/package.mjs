// npm run package: the folder that a person can run without Node or npm, with the runtime at hand.
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

await ensurePackages();
const node = ensureNode24();
const electron = await ensureElectron();
await ensureBuilt(['shell', 'pages', 'node']);
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
// The older runtime for testing does not know this switch yet.
const newer = electron.official ? ['-c.electronFuses.grantFileProtocolExtraPrivileges=false'] : [];
const runtime = [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`, ...newer];
const code = await run(node, [builder, '--dir', '--linux', ...runtime], { cwd: root });
if (code !== 0) giveUp('Packaging failed; the lines above say where.');
const resources = join(root, 'dist', 'linux-unpacked', 'resources');
// The loader of the carried runtime has no place in a packaged app.
rmSync(join(resources, 'app'), { recursive: true, force: true });
cpSync(realpathSync(node), join(resources, 'node'));
copyPackages(['node-llama-cpp'], join(resources, 'node_modules'));
say(`Packaged into dist/linux-unpacked, on Electron ${electron.version}.`);

/** Copies packages that stay outside the bundles, with all they depend on, as far as they are installed for this system. */
function copyPackages(names, target) {
  const seen = new Set();
  const waiting = names.map((name) => ({ name, from: root }));
  while (waiting.length > 0) {
    const { name, from } = waiting.shift();
    const folder = findPackage(name, from);
    if (folder === null || seen.has(folder) || isForeign(name)) continue;
    seen.add(folder);
    const place = folder.slice(join(root, 'node_modules').length + 1);
    mkdirSync(dirname(join(target, place)), { recursive: true });
    // The engine's source and its build recipes are for machines that compile it.
    const skip = (path) =>
      /node-llama-cpp[\\/](templates$|llama[\\/](gitRelease\.bundle$|addon$|grammars$|toolchains$|gpuInfo$|profiles$|cmake$))/.test(
        path,
      );
    cpSync(folder, join(target, place), {
      recursive: true,
      filter: (path) => !skip(path) && !/[\\/]node_modules$/.test(path.slice(folder.length)),
    });
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const child of Object.keys({ ...dependencies, ...optionalDependencies }))
      waiting.push({ name: child, from: folder });
  }
}

function findPackage(name, from) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}

/** Native parts of other systems. */
function isForeign(name) {
  const own = `${process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'}-${process.arch}`;
  return name.startsWith('@node-llama-cpp/') && name !== `@node-llama-cpp/${own}`;
}
