import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const copyName = `${tinyModel}.fast.gguf`;

const models = mkdtempSync(join(tmpdir(), 'beckon-models-'));
const options: DesktopOptions = {
  models: [tinyModel],
  app: { models, settings: { firstRunDone: true, modelId: tinyModel } },
  // What one case leaves of a model the next one would find.
  anew: true,
};

describeOnDesktop('a model on the Models page', options, ({ app }) => {
  let page: Page;

  beforeAll(() => copyFileSync(requireModel(tinyModel), join(models, `${tinyModel}.gguf`)));

  beforeEach(async () => {
    await app.ask('window.open', { page: 'models', conversationId: null });
    page = await waitFor('the main window', () =>
      app.electron.windows().find((window) => window.url().includes('window.html')),
    );
  });

  afterEach(() => {
    for (const name of readdirSync(models)) if (name !== `${tinyModel}.gguf`) rmSync(join(models, name));
  });

  afterAll(() => rmSync(models, { recursive: true, force: true }));

  const line = () => page.locator('.model-row', { hasText: 'SmolLM2' });
  const button = (name: string) => line().getByRole('button', { name, exact: true });
  const more = () => line().getByRole('button', { name: /^More for/ });

  it('is made faster with two keys, says how far it is, and is made as it was with two more', async () => {
    await more().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Make it faster' }).waitFor();
    await page.keyboard.press('Enter');
    const progress = line().getByRole('progressbar');
    await progress.waitFor();
    expect(await line().innerText()).toMatch(/ of \d+(\.\d)? MB · .+ left/);
    expect(await button('Pause').count()).toBe(0);
    await line().getByText('Faster copy', { exact: true }).waitFor({ timeout: 60_000 });
    await line().getByText('In use', { exact: true }).waitFor();
    expect(readdirSync(models).sort()).toEqual([copyName, `${copyName}.json`, `${tinyModel}.gguf`].sort());
    await more().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Remove faster copy' }).waitFor();
    await page.keyboard.press('Enter');
    await line().getByText('Faster copy', { exact: true }).waitFor({ state: 'detached' });
    expect(readdirSync(models)).toEqual([`${tinyModel}.gguf`]);
  });

  it('is as it was when making it faster is cancelled', async () => {
    await more().click();
    await page.getByRole('menuitem', { name: 'Make it faster' }).click();
    await button('Cancel').click();
    await more().waitFor();
    await waitFor('nothing is left', () => readdirSync(models).length === 1);
  });
});
