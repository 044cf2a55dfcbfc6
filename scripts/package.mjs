// npm run package: the folder that a person can run without Node or npm, with the runtime at hand.
import { cpSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { copyPackages } from './lib/copy-packages.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { packageTarget } from './lib/package-target.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

await ensurePackages();
const node = ensureNode24();
const electron = await ensureElectron();
await ensureBuilt(['shell', 'pages', 'node']);
const target = packageTarget(process.platform, process.arch);
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
// The older runtime for testing does not know this switch yet.
const newer = electron.official ? ['-c.electronFuses.grantFileProtocolExtraPrivileges=false'] : [];
const runtime = [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`, ...newer];
const code = await run(node, [builder, '--dir', target.flag, ...runtime], { cwd: root });
if (code !== 0) giveUp('Packaging failed; the lines above say where.');
const resources = join(root, 'dist', target.resources);
// The loader of the carried runtime has no place in a packaged app.
rmSync(join(resources, 'app'), { recursive: true, force: true });
cpSync(realpathSync(node), join(resources, process.platform === 'win32' ? 'node.exe' : 'node'));
copyPackages(target.packages, {
  root,
  to: join(resources, 'node_modules'),
  platform: process.platform,
  arch: process.arch,
});
say(`Packaged into dist/${target.folder}, on Electron ${electron.version}.`);
