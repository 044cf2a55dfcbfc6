import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout, cliEntry, nodeExecutable } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { run, waitFor } from '../support/processes.ts';
import { figures } from '../support/shared-atoms.ts';

/** A folder in which no model lies. */
const noModels = join(checkout, 'tests', 'corpus', 'markdown');
const options = {
  display: { accessibility: true },
  app: { models: noModels, settings: { offline: true, modelId: null } },
};

describeOnDesktop('an action that somebody gave', options, ({ display, app, steps, openNote, select, after }) => {
  /** Signed in a profile of its own, as its author does it. */
  function givenFile(): string {
    const profile = mkdtempSync(join(tmpdir(), 'beckon-author-'));
    mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
    writeFileSync(join(profile, 'atoms', 'figures.json'), JSON.stringify({ ...figures, output: 'replace' }));
    const file = join(display.folder, 'figures.json');
    const env = { ...process.env, BECKON_PROFILE: profile, BECKON_MODELS: noModels, LANG: 'C.UTF-8' };
    const args = ['atoms', 'export', 'figures', '--to', file, '--name', 'Lin Wei'];
    run(nodeExecutable, [cliEntry, ...args], env);
    return file;
  }

  it('is told in words, added by one key, and run on a selection', async () => {
    const file = givenFile();
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [path] })) as never;
    }, file);
    await app.ask('window.open', { page: 'settings', conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('button', { name: 'Choose files…' }).click();
    const told = page.getByRole('dialog', { name: 'Figures by size' });
    await told.waitFor();
    const words = await told.innerText();
    for (const said of [
      /Signed by Lin Wei, key (?:[0-9a-f]{4} ){7}[0-9a-f]{4}/,
      /Takes the numbers out of it\s+Sorts by number, the largest first\s+Joins the items with “, ”/,
      /Reads the text you select\s+Asks no model\s+Its result can take the place of what you selected/,
      /1 of 1 here, without a model/,
      /Nothing has run with your own text/,
    ])
      expect(words).toMatch(said);
    expect(await told.getByRole('button', { name: 'Not now' }).evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.page-settings .toast', { hasText: 'Figures by size is added.' }).waitFor();
    expect(JSON.parse(readFileSync(join(app.profile, 'atoms', 'figures.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
    after(() => app.ask('sharing.remove', { atomId: 'figures' }));

    const text = 'North 1,200 and south 90, east 41200.';
    await openNote(`${text}\n`);
    await select(text, 'ctrl+Home', 'shift+End');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    display.type('figures by');
    await waitFor('it is first', async () => /^Figures by size/.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
    await waitFor('the answer is there', async () => (await steps.lastAnswer()) === '41200, 1,200, 90');
  });
});
