// npm run package: the folder that a person can run without Node or npm, with the runtime at hand, and packages of it:
// `npm run package -- --deb --rpm`; `--list` tells what is inside.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { packageTarget } from './lib/package-target.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';
import { ensureTools } from './lib/system.mjs';
import { packageOptions } from './package/options.mjs';
import { packageTime } from './package/when.mjs';

const options = packageOptions(process.argv.slice(2), process.platform);
if (options.wrong !== undefined) giveUp(`${options.wrong}.`, 2);
await ensurePackages();
const node = ensureNode24();
// What sets the fuses wants the Node that came with the packages, whichever one npm was started with.
if (!process.versions.node.startsWith('24.'))
  process.exit(await run(node, [join(root, 'scripts', 'package.mjs'), ...process.argv.slice(2)], { cwd: root }));
const electron = await ensureElectron();
if (options.deb) await ensureTools('deb');
if (options.rpm) await ensureTools('rpm');
await ensureBuilt(['shell', 'pages', 'node']);

const { build, makeFolder, runtimeWords } = await import('./package/folder.mjs');
const { listOf, megabytes } = await import('./package/list.mjs');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const time = packageTime();
const { folder, parts } = await makeFolder({ node, electron, version, time });
const target = packageTarget(process.platform, process.arch);
const made = [];

if (options.deb || options.rpm) {
  const { layTree } = await import('./package/tree.mjs');
  const tree = join(root, 'dist', 'tree');
  const bytes = layTree(tree, folder, { version, time });
  if (options.rpm) made.push(await (await import('./package/rpm.mjs')).makeRpm(tree, { version, time }));
  const { compression } = options;
  if (options.deb)
    made.push(await (await import('./package/deb.mjs')).makeDeb(tree, { version, time, bytes, compression }));
  rmSync(tree, { recursive: true, force: true });
}
// These tools come by download, so that this part needs a network; it was never run here.
const formats = { '--appimage': 'AppImage', '--dmg': 'dmg', '--exe': 'nsis' };
for (const each of options.built)
  await build(node, [target.flag, formats[each], `--prepackaged=${folder}`, ...runtimeWords(electron)]);

if (options.list) say(`\n${listOf(folder, parts)}\n`);
say(`Packaged into dist/${target.folder}, on Electron ${electron.version}.`);
if (!electron.official) say('That Electron is the older one for testing: not a Beckon to give to others.');
for (const file of made) say(`${megabytes(statSync(file).size)}  dist/${basename(file)}`);
writeSums();

/** Sums of every package that lies in `dist`, in the format that `sha256sum -c` reads. */
function writeSums() {
  const files = readdirSync(join(root, 'dist')).filter((name) => /\.(deb|rpm|AppImage|dmg|exe)$/.test(name));
  if (files.length === 0) return;
  const sum = (name) =>
    createHash('sha256')
      .update(readFileSync(join(root, 'dist', name)))
      .digest('hex');
  writeFileSync(
    join(root, 'dist', 'SHA256SUMS'),
    files
      .sort()
      .map((name) => `${sum(name)}  ${name}\n`)
      .join(''),
  );
}
