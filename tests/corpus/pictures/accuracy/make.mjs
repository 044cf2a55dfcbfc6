// Draws the pictures beside this file from texts.json with Chromium: node make.mjs. Eight texts, each in three looks.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const texts = JSON.parse(readFileSync(join(here, 'texts.json'), 'utf8'));
const looks = [
  { theme: 'light', scale: 1 },
  { theme: 'dark', scale: 1 },
];
const colours = { light: ['#ffffff', '#1f2328'], dark: ['#1b1d21', '#d7dae0'] };
const folder = mkdtempSync(join(tmpdir(), 'beckon-draw-'));
let index = 0;
for (const [name, { font, size, lines }] of Object.entries(texts)) {
  // The third look is twice as fine, light and dark in turn.
  index += 1;
  for (const { theme, scale } of [...looks, { theme: index % 2 === 0 ? 'dark' : 'light', scale: 2 }]) {
    const [ground, ink] = colours[theme];
    const safe = (line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const page = join(folder, 'page.html');
    writeFileSync(
      page,
      `<meta charset="utf-8"><style>body{margin:14px 18px;background:${ground};color:${ink};font:${size}px/1.65 ${font
        .split(', ')
        .map((each) => `"${each}"`)
        .join(',')}}p{margin:0;white-space:pre}</style>${lines.map((line) => `<p>${safe(line)}</p>`).join('')}`,
    );
    execFileSync('chromium', [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${folder}/profile`],
      ...[`--force-device-scale-factor=${scale}`, '--window-size=480,270'],
      ...[`--screenshot=${join(here, `${name}-${theme}-${scale}x.png`)}`, `file://${page}`],
    ]);
  }
}
rmSync(folder, { recursive: true, force: true });
