import { mkdirSync, writeFileSync } from 'node:fs';
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
const letters = {
  ...{ atom: 2, input: 'selection', output: 'show', id: 'letters' },
  name: { en: 'Letters', 'zh-CN': '字母' },
  steps: [
    { do: 'case', to: 'upper' },
    { do: 'json', style: 'pretty' },
    { do: 'count', what: 'words' },
  ],
};
const long = {
  ...{ atom: 2, input: 'selection', output: 'show', id: 'long' },
  name: { en: 'Nine steps', 'zh-CN': '九步' },
  steps: [{ do: 'json', style: 'pretty' }, ...Array.from({ length: 8 }, () => ({ do: 'case', to: 'upper' }))],
};
const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
      for (const one of [letters, long]) writeFileSync(join(profile, 'atoms', `${one.id}.json`), JSON.stringify(one));
    },
  },
};

describeOnDesktop('a step that is dragged by the mouse', options, ({ display, app, after }) => {
  const inOrder = ['Change capitals', 'Format JSON', 'Count'];
  const order = (page: Page) => page.locator('.step h2').allInnerTexts();

  async function openEditor(name: string): Promise<Page> {
    await app.ask('window.open', { page: 'actions', conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    after(() => page.close());
    await page.locator('.action-item', { hasText: name }).click();
    await page.waitForSelector('.steps .step');
    await waitFor('it has the keyboard', () => /Beckon/.test(display.focusedTitle()));
    await page
      .locator('.edge')
      .first()
      .evaluate((edge) => edge.scrollIntoView({ block: 'start' }));
    return page;
  }

  /** Moves the real pointer to the middle of a part of the page, and some pixels from there. */
  async function pointTo(page: Page, selector: string, at: number, [right, down]: readonly [number, number]) {
    const place = await page
      .locator(selector)
      .nth(at)
      .evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const frame = { x: window.outerWidth - window.innerWidth, y: window.outerHeight - window.innerHeight };
        return [window.screenX + frame.x / 2 + left + width / 2, window.screenY + frame.y + top + height / 2];
      });
    const [x = 0, y = 0] = place;
    display.xdotool('mousemove', String(Math.round(x + right)), String(Math.round(y + down)));
  }

  async function take(page: Page, from: number): Promise<void> {
    await pointTo(page, '.drag', from, [0, 0]);
    display.xdotool('mousedown', '1');
    await pointTo(page, '.drag', from, [4, 12]);
    await page.waitForSelector('.step.carried');
  }

  async function carry(page: Page, from: number, to: number): Promise<void> {
    await take(page, from);
    await pointTo(page, '.edge', to, [-20, 0]);
    await page.locator('.edge').nth(to).and(page.locator('.over')).waitFor();
    if (pictures !== undefined) display.screenshot(join(pictures, `dragging-${from}-${to}.png`));
  }

  /** Presses keys with the button held, which clearing the modifiers before would let go of. */
  function press(...keys: readonly string[]): void {
    display.xdotool('key', ...keys);
  }

  async function letGo(page: Page): Promise<void> {
    display.xdotool('mouseup', '1');
    await page.waitForSelector('.step.carried', { state: 'detached' });
  }

  it('goes where it is let go, up and down, and back by undo', async () => {
    const page = await openEditor('Letters');
    expect(await order(page)).toEqual(inOrder);
    await carry(page, 1, 0);
    await letGo(page);
    expect(await order(page)).toEqual(['Format JSON', 'Change capitals', 'Count']);
    await carry(page, 0, 2);
    await letGo(page);
    expect(await order(page)).toEqual(inOrder);
    await carry(page, 0, 3);
    await letGo(page);
    expect(await order(page)).toEqual(['Format JSON', 'Count', 'Change capitals']);
    await waitFor('what was moved has the keyboard', () =>
      page.evaluate(() => document.activeElement === document.querySelectorAll('.step')[2]),
    );
    display.press('ctrl+z', 'ctrl+z', 'ctrl+z');
    await waitFor('it is as it was', async () => (await order(page)).join() === inOrder.join());
  });

  it('stays where it was after Escape, beside the column, at its own gap, and by a click', async () => {
    const page = await openEditor('Letters');
    await carry(page, 1, 0);
    press('Escape');
    await page.waitForSelector('.step.carried', { state: 'detached' });
    await letGo(page);
    expect(await order(page)).toEqual(inOrder);
    await carry(page, 1, 0);
    await pointTo(page, '.action-item', 0, [0, 0]);
    await page.waitForSelector('.edge.over', { state: 'detached' });
    await letGo(page);
    expect(await order(page)).toEqual(inOrder);
    await carry(page, 1, 0);
    await pointTo(page, '.edge', 2, [-20, 0]);
    await page.waitForSelector('.edge.over', { state: 'detached' });
    await letGo(page);
    await pointTo(page, '.drag', 1, [0, 0]);
    display.xdotool('click', '1');
    // The next one is taken after all that these could have done.
    await carry(page, 2, 0);
    expect(await order(page)).toEqual(inOrder);
    press('Delete', 'ctrl+z', 'Escape');
    await page.waitForSelector('.step.carried', { state: 'detached' });
    await letGo(page);
    expect(await order(page)).toEqual(inOrder);
    expect(await page.locator('.action-item', { hasText: 'Letters' }).innerText()).not.toMatch(/not saved/);
  });

  it('goes past what is seen: near the end of the page that scrolls', async () => {
    const page = await openEditor('Nine steps');
    await take(page, 0);
    const height = await page.locator('.editor-body').evaluate((body) => body.clientHeight / 2);
    await pointTo(page, '.editor-body', 0, [0, height - 6]);
    await page.locator('.edge').nth(9).and(page.locator('.over')).waitFor();
    await letGo(page);
    expect((await order(page)).at(-1)).toBe('Format JSON');
    expect(await order(page)).toHaveLength(9);
    display.press('ctrl+z');
    await waitFor('it is as it was', async () => (await order(page))[0] === 'Format JSON');
  });
});
