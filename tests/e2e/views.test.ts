import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findViolations } from '../support/accessibility.ts';
import { BeckonApp } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { stays, waitFor } from '../support/processes.ts';

const hotkey = 'ctrl+shift+space';
const answer =
  '# Head\n\nSome **bold** words and a [link](https://example.com).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst x = 1;\n```\n';

const options: DesktopOptions = {
  app: {},
  parrot: true,
  before: async ({ display, app }) => {
    display.press(hotkey);
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await app.ask('overlay.pin', { pinned: true });
  },
};

describeOnDesktop('every view', options, ({ display, app, server, after }) => {
  const typed = () => app.overlay.inputValue('.ask-input');
  const rows = () => app.overlay.locator('.row').count();
  const text = () => app.overlay.locator('body').innerText();
  const chosenRow = () => app.overlay.locator('.row.at').getAttribute('id');
  const answers = () => app.overlay.locator('.receipt').count();

  async function ask(question: string, says: string): Promise<void> {
    server.answers.push(says);
    const before = await answers();
    display.type(question);
    await waitFor('the question is typed', async () => (await typed()) === question);
    display.press('Return');
    await waitFor('its answer', async () => (await answers()) === before + 1);
  }

  async function mainWindow(): Promise<Page> {
    return waitFor('the main window', () => app.electron.windows().find((page) => page.url().includes('window.html')));
  }

  /** Gives the keyboard back to the overlay, which stays pinned while another window has it. */
  async function callOverlay(): Promise<void> {
    await waitFor('the overlay has the keyboard again', async () => {
      if (display.focusedTitle() === 'Beckon' && display.visibleTitles().includes('Beckon')) return true;
      display.press(hotkey);
      // Pressed again at once, the key would hide what the first press brings.
      return waitFor('it comes', () => display.focusedTitle() === 'Beckon', 300).catch(() => false);
    });
  }

  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', async (theme) => {
    await app.ask('settings.set', { theme });
    await waitFor('the page has its colours', async () => (await themeOf(app.overlay)) === theme);
    const found: string[] = [];
    const check = async (view: string, page: Page) => {
      await drawn(page);
      for (const line of await findViolations(page)) found.push(`${view}: ${line}`);
    };
    display.press('ctrl+n');
    await check('empty box', app.overlay);
    display.type('se');
    await check('typed', app.overlay);
    display.press('Escape');
    await ask('Show a table.', answer);
    await check('answer', app.overlay);
    server.answers.push('x'.repeat(3000));
    display.type('go on');
    display.press('Return');
    await waitFor('it streams', async () => (await text()).includes('xxx'));
    await check('streaming', app.overlay);
    display.press('ctrl+period');
    await waitFor('it is stopped', async () => (await app.overlay.locator('.ending').count()) === 1);
    await check('stopped', app.overlay);
    for (const key of ['ctrl+k', 'ctrl+l', 'ctrl+m', 'F1']) {
      display.press(key);
      await check(key, app.overlay);
      display.press('Escape');
    }
    for (const page of ['chats', 'models', 'actions', 'usage', 'settings'] as const) {
      await app.ask('window.open', { page, conversationId: null });
      const window = await mainWindow();
      await window.waitForSelector(`.page-${page}:not([hidden])`);
      await check(page, window);
    }
    const window = await mainWindow();
    for (const section of ['Shortcuts', 'Models', 'Applications', 'Privacy', 'About']) {
      await window.locator('.section-button', { hasText: section }).click();
      await check(section, window);
    }
    for (const key of ['Control+k', 'F1']) {
      await window.keyboard.press(key);
      await window.waitForSelector('dialog[open]');
      await check(`${key} in the window`, window);
      await window.keyboard.press('Escape');
    }
    await app.ask('window.open', { page: 'chats', conversationId: null });
    await window.locator('.chat-item').first().click();
    await window.waitForSelector('.chat-answer');
    await check('a chat', window);
    await window.keyboard.press('Control+e');
    await check('export', window);
    await window.keyboard.press('Escape');
    await window.locator('.chat-item').first().click({ button: 'right' });
    await check('the menu of a chat', window);
    await window.keyboard.press('Escape');
    await (await mainWindow()).close();
    await callOverlay();
    expect(found).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has no fault on the first start either, %s', async (theme) => {
    const first = await BeckonApp.launch({ display, settings: { firstRunDone: false, theme } });
    try {
      await first.overlay.waitForSelector('.first-keys');
      await drawn(first.overlay);
      expect(await findViolations(first.overlay)).toEqual([]);
    } finally {
      await first.close();
    }
    // Window managers give the keyboard back to no window that is in no taskbar.
    await callOverlay();
  });

  it('is worked with keys alone: rows, history, models, all actions, keys', async () => {
    await ask('Show a table.', answer);
    display.press('ctrl+n');
    await waitFor('rows', async () => (await rows()) > 3);
    expect(await chosenRow()).toBe('row-0');
    display.press('Down', 'Down');
    await waitFor('down', async () => (await chosenRow()) === 'row-2');
    display.press('Up');
    await waitFor('up', async () => (await chosenRow()) === 'row-1');
    display.press('ctrl+k');
    await waitFor('all actions', async () => (await text()).includes('Quit Beckon'));
    display.press('Escape', 'ctrl+l');
    await waitFor('history', async () => (await text()).includes('Show a table.'));
    display.press('Escape', 'ctrl+m');
    await waitFor('models', async () => (await text()).includes('parrot'));
    display.press('Escape', 'F1');
    await waitFor('keys', async () => (await text()).includes('Stop, clear, then hide'));
    display.press('Escape');
    display.type('one');
    display.press('shift+Return');
    display.type('two');
    await waitFor('a new line', async () => (await typed()) === 'one\ntwo');
    display.press('Escape');
    await waitFor('cleared', async () => (await typed()) === '');
  });

  // At 200 % text the footer lay below the window: where it runs and what Enter does were gone.
  it('keeps the input and the footer in sight where its window is shorter than what is in it', async () => {
    await ask('Show tables.', answer.repeat(4));
    const session = await app.overlay.context().newCDPSession(app.overlay);
    const short = { width: 360, height: 440, mobile: false, deviceScaleFactor: 2 };
    await session.send('Emulation.setDeviceMetricsOverride', short);
    after(() => session.send('Emulation.clearDeviceMetricsOverride'));
    for (const key of ['', 'ctrl+k', 'ctrl+m', 'F1']) {
      if (key !== '') display.press(key);
      await drawn(app.overlay);
      expect(await app.overlay.evaluate(placesInSight), key).toEqual({ ask: true, foot: true, wide: false });
      if (key !== '') display.press('Escape');
    }
    await session.send('Emulation.clearDeviceMetricsOverride');
    display.press('ctrl+n');
  });

  it('copies, answers again, edits the last question, starts anew, goes back to a chat by its number', async () => {
    await ask('first question', 'first answer');
    display.press('ctrl+c');
    const clipboard = () => app.electron.evaluate(({ clipboard: board }) => board.readText());
    await waitFor('it is copied', async () => (await clipboard()) === 'first answer');
    server.answers.push('second answer');
    display.press('ctrl+r');
    await waitFor('answered again', async () => (await text()).includes('second answer'));
    display.press('ctrl+shift+r');
    await waitFor('models to answer again with', async () => (await text()).includes('parrot'));
    display.press('Escape', 'Up');
    await waitFor('the last question is in the box', async () => (await typed()) === 'first question');
    display.press('End');
    display.type(' edited');
    server.answers.push('third answer');
    display.press('Return');
    await waitFor('the edited one is answered', async () => (await text()).includes('third answer'));
    expect(await text()).not.toContain('second answer');
    display.press('ctrl+n');
    await waitFor('a new chat', async () => !(await text()).includes('third answer'));
    display.press('ctrl+1');
    await waitFor('the last chat is back', async () => (await text()).includes('third answer'));
    display.press('ctrl+n');
  });

  it('keeps a question that was begun while a list is open, and asks nothing that a list was searched for', async () => {
    display.type('half a question');
    await waitFor('it is typed', async () => (await typed()) === 'half a question');
    display.press('ctrl+m');
    await waitFor('models', async () => (await text()).includes('parrot'));
    display.type('zzz');
    await waitFor('nothing is found', async () => (await text()).includes('Nothing found.'));
    display.press('Return');
    await stays('nothing is asked', 200, async () => (await text()).includes('Nothing found.'));
    expect(await text()).toContain('Nothing found.');
    display.press('Escape');
    await waitFor('the question is back', async () => (await typed()) === 'half a question');
    display.press('Escape');
  });

  it('gives what is typed to the box, wherever the keyboard was', async () => {
    await ask('Show code.', answer);
    await app.overlay.locator('.read').last().focus();
    display.press('Up');
    await stays('nothing is in the box', 100, async () => (await typed()) === '');
    expect(await typed()).toBe('');
    display.type('a');
    await waitFor('it is in the box', async () => (await typed()) === 'a');
    display.press('Escape');
    // The button that has the keyboard goes with its chat.
    await app.overlay.locator('.read .link').focus();
    display.press('ctrl+n');
    await waitFor('a new chat', async () => (await app.overlay.locator('.read').count()) === 0);
    display.type('b');
    await waitFor('the keyboard is the box’s', async () => (await typed()) === 'b');
    display.press('Escape');
  });

  it('opens the window and the settings, and is pinned and let go', async () => {
    await ask('first question', 'first answer');
    mkdirSync(join(app.profile, 'atoms'), { recursive: true });
    writeFileSync(join(app.profile, 'atoms', 'mine.json'), '{\n  "atom": 1,\n  "id": }');
    after(() => rmSync(join(app.profile, 'atoms'), { recursive: true }));
    display.press('ctrl+o');
    const window = await mainWindow();
    await waitFor('chats', async () => (await window.locator('body').innerText()).includes('first question'));
    await window.getByRole('button', { name: 'New chat' }).click();
    await waitFor('where a question goes', async () =>
      /goes to a server on this machine/.test(await window.innerText('.empty')),
    );
    await window.close();
    await callOverlay();
    display.press('ctrl+comma');
    const settings = await mainWindow();
    await waitFor('settings', async () => (await settings.locator('body').innerText()).includes('Language'));
    // A file of one's own that cannot be used is named with its line; the others still work.
    await waitFor('the broken file', async () => /mine\.json.*line 3/.test(await settings.locator('body').innerText()));
    await settings.getByRole('searchbox').fill('tries every way');
    await waitFor('what is found', async () => (await settings.locator('.setting').count()) === 1);
    await settings.getByRole('button', { name: 'Try them' }).click();
    await waitFor('every way was tried', async () => (await settings.locator('[data-status]').count()) === 5);
    expect(await settings.locator('[data-status=ok]').count()).toBeGreaterThan(2);
    expect(await settings.locator('body').innerText()).toContain('Pasting works');
    await settings.close();
    await callOverlay();
    display.press('ctrl+p');
    display.press('Escape');
    await waitFor('hidden', () => !display.visibleTitles().includes('Beckon'));
  });
});

/** Whether the input and the footer are wholly in the window, and whether anything is wider than it. */
function placesInSight() {
  const isIn = (name: string) => {
    const place = document.querySelector(name)?.getBoundingClientRect();
    return place !== undefined && place.top >= 0 && place.bottom <= window.innerHeight;
  };
  const wide = document.documentElement.scrollWidth > window.innerWidth;
  return { ask: isIn('.ask'), foot: isIn('.foot'), wide };
}

const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);

/** Until every movement in the page has ended and what it shows is drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}
