import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isHere, type ModelRow } from '../../contract/model.ts';
import type { BeckonApp } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { proportionalBytes, run } from './processes.ts';

/** A keeper's notes of so many days, 12 words a day. */
export function keeperDays(days: number): string {
  const day = (index: number) =>
    `On day ${index + 1} the keeper noted wind from the ${index % 2 === 0 ? 'west' : 'east'} and ${index * 3} birds.`;
  return Array.from({ length: days }, (_, index) => day(index)).join(' ');
}

/**
 * Waits for the end of a summary and checks that the engine never had more memory than the model list states; answers in how
 * many parts the text was read.
 */
export async function expectWithinMemory(
  app: BeckonApp,
  modelId: string,
  limitMs: number,
): Promise<{ readonly parts: number; readonly read: number }> {
  let peakBytes = 0;
  const watching = setInterval(() => {
    peakBytes = Math.max(peakBytes, proportionalBytes(app.enginePid() ?? 0));
  }, 500);
  await app.overlay.waitForSelector('.receipt', { timeout: limitMs }).finally(() => clearInterval(watching));
  const rows = (await app.ask('model.list', {})).value as readonly ModelRow[];
  const needBytes = rows.filter(isHere).find(({ id }) => id === modelId)?.needBytes ?? 0;
  process.stdout.write(`peak ${peakBytes / 2 ** 20} MiB of ${needBytes / 2 ** 20} MiB\n`);
  expect(peakBytes).toBeGreaterThan(0);
  expect(peakBytes).toBeLessThanOrEqual(needBytes);
  const [, read, total] = /(\d+) of (\d+) parts/.exec(await app.overlay.locator('.receipt').innerText()) ?? [];
  return { parts: Number(total), read: Number(read) };
}

/** A PDF of 30 pages in two languages, printed by a real browser. */
export function printPages(display: TestDisplay): string {
  const page = (number: number) =>
    number === 17
      ? '<p>The keeper of the northern tower wrote that 4,117 puffins nested on the northern cliff.</p><p>北塔的看守人写道，北边悬崖上有 4117 只海鹦筑巢。</p>'
      : `<p>Day ${number}. ${'The harbour was calm and the ferry kept its hours. '.repeat(9)}</p><p>第 ${number} 天，港口平静，渡船准点。</p>
         <p>${'The mail came at noon, and the lamps were lit at dusk as usual. '.repeat(7)}</p>`;
  const pages = Array.from({ length: 30 }, (_, index) => `<section>${page(index + 1)}</section>`);
  const style =
    '<meta charset="utf-8"><style>section { break-after: page } section:last-child { break-after: auto }</style>';
  const html = join(display.folder, 'report.html');
  const pdf = join(display.folder, 'report.pdf');
  writeFileSync(html, style + pages.join(''));
  const profile = `--user-data-dir=${join(display.folder, 'printer')}`;
  const options = ['--headless', '--no-sandbox', '--disable-gpu', profile, '--no-pdf-header-footer'];
  run('chromium', [...options, `--print-to-pdf=${pdf}`, `file://${html}`], display.env);
  return pdf;
}
