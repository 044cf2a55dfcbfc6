import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkout } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

/** A folder in which no model lies. */
const noModels = join(checkout, 'tests', 'corpus', 'markdown');
/** Where pictures of each step go; left out, none is taken. */
const pictures = process.env['BECKON_PICTURES'];

const options = {
  display: { accessibility: true },
  app: { models: noModels, settings: { offline: true, modelId: null } },
};

describeOnDesktop('an action of one’s own', options, ({ display, app, openNote, select, after }) => {
  let taken = 0;

  function shot(name: string): void {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    taken += 1;
    display.screenshot(join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`));
  }

  async function mainWindow(): Promise<Page> {
    return waitFor('the main window', () => app.electron.windows().find((page) => page.url().includes('window.html')));
  }

  async function inFront(title: RegExp): Promise<void> {
    await waitFor(`${title} has the keyboard`, () => title.test(display.focusedTitle()));
  }

  /** Adds a step by its name, and waits until the keyboard is in it. */
  async function addStep(page: Page, typed: string, number: number): Promise<void> {
    display.press('ctrl+Return');
    await page.waitForSelector('dialog[open] .palette-input');
    display.type(typed);
    await waitFor('it is found', async () => (await page.locator('.palette-row').count()) < 19);
    shot(`find-${typed}`);
    display.press('Return');
    await waitFor('the step has the keyboard', () =>
      page.evaluate(
        (at) => document.activeElement?.closest('.step') === document.querySelectorAll('.step')[at],
        number - 1,
      ),
    );
  }

  /** Presses Tab until that has the keyboard. */
  async function tabTo(page: Page, label: string): Promise<void> {
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    for (let tries = 0; tries < 40 && (await at()) !== label; tries += 1) {
      const before = await page.evaluateHandle(() => document.activeElement);
      display.press('Tab');
      await waitFor('the keyboard is elsewhere', () => page.evaluate((was) => document.activeElement !== was, before));
    }
    expect(await at()).toBe(label);
  }

  /** Exports an action from the settings by the keyboard, where a dialog of the system's is answered with a place; answers the file. */
  async function exported(page: Page, name: string): Promise<unknown> {
    const to = join(display.folder, 'shared.json');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
    }, to);
    display.press('ctrl+shift+space');
    await inFront(/^Beckon$/);
    display.press('ctrl+comma');
    await page.waitForSelector('.page-settings:not([hidden])');
    await inFront(/Settings/);
    display.press('ctrl+f');
    await waitFor('the search has the keyboard', () =>
      page.evaluate(() => document.activeElement?.getAttribute('type') === 'search'),
    );
    display.type('export');
    await page.getByRole('button', { name: `Export… ${name}` }).waitFor();
    await tabTo(page, `Export… ${name}`);
    display.press('Return');
    await page.waitForSelector('dialog[open] input');
    display.type('Lin Wei');
    shot('export');
    display.press('Return');
    await waitFor('it is exported', () => existsSync(to));
    return JSON.parse(readFileSync(to, 'utf8'));
  }

  it('is built with the keyboard alone, tried as it is built, bound to a key, used on selected text and exported', async () => {
    const startedAt = performance.now();
    await app.ask('window.open', { page: 'chats', conversationId: null });
    const page = await mainWindow();
    await page.waitForSelector('.composer textarea');
    await inFront(/Beckon/);
    display.press('ctrl+3');
    await page.waitForSelector('.page-actions:not([hidden]) .action-item');
    shot('page');
    display.press('ctrl+shift+l');
    await waitFor('its name is asked for', () =>
      page.evaluate(() => document.activeElement?.closest('.name-field') !== null),
    );
    display.type('Sorted list');
    display.press('Tab', 'Tab', 'Tab', 'Tab');
    display.type('pear');
    display.press('Return');
    display.type('Apple');
    display.press('Return');
    display.type('fig');
    await waitFor(
      'the sample is there',
      async () => (await page.inputValue('.sample textarea')) === 'pear\nApple\nfig',
    );
    display.press('ctrl+Return');
    await page.waitForSelector('dialog[open] .palette-input');
    display.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await addStep(page, 'split', 1);
    await addStep(page, 'sort', 2);
    await addStep(page, 'join', 3);
    display.press('Tab', 'Right');
    const outputs = page.locator('.output-value');
    await waitFor('it is tried', async () => (await outputs.last().innerText()) === '- Apple\n- fig\n- pear');
    shot('tried');
    display.press('ctrl+s');
    const file = join(app.profile, 'atoms', 'sorted-list.json');
    await waitFor('it is saved', () => existsSync(file));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...{ atom: 2, id: 'sorted-list', name: { en: 'Sorted list', 'zh-CN': 'Sorted list' } },
      ...{ input: 'selection', output: 'replace' },
      steps: [
        { do: 'split', at: 'lines' },
        { do: 'sort', by: 'text' },
        { do: 'join', mark: 'bullet' },
      ],
    });
    after(() => rmSync(join(app.profile, 'atoms'), { recursive: true }));
    shot('saved');
    display.press('ctrl+k');
    await page.waitForSelector('dialog[open] .palette-input');
    display.type('set the action');
    display.press('Return');
    await waitFor('its key has the keyboard', () =>
      page.evaluate(() => document.activeElement?.className.includes('key-button') === true),
    );
    display.press('Return');
    await page.waitForSelector('.key-button[aria-pressed=true]');
    display.press('ctrl+alt+j');
    await page.waitForSelector('.key-button kbd');
    shot('bound');
    const { file: note } = await openNote('pear\nApple\nfig\nAfter.\n');
    await select('pear\nApple\nfig', 'ctrl+Home', 'shift+Down', 'shift+Down', 'shift+End');
    shot('selected');
    display.press('ctrl+alt+j');
    await waitFor('it is done', async () =>
      /Sorted list[\s\S]*Apple[\s\S]*pear/.test(await app.overlay.innerText('body')),
    );
    await inFront(/^Beckon$/);
    shot('done');
    display.press('Return');
    await inFront(/note\.txt/);
    await waitFor('it is put back', () => {
      display.press('ctrl+s');
      return readFileSync(note, 'utf8') === '- Apple\n- fig\n- pear\nAfter.\n';
    });
    shot('put-back');
    const shared = await exported(page, 'Sorted list');
    expect(shared).toMatchObject({ id: 'sorted-list', shared: { by: { name: 'Lin Wei' } } });
    expect(performance.now() - startedAt).toBeLessThan(120_000);
    display.press('ctrl+3');
    await page.waitForSelector('.page-actions:not([hidden])');
    await page.locator('.name-field input').first().fill('Another name');
    await page.close();
    await app.ask('window.open', { page: 'actions', conversationId: null });
    const again = await mainWindow();
    after(() => again.close());
    const begun = again.locator('.action-item', { hasText: 'Another name' });
    await waitFor('what was not saved is there again', async () => /not saved/.test(await begun.innerText()));
  });

  // A new user chose an action, pressed a combination, and nothing was bound; and read "Language: 中文" on a Chinese page.
  it('gets its key by the next combination that is pressed; a changed language is told in the one it was changed to', async () => {
    await app.ask('window.open', { page: 'settings', conversationId: null });
    const page = await mainWindow();
    after(() => page.close());
    await inFront(/^Settings/);
    await page.getByText('Shortcuts', { exact: true }).first().click();
    await page.locator('.add-key').first().selectOption({ label: 'Explain' });
    await page.waitForSelector('.action-key .key-button[aria-pressed=true]');
    display.press('ctrl+alt+k');
    await page.waitForSelector('.action-key .key-button kbd');
    await page.getByText('General', { exact: true }).first().click();
    await page.getByLabel('Language').selectOption({ label: '中文' });
    await waitFor('it is told in Chinese', async () => (await page.getByRole('status').getByText(/^语言/).count()) > 0);
  });
});
