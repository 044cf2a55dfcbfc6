import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { run } from '../lib/run.mjs';
import { giveUp } from '../lib/say.mjs';
import { debianFields } from './depends.mjs';
import { filesIn } from './elf.mjs';
import { home } from './tree.mjs';

const architectures = { x64: 'amd64', arm64: 'arm64' };

/** Makes a Debian package of a laid out tree; answers its path. The same tree and time give the same bytes. */
export async function makeDeb(tree, { version, time, bytes, compression }) {
  const architecture = architectures[process.arch];
  const control = {
    Package: 'beckon',
    Version: version,
    Architecture: architecture,
    Maintainer: 'Beckon contributors <beckon@localhost>',
    'Installed-Size': String(Math.ceil(bytes / 1024)),
    ...debianFields(join(tree, home), join(tree, home, 'beckon')),
    Section: 'utils',
    Priority: 'optional',
    Description: [
      'desktop assistant that comes when called',
      'One shortcut opens a small box over whatever you are doing. It holds the',
      'text you have selected; a small model on this machine summarises, translates,',
      'corrects or explains it, and one key puts the answer back in its place.',
      '.',
      'It comes with a command, beckon, for terminals without a display. No model',
      'is inside; Beckon fetches the one that is chosen at its first start.',
    ].join('\n '),
  };
  const folder = join(tree, 'DEBIAN');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const lines = Object.entries(control).map(([field, value]) => `${field}: ${value}`);
  writeFileSync(join(folder, 'control'), `${lines.join('\n')}\n`, { mode: 0o644 });
  writeFileSync(join(folder, 'md5sums'), md5sums(tree), { mode: 0o644 });
  const file = join(root, 'dist', `beckon_${version}_${architecture}.deb`);
  // The highest level of zstd takes twenty times as long as this and saves a tenth.
  const packing = compression === 'zstd' ? ['-Zzstd', '-z9'] : ['-Zxz'];
  const words = ['--root-owner-group', ...packing, '--build', tree, file];
  const code = await run('dpkg-deb', words, {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(time) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) giveUp('dpkg-deb could not make the package; the lines above say why.');
  return file;
}

function md5sums(tree) {
  return [...filesIn(tree)]
    .filter((path) => !path.startsWith('DEBIAN/') && lstatSync(join(tree, path)).isFile())
    .map(
      (path) =>
        `${createHash('md5')
          .update(readFileSync(join(tree, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('');
}
