// npm run icons: all sizes of the icon, drawn from its one source, main/assets/icon.svg. They are kept in the repository, so
// that packaging needs no program that draws and gives the same bytes everywhere.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { read } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

const assets = join(root, 'main', 'assets');
const source = join(assets, 'icon.svg');
mkdirSync(join(assets, 'icons'), { recursive: true });
for (const size of [16, 22, 24, 32, 48, 64, 128, 256, 512]) {
  const file = join(assets, 'icons', `${size}.png`);
  if (read('rsvg-convert', ['-w', String(size), '-h', String(size), source, '-o', file]) === null)
    giveUp('rsvg-convert (Debian: librsvg2-bin) is needed to draw the icons.');
}
const sum = createHash('sha256').update(readFileSync(source)).digest('hex');
writeFileSync(join(assets, 'icons', 'source.sha256'), `${sum}\n`);
say('Drawn from main/assets/icon.svg.');
