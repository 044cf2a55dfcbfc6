import { chmodSync, copyFileSync, cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyPackages } from '../lib/copy-packages.mjs';
import { packageTarget } from '../lib/package-target.mjs';
import { root } from '../lib/places.mjs';
import { run } from '../lib/run.mjs';
import { giveUp } from '../lib/say.mjs';
import { setFuses } from './fuses.mjs';
import { noticesText, spdxList } from './licences.mjs';
import { partsInside } from './parts.mjs';

const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');

/** The words that electron-builder needs to take the runtime at hand and download none. */
export function runtimeWords(electron) {
  return [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`, '--publish=never'];
}

/** Runs electron-builder; ends the program where it fails. */
export async function build(node, words) {
  const code = await run(node, [builder, ...words], { cwd: root });
  if (code !== 0) giveUp('Packaging failed; the lines above say where.');
}

/** Makes the folder that runs without Node or npm; answers where it is, what is in it and how its fuses stand. */
export async function makeFolder({ node, electron, version, time }) {
  const { platform, arch } = process;
  const target = packageTarget(platform, arch);
  rmSync(join(root, 'dist', target.folder), { recursive: true, force: true });
  await build(node, ['--dir', target.flag, ...runtimeWords(electron)]);
  const folder = join(root, 'dist', target.folder);
  const resources = join(root, 'dist', target.resources);
  // The loader of the carried runtime has no place in a packaged app.
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  cpSync(realpathSync(node), join(resources, platform === 'win32' ? 'node.exe' : 'node'));
  copyPackages(target.packages, { root, to: join(resources, 'node_modules'), platform, arch });
  if (platform === 'linux') placeCommand(folder);
  const parts = partsInside(resources, electron);
  writeFileSync(join(resources, 'THIRD-PARTY-NOTICES.txt'), noticesText(parts));
  writeFileSync(join(resources, 'beckon.spdx.json'), spdxList(parts, { version, time, platform, arch }));
  const fuses = await setFuses(join(root, 'dist', target.executable), platform, arch);
  return { folder, resources, parts, fuses };
}

/** The cli's launcher; beside the executable, which has the same name. */
function placeCommand(folder) {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const command = join(folder, 'bin', 'beckon');
  copyFileSync(join(root, 'packaging', 'beckon-command.sh'), command);
  chmodSync(command, 0o755);
}
