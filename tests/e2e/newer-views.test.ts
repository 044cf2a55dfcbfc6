import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { english } from '../demo/state-words.ts';
import { findViolations } from '../support/accessibility.ts';
import { reachByTab } from '../support/keyboard-reach.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { fillUsed, paidSettings } from '../support/used-profile.ts';

type PageName = 'chats' | 'usage' | 'actions' | 'settings' | 'models';

/** The views that somebody has who asks a provider, too, writes actions of their own and reads texts. */
const options = {
  app: { settings: paidSettings, fill: (profile: string) => fillUsed(profile, english) },
  // After a case its chats are removed, which are what is looked at.
  anew: true,
} as const;

describeOnDesktop('every newer view', options, ({ app, after }) => {
  async function open(name: PageName): Promise<Page> {
    await app.ask('window.open', { page: name, conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.waitForSelector(`.page-${name}:not([hidden])`);
    return page;
  }

  /** Brings each view about, one after another, and hands it to `each`. */
  async function visit(each: (view: string, page: Page, within: string) => Promise<void>): Promise<void> {
    const page = await open('usage');
    await page.waitForSelector('.accounts');
    await page.locator('.budget-head button').click();
    await page.locator('.chart-table summary').first().click();
    await each('usage with its form and a table', page, '.page-usage');
    await page.locator('.budget-form .button:not(.primary)').click();
    await open('chats');
    await page.locator('.chat-item').filter({ hasText: english.question }).first().click();
    await page.locator('.receipt-open').last().click();
    await page.waitForSelector('.receipt-card footer');
    await each('the receipt', page, '.receipt-card');
    await page.locator('.receipt-card .icon-button').click();
    await page.locator('.chat-item').filter({ hasText: english.summarise }).first().click();
    await page.locator('.grounding summary').click();
    await page.locator('.cited').first().click();
    await page.waitForSelector('.passage-pane');
    await each('a passage', page, '.passage-pane');
    await page.keyboard.press('Escape');
    await open('actions');
    await page.locator('.action-item').first().click();
    await page.waitForSelector('.labels');
    for (const [at, tab] of ['steps', 'text', 'versions'].entries()) {
      await page.locator('.editor .segment').nth(at).click();
      await each(`an action, ${tab}`, page, '.editor');
    }
    await open('settings');
    for (const [at, section] of ['general', 'shortcuts', 'models', 'applications', 'privacy', 'about'].entries()) {
      await page.locator('.section-button').nth(at).click();
      await each(section, page, '.settings-column');
    }
    await open('models');
    await page.locator('.provider-row button').first().click();
    await each('the key of a provider', page, '.page-models');
    await page.keyboard.press('Escape');
  }

  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', async (theme) => {
    await app.ask('settings.set', { theme });
    const found: string[] = [];
    await visit(async (view, page) => {
      await waitFor('the page has its colours', () =>
        page.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
      );
      for (const line of await findViolations(page)) found.push(`${view}: ${line}`);
    });
    expect(found).toEqual([]);
  });

  it('has no fault that axe can find in a narrow window with large text either', async () => {
    await app.ask('settings.set', { textPercent: 200 });
    after(() => app.ask('settings.set', { textPercent: 100 }));
    const found: string[] = [];
    for (const name of ['usage', 'models', 'settings', 'chats', 'actions'] as const) {
      const page = await open(name);
      await waitFor('large text', () => page.evaluate(() => window.innerWidth < 700));
      for (const line of await findViolations(page)) found.push(`${name}: ${line}`);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (isWide) found.push(`${name}: wider than the window`);
    }
    expect(found).toEqual([]);
  });

  it('is gone through by Tab alone: each control is come to, and shows that it has the keyboard', async () => {
    const faults: Record<string, unknown> = {};
    await visit(async (view, page, within) => {
      const { missed, unmarked } = await reachByTab(page, within);
      if (missed.length > 0 || unmarked.length > 0) faults[view] = { missed, unmarked };
    });
    expect(faults).toEqual({});
  });

  it('would be caught with a control that shows nothing, and with one that lets the keyboard go', async () => {
    const page = await open('usage');
    await page.waitForSelector('.accounts');
    await page.evaluate(() => {
      const [plain, gone] = ['plain', 'gone'].map((id) => {
        const button = Object.assign(document.createElement('button'), { id, textContent: id });
        button.style.cssText = 'all: revert; outline: none !important';
        document.querySelector('.page-usage')?.append(button);
        return button;
      });
      plain?.setAttribute('style', 'outline: none !important; border: 0; box-shadow: none !important');
      gone?.addEventListener('focus', () => gone.blur());
    });
    const { missed, unmarked } = await reachByTab(page, '.page-usage');
    expect(missed).toEqual([expect.stringContaining('id="gone"')]);
    expect(unmarked).toEqual([expect.stringContaining('id="plain"')]);
  });
});
