import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { findViolations } from '../support/accessibility.ts';
import { writeChats } from '../support/chat-file.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const day = 86_400_000;
const hostile = '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n**bold**';

function fill(profile: string): void {
  const many = Array.from({ length: 30 }, (_, at) => ({ title: `Old ${at}`, answer: 'Yes.', ago: (40 + at) * day }));
  writeChats(profile, [
    { title: 'Tides of today', answer: `${'The tide.\n\n'.repeat(60)}The end.` },
    { title: 'Moons of yesterday', answer: hostile, ago: day },
    ...many,
  ]);
}

const options: DesktopOptions = { app: { fill }, parrot: true, anew: true };

describeOnDesktop('the main window', options, ({ app, display, server }) => {
  let page: Page;

  beforeEach(async () => {
    await app.ask('window.open', { page: 'chats', conversationId: null });
    page = await waitFor('the main window', () =>
      app.electron.windows().find((one) => one.url().includes('window.html')),
    );
    await page.waitForSelector('.chat-item');
  });

  const titles = () => page.locator('.chat-title').allInnerTexts();
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const heading = () => page.locator('.chat-name').innerText();
  const size = (width: number, height: number) =>
    app.electron.evaluate(
      ({ BrowserWindow }, [w, h]) =>
        BrowserWindow.getAllWindows()
          .find(({ webContents }) => webContents.getURL().includes('window.html'))
          ?.setContentSize(w ?? 0, h ?? 0),
      [width, height],
    );

  it('is worked with keys: chats are found, opened, named, pinned, deleted and brought back', async () => {
    await page.keyboard.press('Control+l');
    await waitFor('the list has the keyboard', async () => (await focused()).startsWith('Tides of today'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitFor('the chat below', async () => (await heading()) === 'Moons of yesterday');
    expect(await page.locator('.day').allInnerTexts()).toEqual(expect.arrayContaining(['Today', 'Yesterday']));
    await page.keyboard.press('Control+l');
    await page.keyboard.press('F2');
    await page.keyboard.type('Moons anew');
    await page.keyboard.press('Enter');
    await waitFor('its new name', async () => (await titles()).includes('Moons anew'));
    await page.keyboard.press('Control+Shift+p');
    await waitFor('it is first', async () => (await titles())[0] === 'Moons anew');
    await page.keyboard.press('Control+l');
    await waitFor('the list has the keyboard', async () => (await focused()).startsWith('Moons anew'));
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await waitFor('both are gone', async () => !(await titles()).some((title) => /Moons|Tides/.test(title)));
    await page.keyboard.press('Control+z');
    await waitFor(
      'both are back',
      async () => (await titles()).filter((title) => /Moons|Tides/.test(title)).length === 2,
    );
    await page.keyboard.press('Control+f');
    await page.keyboard.type('tide');
    await waitFor('what is found', async () => (await page.locator('.chat-item mark').count()) > 0);
    await page.keyboard.press('Escape');
    await waitFor('the composer has the keyboard', async () => /^Ask/.test(await focused()));
    server.answers.push('Because of the moon.');
    await page.keyboard.press('Control+n');
    await waitFor('a new chat', async () => (await heading()) === 'New chat');
    await page.keyboard.type('Why?');
    await page.keyboard.press('Enter');
    await waitFor('its answer', async () => (await page.locator('.chat-answer').innerText()).includes('the moon'));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('make an action');
    await page.keyboard.press('Enter');
    const told = page.locator('.page-actions .step textarea').first();
    await told.waitFor();
    expect(await told.inputValue()).toBe('Why?');
    await waitFor('its name is asked for', () =>
      page.evaluate(() => document.activeElement?.closest('.name-field') !== null),
    );
  });

  it('keeps the chat that is open, and the place of each page, while another page is looked at', async () => {
    await page.locator('.chat-item').first().click();
    await waitFor('the chat', async () => (await heading()) === 'Tides of today');
    // A click on the chat that is open changes nothing.
    await page.locator('.chat-answer').waitFor();
    await page.locator('.chat-item').first().click();
    const scroll = page.locator('.chat-scroll');
    await scroll.evaluate((element) => {
      element.scrollTop = 200;
    });
    await page.locator('.to-end').waitFor();
    await page.keyboard.press('Control+2');
    await page.locator('.model-row').first().waitFor();
    await page.keyboard.press('Control+1');
    await waitFor('the chat is still open', async () => (await heading()) === 'Tides of today');
    expect(await scroll.evaluate((element) => element.scrollTop)).toBe(200);
    await page.locator('.to-end').click();
    await page.locator('.to-end').waitFor({ state: 'detached' });
  });

  it('writes a chat where the person says, as text, as a page that is inert, as a PDF, and all of them as data', async () => {
    await page.getByText('Moons of yesterday').click();
    const path = (name: string) => join(display.folder, name);
    const exportAs = async (format: string, name: string, key = 'Control+e') => {
      await app.electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
      }, path(name));
      await page.keyboard.press(key);
      await page.locator('.export-format', { hasText: format }).click();
      await waitFor(`${name} is told of`, async () =>
        (await page.locator('.toast').allInnerTexts()).join().includes(name),
      );
      return readFileSync(path(name));
    };
    expect((await exportAs('Markdown', 'chat.md')).toString()).toContain('**bold**');
    const html = (await exportAs('Web page', 'chat.html')).toString();
    expect(html).toContain('<strong>bold</strong>');
    expect(html).not.toMatch(/<script|<img/);
    const pdf = await exportAs('PDF', 'chat.pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(2000);
    await page.keyboard.press('Control+n');
    const all = JSON.parse((await exportAs('JSON', 'all.json')).toString()) as { conversations: unknown[] };
    expect(all.conversations).toHaveLength(32);
    expect(readdirSync(display.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    // No window stays of what was printed.
    expect(app.electron.windows()).toHaveLength(2);
  });

  it('scrolls nowhere sideways in a narrow window or with large text, and has one column there', async () => {
    const places = 'html, .page, .chat-list, .chat-scroll, .editor-body, .settings-nav, .settings-column';
    const wide = () =>
      page
        .locator(places)
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.scrollWidth > element.clientWidth + 1)
            .map((element) => element.className || element.tagName),
        );
    const look = async (what: string) => {
      expect(await wide(), what).toEqual([]);
      expect(await findViolations(page), what).toEqual([]);
    };
    const pages = async (what: string) => {
      await page.keyboard.press('Control+2');
      await page.locator('.model-row').first().waitFor();
      await look(`models, ${what}`);
      await page.keyboard.press('Control+3');
      await page.locator('.action-item').first().waitFor();
      await look(`actions, ${what}`);
      await page.locator('.action-item').first().click();
      await page.locator('.step').first().waitFor();
      await look(`an action, ${what}`);
      await page.getByRole('button', { name: 'Back to the list' }).click();
      await page.keyboard.press('Control+4');
      await page.locator('.page-settings .setting').first().waitFor();
      await look(`settings, ${what}`);
      await page.keyboard.press('Control+1');
    };
    await size(480, 700);
    await waitFor('the list alone', async () => !(await page.locator('.chat').isVisible()));
    await look('the list');
    await page.locator('.chat-item').first().click();
    await page.locator('.chat-answer').waitFor();
    expect(await page.locator('.chat-list').isVisible()).toBe(false);
    await look('the chat');
    await pages('480 px');
    await page.getByRole('button', { name: 'Back to the chats' }).click();
    await page.locator('.chat-item').first().waitFor();
    await size(1000, 700);
    const ratio = () => page.evaluate(() => window.devicePixelRatio);
    const before = await ratio();
    await waitFor('text of twice the size', async () => {
      await page.keyboard.press('Control+Equal');
      return (await ratio()) === before * 2;
    });
    // The overlay has the same origin, and keeps its own size.
    expect(await app.overlay.evaluate(() => window.devicePixelRatio)).toBe(before);
    await pages('200 %');
    await page.keyboard.press('Control+0');
    await waitFor('text of the usual size', async () => (await ratio()) === before);
  });
});
