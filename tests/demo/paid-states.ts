import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import english from '../../locales/en/window.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/window.json' with { type: 'json' };
import { checkout } from '../support/beckon-app.ts';
import { waitFor } from '../support/processes.ts';
import type { Camera } from './camera.ts';
import { openWindow } from './open-window.ts';
import type { StatesStage } from './overlay-states.ts';

/** What somebody sees who also asks a provider, writes actions of their own, and reads texts: pages and drawers. */
export class PaidStates {
  readonly #stage: Omit<StatesStage, 'server'>;
  readonly #camera: Camera;

  constructor(stage: Omit<StatesStage, 'server'>) {
    this.#stage = stage;
    this.#camera = stage.camera;
  }

  async usage(): Promise<void> {
    const page = await openWindow(this.#stage.app, 'usage');
    await page.waitForSelector('.accounts');
    await this.#take(page, 'usage');
    await page.locator('.log-check button').first().click();
    await page.locator('.accounts .button').click();
    await waitFor(
      'what the provider says',
      async () => !/^(–|)$/.test(await page.innerText('.accounts [role=status]')),
    );
    await waitFor('it is read', () => page.locator('.accounts .button:not([disabled])').count());
    await this.#take(page, 'usage-account', { from: '.accounts' });
    await page.locator('.budget-head button').click();
    await this.#take(page, 'usage-form', { from: '.budget-form' });
    await page.locator('.budget-head button').click();
  }

  /** The drawer in the window, its end, and the card in the overlay. */
  async receipt(): Promise<void> {
    const page = await openWindow(this.#stage.app, 'chats');
    await this.#openChat(page, this.#stage.words.question);
    await page.locator('.receipt-open').last().click();
    await page.waitForSelector('.receipt-card footer');
    await this.#take(page, 'receipt');
    await this.#take(page, 'receipt-end', { from: '.receipt-who' });
    await page.locator('.receipt-card .icon-button').click();
  }

  async passage(): Promise<void> {
    const page = await openWindow(this.#stage.app, 'chats');
    await this.#openChat(page, this.#stage.words.summarise);
    await page.locator('.grounding summary').click();
    await page.locator('.cited').first().click();
    await page.waitForSelector('.passage-pane');
    await this.#take(page, 'passage');
    await page.keyboard.press('Escape');
  }

  /** The editor of a chain that sends, opens and adds, and its text. */
  async labels(): Promise<void> {
    await this.#stage.app.ask('model.choose', { modelId: 'server:cloud:deepseek-flash' });
    const page = await openWindow(this.#stage.app, 'actions');
    await this.#take(page, 'actions', { again: () => back(page) });
    for (const [at, state] of ['minutes', 'visit'].entries()) {
      const item = async () => {
        await back(page);
        const own = page.locator('.action-item').nth(at);
        if (await own.isVisible()) await own.click();
        await page.waitForSelector('.labels');
      };
      await item();
      await this.#take(page, `labels-${state}`, { again: item });
      await this.#take(page, `steps-${state}`, { from: '.step', again: item });
    }
    await page.locator('.editor .segment').nth(1).click();
    await this.#take(page, 'action-text');
    await page.locator('.editor .segment').nth(0).click();
  }

  async grants(): Promise<void> {
    const page = await openWindow(this.#stage.app, 'settings');
    const at = async (section: number, from: string, state: string) => {
      await page.locator('.section-button').nth(section).click();
      await this.#take(page, state, { from });
    };
    const { settings } = this.#stage.words.language === 'en' ? english : chinese;
    await at(4, `[aria-label="${settings.grants.name}"]`, 'grants');
    await at(4, `[aria-label="${settings.backup.name}"]`, 'backup');
  }

  /** A text whose encoding was guessed; the choice stands by its chip. */
  async encoding(): Promise<void> {
    const { display, app } = this.#stage;
    display.press('ctrl+shift+space');
    await waitFor('the box', () => display.visibleTitles().includes('Beckon'));
    const list = join(display.folder, 'files.txt');
    const corpus = join(checkout, 'tests', 'corpus', 'documents');
    writeFileSync(list, `file://${corpus}/windows-1252.txt\r\nfile://${corpus}/gb18030.txt\r\n`);
    display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'text/uri-list', '-i', list]);
    await waitFor('it is copied', () => display.targets('clipboard').includes('text/uri-list'));
    display.press('ctrl+v');
    await waitFor(
      'they are read',
      async () => (await app.overlay.locator('.chip.file[data-status=ready]').count()) === 2,
    );
    await this.#camera.take(app.overlay, 'overlay-encoding-chips');
    await app.overlay.focus('.chip.file .chip-main');
    await app.overlay.keyboard.press('Enter');
    await app.overlay.waitForSelector('.encoding');
    await this.#camera.take(app.overlay, 'overlay-encoding');
    await app.ask('context.clear', {});
    display.press('ctrl+n');
  }

  async #openChat(page: Page, title: string): Promise<void> {
    await page.locator('.chat-item').filter({ hasText: title }).first().click();
    await page.waitForSelector('.chat-answer');
  }

  #take(page: Page, state: string, options: Parameters<Camera['take']>[2] = {}): Promise<void> {
    return this.#camera.take(page, `window-${state}`, options);
  }
}

/** Where an action is alone on the page, goes back to the list. */
async function back(page: Page): Promise<void> {
  const button = page.locator('.editor .back');
  if (await button.isVisible()) await button.click();
}
