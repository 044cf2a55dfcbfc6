import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { readCardChunk, withCardChunk } from '../../models/sight/card/card-chunk.ts';
import { BeckonApp, checkout, cliEntry, nodeExecutable } from '../support/beckon-app.ts';
import { sentOn } from '../support/drawn-cards.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { parrotSettings } from '../support/parrot.ts';
import { run, waitFor } from '../support/processes.ts';
import { figures, pirate } from '../support/shared-atoms.ts';

const answer =
  'Arr, the **sums** be these:\n\n| port | tons |\n|---|---|\n| North | 1,200 |\n| South | 90 |\n\n' +
  '```ts\nconst sum = north + south; // 1290\n```\n\n$$\\frac{1200}{90} \\approx 13.3$$\n\n再见，船长。';
const selection = 'The landlord writes: North 1,200 and south 90.';
const shots = process.env['BECKON_SHOTS'];

const options: DesktopOptions = {
  display: { accessibility: true },
  parrot: true,
  app: {
    fill: (profile) => {
      mkdirSync(join(profile, 'atoms'), { mode: 0o700, recursive: true });
      for (const file of [pirate, figures])
        writeFileSync(join(profile, 'atoms', `${file.id}.json`), JSON.stringify(file));
    },
  },
};

describeOnDesktop('an answer card', options, ({ display, app, steps, server, openNote, select, keep }) => {
  async function mainWindow(): Promise<Page> {
    await app.ask('window.open', { page: 'chats', conversationId: null });
    return waitFor('the main window', () => app.electron.windows().find((one) => one.url().includes('window.html')));
  }

  async function answered(actionName: string, typed: string): Promise<void> {
    await openNote(`${selection}\n`);
    await select(selection, 'ctrl+Home', 'shift+End');
    await steps.call();
    await app.overlay.waitForSelector('.chip.on');
    display.type(typed);
    const first = app.overlay.locator('.row.at');
    const isFirst = async () => (await first.innerText()).startsWith(actionName);
    await waitFor('the action is first', isFirst).catch((error: unknown) => {
      if (shots) display.screenshot(join(shots, 'not-first.png'));
      throw error;
    });
    display.press('Return');
    await waitFor('the answer is there', async () => (await app.overlay.locator('.receipt').count()) > 0);
  }

  async function chooses(how: 'showSaveDialog' | 'showOpenDialog', path: string): Promise<void> {
    await app.electron.evaluate(
      ({ dialog }, [name, chosen]) => {
        dialog[name] = (async () => ({ canceled: false, filePath: chosen, filePaths: [chosen] })) as never;
      },
      [how, path] as const,
    );
  }

  /** Resolves once the page has it; text that is still drawn for the other language would be another picture. */
  async function look(page: Page, language: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> {
    await app.ask('settings.set', { language, theme });
    const root = page.locator(`html[lang="${language}"][data-theme="${theme}"]`);
    await root.waitFor({ state: 'attached' });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(drawn))));
  }

  async function save(page: Page, path: string): Promise<void> {
    await chooses('showSaveDialog', path);
    await page.locator('.tools .icon-button').nth(1).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input').fill('Lin Wei');
    if (shots) await page.screenshot({ path: `${path}.dialog.png` });
    await dialog.locator('button.primary').click();
    await Promise.race([page.locator('.toast').waitFor(), page.locator('.refusal').waitFor()]);
    expect(await page.locator('.refusal').allInnerTexts()).toEqual([]);
    // Else the next card would be taken for this one.
    await page.locator('.toast').waitFor({ state: 'hidden' });
  }

  /** A command in a profile of somebody else, where no model is. */
  function elsewhere() {
    const profile = mkdtempSync(join(tmpdir(), 'beckon-reader-'));
    mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
    const models = join(checkout, 'tests', 'corpus', 'markdown');
    const env = { ...process.env, BECKON_PROFILE: profile, BECKON_MODELS: models, LANG: 'C.UTF-8' };
    return (...args: readonly string[]) => run(nodeExecutable, [cliEntry, ...args], env);
  }

  /** Beckon of somebody who has neither the action nor the author's key, on the same display. */
  async function another(): Promise<BeckonApp> {
    const settings = {
      ...parrotSettings(server),
      language: 'en',
      hotkey: 'Control+Alt+Space',
      hotkeyProvedAt: 1,
    } as const;
    const other = await BeckonApp.launch({ display, settings });
    await other.waitForCore();
    await other.waitForDesktop();
    return other;
  }

  async function callOther(): Promise<void> {
    display.press('ctrl+alt+space');
    await waitFor('the other overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  }

  /** Pastes a picture into the other overlay; answers the page of its main window, which tells of a card. */
  async function paste(other: BeckonApp, path: string): Promise<Page> {
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', path]));
    await waitFor('the picture is copied', () => display.targets('clipboard').includes('image/png'));
    await callOther();
    display.press('ctrl+v');
    return waitFor('the main window', () => other.electron.windows().find((one) => one.url().includes('window.html')));
  }

  it('goes round: pasted as a small JPEG into another Beckon it is read, checked, its action added and run; a forged one is told', async () => {
    server.answers.push(answer);
    await answered('Like a pirate', 'like a');
    const page = await mainWindow();
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    await app.ask('window.open', { page: 'chats', conversationId: chat?.id ?? null });
    await page.locator('.chat-answer .markdown').waitFor();
    const card = join(display.folder, 'round.png');
    await save(page, card);
    const file = readFileSync(card);
    const [small, forged] = [join(display.folder, 'small.png'), join(display.folder, 'forged.png')];
    // What is copied from a chat application is the pixels of the small JPEG that was sent on.
    const { data, width, height } = jpeg.decode(sentOn(file));
    const pixels = new PNG({ width, height });
    pixels.data = Buffer.from(data);
    writeFileSync(small, PNG.sync.write(pixels));
    const told = JSON.parse(readCardChunk(file) ?? '') as { readonly by: object };
    // In the place of the card that it came with, which would be read first.
    const bare = PNG.sync.write(PNG.sync.read(file), { colorType: 2 });
    writeFileSync(forged, withCardChunk(bare, JSON.stringify({ ...told, by: { ...told.by, name: 'Somebody Else' } })));
    await page.close();

    const other = await another();
    try {
      const first = await paste(other, small);
      const dialog = first.getByRole('dialog');
      await dialog.getByText('Signed by Lin Wei, whose key is seen here for the first time').first().waitFor();
      await dialog.getByText('The words on the picture were not checked').waitFor();
      if (shots) await first.screenshot({ path: join(shots, 'round-pasted.png') });
      expect(existsSync(join(other.profile, 'atoms', 'pirate.json'))).toBe(false);
      await dialog.getByRole('button', { name: 'Add it' }).click();
      await waitFor('it is added', () => existsSync(join(other.profile, 'atoms', 'pirate.json')));
      await first.close();
      // The pasted picture is a chip of its box, too.
      await other.ask('overlay.hide', {});
      await other.ask('context.clear', {});

      server.answers.push('Arr, so it goes round.');
      await waitFor('the note has the keyboard again', () => /note\.txt/.test(display.focusedTitle()));
      await select(selection, 'ctrl+Home', 'shift+End');
      await callOther();
      await other.overlay.waitForSelector('.chip.on');
      display.press('ctrl+n');
      display.type('like a');
      await waitFor('the action is first', async () =>
        (await other.overlay.locator('.row.at').innerText()).startsWith('Like a pirate'),
      ).catch((error: unknown) => {
        if (shots) display.screenshot(join(shots, 'round-not-first.png'));
        throw error;
      });
      display.press('Return');
      await other.overlay.waitForSelector('.receipt');
      expect(await other.overlay.locator('body').innerText()).toContain('Arr, so it goes round.');
      if (shots) display.screenshot(join(shots, 'round-run.png'));
      display.press('Escape', 'Escape');
      await waitFor('the other overlay is gone', () => display.focusedTitle() !== 'Beckon');

      // A picture that is pasted comes without its data: a forged one is a file.
      await other.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [path] })) as never;
      }, forged);
      await other.ask('window.open', { page: 'settings', conversationId: null });
      const second = await waitFor('the main window', () =>
        other.electron.windows().find((one) => one.url().includes('window.html')),
      );
      await second.getByRole('button', { name: 'Shortcuts' }).click();
      await second.getByRole('button', { name: 'Choose files…' }).click();
      await second.getByRole('dialog').getByText('nothing of it is offered').waitFor();
      expect(await second.getByRole('button', { name: 'Add it' }).count()).toBe(0);
      if (shots) await second.screenshot({ path: join(shots, 'round-forged.png') });
    } finally {
      await other.close();
    }
  });

  it('is drawn, saved, sent on as a small JPEG, and its action added and run elsewhere; the selection is nowhere in it', async () => {
    server.answers.push(answer);
    await answered('Like a pirate', 'like a');
    const page = await mainWindow();
    const listed = await app.ask('conversation.list', { query: '', limit: 1 });
    const [chat] = listed.value as { id: string }[];
    await app.ask('window.open', { page: 'chats', conversationId: chat?.id ?? null });
    await page.locator('.chat-answer .markdown').waitFor();

    for (const [language, theme] of shots
      ? ([
          ['en', 'light'],
          ['en', 'dark'],
          ['zh-CN', 'light'],
          ['zh-CN', 'dark'],
        ] as const)
      : ([['en', 'light']] as const)) {
      await app.ask('settings.set', { language, theme });
      await save(page, join(shots ?? display.folder, `card-${language}-${theme}.png`));
    }
    const file = readFileSync(join(shots ?? display.folder, 'card-en-light.png'));
    const { width, height } = PNG.sync.read(file);
    expect([width, height > 1200]).toEqual([1080, true]);
    const inside = readCardChunk(file) ?? '';
    expect(JSON.parse(inside)).toMatchObject({
      by: { name: 'Lin Wei' },
      atom: { id: 'pirate' },
      said: { text: answer },
    });
    expect(file.toString('latin1') + inside).not.toContain('landlord');

    const small = join(display.folder, 'small.jpg');
    writeFileSync(small, sentOn(file));
    const beckon = elsewhere();
    const told = beckon('atoms', 'show', small);
    expect(told).toContain('Signed by Lin Wei, whose key is seen here for the first time');
    expect(told).toContain('The words on the picture were not checked');
    expect(beckon('atoms', 'show', join(shots ?? display.folder, 'card-en-light.png'))).toContain(
      'The picture is the one that was signed',
    );
    expect(beckon('atoms', 'add', small, '--yes')).toContain('is added');

    // Read by its own author in the window, and by anybody with another picture around the card.
    const changed = join(display.folder, 'changed.png');
    writeFileSync(changed, withCardChunk(PNG.sync.write(PNG.sync.read(file), { colorType: 2 }), inside));
    await app.ask('window.open', { page: 'settings', conversationId: null });
    await app.ask('settings.set', { language: 'en', theme: 'light' });
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    for (const [name, path, said] of [
      ['small', small, 'not checked'],
      ['changed', changed, 'This picture is not the one'],
    ] as const) {
      await chooses('showOpenDialog', path);
      await app.ask('settings.set', { language: 'en', theme: 'light' });
      await page.getByRole('button', { name: 'Choose files…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(said).waitFor();
      for (const theme of shots ? (['light', 'dark'] as const) : [])
        for (const language of ['en', 'zh-CN'] as const) {
          await look(page, language, theme);
          await page.screenshot({ path: join(shots ?? '', `told-${name}-${language}-${theme}.png`) });
        }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
  });

  it('and all else that is the person’s is backed up from the settings, and restored only after a word in a dialog of main’s', async () => {
    const page = await mainWindow();
    await app.ask('window.open', { page: 'settings', conversationId: null });
    await app.ask('settings.set', { language: 'en', theme: 'light' });
    await page.getByRole('button', { name: 'Privacy' }).first().click();
    const path = join(display.folder, 'all.beckon');
    await chooses('showSaveDialog', path);
    await page.getByRole('button', { name: 'Back up…' }).click();
    await page.locator('.page-settings .toast', { hasText: 'all.beckon' }).waitFor();
    expect(readFileSync(path, 'latin1')).toMatch(/^beckon backup 1\n/);
    if (shots) await page.screenshot({ path: join(shots, 'backup-en.png') });
    await chooses('showOpenDialog', path);
    await app.electron.evaluate(({ dialog }) => {
      dialog.showMessageBox = (async (...given: readonly unknown[]) => {
        (globalThis as { asked?: unknown }).asked = given.at(-1);
        return { response: 0 };
      }) as never;
    });
    await page.getByRole('button', { name: 'Restore…' }).click();
    const asked = () => app.electron.evaluate(() => JSON.stringify((globalThis as { asked?: unknown }).asked ?? null));
    await waitFor('it is asked', async () => /what may be sent where may change/.test(await asked()));
    await waitFor('nothing is ready', () => !existsSync(join(app.profile, 'restore')));
    if (shots) {
      await look(page, 'zh-CN', 'dark');
      await page.screenshot({ path: join(shots, 'backup-zh-dark.png') });
    }
  });
});
