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
const options = {
  display: { accessibility: true },
  app: {
    models: noModels,
    settings: { offline: true, modelId: null },
    fill: (profile: string) => {
      mkdirSync(join(profile, 'atoms'), { mode: 0o700 });
      writeFileSync(join(profile, 'atoms', 'letters.json'), JSON.stringify(letters));
    },
  },
};

describeOnDesktop('a step that is dragged by the mouse', options, ({ display, app }) => {
  const order = (page: Page) => page.locator('.step h2').allInnerTexts();

  async function openEditor(): Promise<Page> {
    await app.ask('window.open', { page: 'actions', conversationId: null });
    const page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.locator('.action-item', { hasText: 'Letters' }).click();
    await page.waitForSelector('.steps .step');
    await waitFor('it has the keyboard', () => /Beckon/.test(display.focusedTitle()));
    return page;
  }

  /** Moves the real pointer to a place of the page, in its pixels. */
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

  async function drag(page: Page, from: number, to: number): Promise<void> {
    await pointTo(page, '.drag', from, [0, 0]);
    display.xdotool('mousedown', '1');
    await pointTo(page, '.drag', from, [0, 4]);
    await pointTo(page, '.drag', from, [4, 12]);
    await pointTo(page, '.edge', to, [-20, 3]);
    await pointTo(page, '.edge', to, [-20, 0]);
    await page.waitForSelector('.edge.over');
    if (pictures !== undefined) display.screenshot(join(pictures, `dragging-${from}-${to}.png`));
    display.xdotool('mouseup', '1');
  }

  it('goes where it is let go, and back by undo', async () => {
    const page = await openEditor();
    expect(await order(page)).toEqual(['Change capitals', 'Format JSON', 'Count']);
    await page
      .locator('.edge')
      .first()
      .evaluate((edge) => edge.scrollIntoView({ block: 'start' }));
    await drag(page, 1, 0);
    await waitFor('the second is the first', async () => (await order(page))[0] === 'Format JSON');
    expect(await order(page)).toEqual(['Format JSON', 'Change capitals', 'Count']);
    await drag(page, 0, 2);
    await waitFor('it is between the two', async () => (await order(page))[1] === 'Format JSON');
    display.press('ctrl+z');
    display.press('ctrl+z');
    await waitFor('it is as it was', async () => (await order(page)).join() === 'Change capitals,Format JSON,Count');
  });

  it('stays where it was when Escape is pressed, or where nothing takes it', async () => {
    const page = await openEditor();
    await page
      .locator('.edge')
      .first()
      .evaluate((edge) => edge.scrollIntoView({ block: 'start' }));
    await pointTo(page, '.drag', 1, [0, 0]);
    display.xdotool('mousedown', '1');
    await pointTo(page, '.edge', 0, [-20, 3]);
    await pointTo(page, '.edge', 0, [-20, 0]);
    await page.waitForSelector('.edge.over');
    display.press('Escape');
    await page.waitForSelector('.edge.over', { state: 'detached' });
    display.xdotool('mouseup', '1');
    expect(await order(page)).toEqual(['Change capitals', 'Format JSON', 'Count']);
  });
});
