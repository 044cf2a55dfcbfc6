import type { Page } from 'playwright-core';
import type { TakeOptions } from './camera.ts';
import { openWindow } from './open-window.ts';
import type { StatesStage } from './overlay-states.ts';

/** Brings the main window into its states and takes each. */
export class WindowStates {
  readonly #stage: StatesStage;

  constructor(stage: StatesStage) {
    this.#stage = stage;
  }

  async all(): Promise<void> {
    const page = await openWindow(this.#stage.app, 'chats');
    await this.#chats(page);
    await openWindow(this.#stage.app, 'models');
    await this.#models(page);
    await openWindow(this.#stage.app, 'settings');
    await this.#settings(page);
    await page.close();
  }

  async #chats(page: Page): Promise<void> {
    await this.#shot(page, 'empty-chat', { again: () => this.#alone(page, '.chat-search > .icon-button') });
    await page.locator('.chat-item').filter({ hasText: 'lighthouse-en.pdf' }).first().click();
    await page.waitForSelector('.chat-answer');
    await this.#shot(page, 'chat');
    const openMenu = async () => {
      await page.keyboard.press('Escape');
      await this.#list(page);
      await page.locator('.chat-item').first().click({ button: 'right' });
      await page.waitForSelector('.menu');
    };
    await openMenu();
    await this.#shot(page, 'chat-menu', { again: openMenu });
    await page.keyboard.press('Escape');
    await this.#alone(page, '.chat-item');
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
    const openModels = async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+m');
      await page.waitForSelector('.menu');
    };
    await openModels();
    await this.#shot(page, 'model-menu', { again: openModels });
    await page.keyboard.press('Escape');
  }

  /** Where the list hides the chat, or the other way round, goes to the list. */
  async #list(page: Page): Promise<void> {
    const item = page.locator('.chat-item').first();
    if (!(await item.isVisible())) await page.locator('.chat-head .back').click();
  }

  /** Where the list is alone on the page, opens the chat that an element of it leads to. */
  async #alone(page: Page, leads: string): Promise<void> {
    if (!(await page.locator('.composer').first().isVisible())) await page.locator(leads).first().click();
  }

  async #models(page: Page): Promise<void> {
    await page.waitForSelector('.providers li');
    await page
      .locator('#models')
      .focus()
      .catch(() => {});
    await this.#shot(page, 'models');
    await this.#shot(page, 'providers', { from: '.providers' });
    await page.locator('.provider-row button').first().click();
    await page.waitForSelector('.provider-key');
    await this.#shot(page, 'provider-key', { from: '.providers li' });
    await page.keyboard.press('Escape');
  }

  async #settings(page: Page): Promise<void> {
    const sections = page.locator('.section-button');
    for (const [at, state] of ['general', 'shortcuts', 'models', 'applications', 'privacy', 'about'].entries()) {
      await sections.nth(at).click();
      await this.#shot(page, `settings-${state}`);
      if (state === 'shortcuts' || state === 'privacy') {
        await this.#shot(page, `settings-${state}-end`, {
          from: '.page-settings .setting-box:last-child .setting:last-child',
        });
      }
    }
    await page
      .getByRole('searchbox')
      .last()
      .fill(this.#stage.words.language === 'en' ? 'theme' : '深色');
    await this.#shot(page, 'settings-found');
  }

  #shot(page: Page, state: string, options: TakeOptions = {}): Promise<void> {
    return this.#stage.camera.take(page, `window-${state}`, options);
  }
}
