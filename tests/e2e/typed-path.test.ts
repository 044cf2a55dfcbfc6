import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

describeOnDesktop('a path that is typed in the box', { app: {} }, ({ display, app }) => {
  const chips = () => app.overlay.locator('.chip.file');
  const first = () => app.overlay.locator('.row.at').innerText();
  const look = (name: string) => {
    const shots = process.env['BECKON_SHOTS'];
    if (shots !== undefined) display.screenshot(join(shots, `${name}.png`));
  };

  async function type(path: string): Promise<void> {
    // The same keys would hide a box that is there.
    if (display.focusedTitle() !== 'Beckon') display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.type(path);
    await waitFor('the files there are first', async () => (await first()).includes(path));
  }

  it('is taken once the person agreed, and leads to the list of a folder that it is part of', async () => {
    const papers = join(display.folder, 'papers');
    mkdirSync(papers);
    writeFileSync(join(papers, 'lamp.txt'), 'The lamp burns 14 litres of oil a night.');
    await type(join(papers, 'lamp.txt'));
    look('path-typed');
    display.press('Return');
    await waitFor('it is asked about', () => display.focusedTitle() === 'A file goes along', 30_000);
    look('path-asked');
    // Enter refuses.
    display.press('Return');
    await waitFor('the overlay has the keyboard again', () => display.focusedTitle() === 'Beckon');
    expect(await chips().count()).toBe(0);

    await type(join(papers, 'lamp.txt'));
    display.press('Return');
    await waitFor('it is asked about again', () => display.focusedTitle() === 'A file goes along', 30_000);
    display.press('Tab', 'Return');
    await waitFor('it is read', async () => /lamp\.txt\s*1 line/.test((await chips().allInnerTexts()).join()), 60_000);
    look('path-taken');

    await type(join(papers, 'la'));
    display.press('Return');
    await waitFor('the list of the folder', () => display.focusedTitle() === 'Choose files to take along', 30_000);
    look('path-folder');
    display.press('Escape');
  }, 240_000);
});
