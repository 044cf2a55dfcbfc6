import type { Page } from 'playwright-core';
import { waitFor } from '../support/processes.ts';
import type { StatesStage } from './overlay-states.ts';

/** Brings the main window into its states and takes each. */
export class WindowStates {
  readonly #stage: StatesStage;

  constructor(stage: StatesStage) {
    this.#stage = stage;
  }

  async all(): Promise<void> {
    const page = await this.#open('chats');
    await this.#chats(page);
    await this.#open('models');
    await this.#models(page);
    await this.#open('settings');
    await this.#settings(page);
    await page.close();
  }

  async #chats(page: Page): Promise<void> {
    await this.#shot(page, 'empty-chat');
    await page.locator('.chat-item').filter({ hasText: 'lighthouse-en.pdf' }).first().click();
    await page.waitForSelector('.chat-answer');
    await this.#shot(page, 'chat');
    await page.locator('.chat-item').first().click({ button: 'right' });
    await this.#shot(page, 'chat-menu');
    await page.keyboard.press('Escape');
    for (const [key, state] of [
      ['Control+k', 'palette'],
      ['F1', 'keys'],
      ['Control+e', 'export'],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForSelector('dialog[open]');
      await this.#shot(page, state);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Control+m');
    await this.#shot(page, 'model-menu');
    await page.keyboard.press('Escape');
  }

  async #models(page: Page): Promise<void> {
    await page.waitForSelector('.providers li');
    await page
      .locator('#models')
      .focus()
      .catch(() => {});
    await this.#shot(page, 'models');
    await this.#shot(page, 'providers', '.providers');
    await page.locator('.provider-row button').first().click();
    await page.waitForSelector('.provider-key');
    await this.#shot(page, 'provider-key', '.providers li');
    await page.keyboard.press('Escape');
  }

  async #settings(page: Page): Promise<void> {
    const sections = page.locator('.section-button');
    for (const [at, state] of ['general', 'shortcuts', 'models', 'privacy', 'about'].entries()) {
      await sections.nth(at).click();
      await this.#shot(page, `settings-${state}`);
      if (state === 'shortcuts' || state === 'privacy') {
        await this.#shot(page, `settings-${state}-end`, '.page-settings .setting-box:last-child .setting:last-child');
      }
    }
    await page
      .getByRole('searchbox')
      .last()
      .fill(this.#stage.words.language === 'en' ? 'theme' : '深色');
    await this.#shot(page, 'settings-found');
  }

  #shot(page: Page, state: string, from?: string): Promise<void> {
    return this.#stage.camera.take(page, `window-${state}`, from);
  }

  async #open(page: 'chats' | 'models' | 'settings'): Promise<Page> {
    const { app } = this.#stage;
    await app.ask('window.open', { page, conversationId: null });
    const window = await waitFor('the main window', () =>
      app.electron.windows().find((each) => each.url().includes('window.html')),
    );
    await window.waitForSelector(`.page-${page}:not([hidden])`);
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const each of BrowserWindow.getAllWindows())
        if (each.webContents.getURL().includes('window.html')) each.setContentSize(1200, 800);
    });
    return window;
  }
}
