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

  const line = () => page.locator('tr', { hasText: 'SmolLM2' });
  const button = (name: string) => line().getByRole('button', { name, exact: true });

  it('is made faster with two keys, says how far it is, and is made as it was with two more', async () => {
    await button('Make it faster').focus();
    await page.keyboard.press('Enter');
    const progress = line().getByRole('progressbar');
    await progress.waitFor();
    expect(await line().innerText()).toMatch(/ of \d+(\.\d)? MB · .+ left/);
    expect(await button('Pause').count()).toBe(0);
    await line().getByText('in use · faster copy').waitFor({ timeout: 60_000 });
    expect(readdirSync(models).sort()).toEqual([copyName, `${copyName}.json`, `${tinyModel}.gguf`].sort());
    await button('Remove faster copy').focus();
    await page.keyboard.press('Enter');
    await button('Make it faster').waitFor();
    expect(readdirSync(models)).toEqual([`${tinyModel}.gguf`]);
  });

  it('is as it was when making it faster is cancelled', async () => {
    await button('Make it faster').click();
    await button('Cancel').click();
    await button('Make it faster').waitFor();
    await waitFor('nothing is left', () => readdirSync(models).length === 1);
  });
});
