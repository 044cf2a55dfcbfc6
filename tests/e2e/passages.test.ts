import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { findViolations } from '../support/accessibility.ts';
import { writeChats } from '../support/chat-file.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { makeScanPdf } from '../support/scan-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-passages-'));
/** A name that nothing may take for an option, an address or a command. */
const path = join(folder, '-report $(x) #2.pdf');
const config = join(folder, 'config');
const pages = [
  'The ferry to Sandon leaves at 7:40 on working days.',
  'A return ticket costs 84 kronor for adults.',
  'Cars need a booking at least two days ahead.',
];
const text = pages.join('\n\n');
const startOf = (page: number) => text.indexOf(pages[page] ?? '');

/** Each page has a colour of its own, by which it is known on the screen. */
function makeReport(): Buffer {
  const colours = [Buffer.of(255, 0, 0), Buffer.of(0, 255, 0), Buffer.of(0, 0, 255)];
  const about = '/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB';
  return makeScanPdf(colours.map((bytes, index) => ({ image: { about, bytes }, stamp: pages[index] ?? '' })));
}

function chooseViewer(entry: string): void {
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'mimeapps.list'), `[Default Applications]\napplication/pdf=${entry}\n`);
}

function fill(profile: string): void {
  if (!existsSync(path)) writeFileSync(path, makeReport());
  const { size, mtimeMs } = statSync(path);
  const sections = pages.map((_, at) => ({
    start: startOf(at),
    locator: { unit: 'page' as const, first: at + 1, last: at + 1 },
  }));
  const attachment = {
    ...{ kind: 'file' as const, text, application: null, title: 'report.pdf', targetId: null, editable: false },
    ...{ needsFocus: false, positions: { unit: 'page' as const, read: 3, total: 3, sections } },
    origin: { path, bytes: size, modifiedMs: mtimeMs },
  };
  const answer = 'A return ticket costs 84 kronor for adults. Cars need a booking two days ahead.';
  writeChats(profile, [{ title: 'What does it cost?', answer, attachments: [attachment] }]);
}

describeOnDesktop(
  'a passage',
  {
    app: { fill, env: { XDG_CONFIG_HOME: config } },
    anew: true,
    stage: async (_, ends) => ends.defer(() => rmSync(folder, { recursive: true, force: true })),
  },
  ({ app, display }) => {
    let page: Page;
    const shown = () => page.locator('.passage-pane').innerText();
    /** The share of the screen that has a colour, of 100. */
    const share = (red: number, green: number, blue: number) => {
      const raw = execFileSync('import', ['-window', 'root', '-depth', '8', 'rgb:-'], {
        env: display.env,
        maxBuffer: 1e8,
      });
      let count = 0;
      for (let at = 0; at < raw.length; at += 3)
        if (raw[at] === red && raw[at + 1] === green && raw[at + 2] === blue) count += 1;
      return (count / (raw.length / 3)) * 100;
    };

    /** For whoever wants to look. */
    const shoot = (name: string) => {
      const shots = process.env['BECKON_SHOTS'];
      if (shots !== undefined) display.screenshot(join(shots, `${name}.png`));
    };

    const look = async (name: string) => {
      const shots = process.env['BECKON_SHOTS'];
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
    };

    beforeEach(async () => {
      await app.ask('window.open', { page: 'chats', conversationId: null });
      page = await waitFor('the main window', () =>
        app.electron.windows().find((one) => one.url().includes('window.html')),
      );
      await page.locator('.chat-item').first().click();
      await page.locator('.grounding summary').click();
    });

    it('is shown beside the answer, opened on its page in the viewer of the system, and not marked once its file is another', async () => {
      chooseViewer('org.gnome.Evince.desktop');
      await page.locator('.cited').first().focus();
      await page.keyboard.press('Enter');
      await waitFor('the passage', async () => (await page.locator('.passage-text mark').innerText()) === pages[1]);
      expect(await shown()).toMatch(/report\.pdf\s*Page 2/);
      expect(await findViolations(page)).toEqual([]);
      await look('pane');
      await page.keyboard.press('ArrowDown');
      await waitFor(
        'the next passage',
        async () => (await page.locator('.passage-text mark').innerText()) === pages[2],
      );
      await page.keyboard.press('ArrowUp');
      await waitFor('the one before', async () => /Page 2/.test(await shown()));
      expect(share(0, 255, 0)).toBe(0);
      await page.keyboard.press('Enter');
      // Its list of pages shows the others, too, small.
      const isSecond = () => share(0, 255, 0) > 3 * Math.max(1, share(255, 0, 0), share(0, 0, 255));
      await waitFor('its second page on the screen', isSecond, 60_000);
      shoot('evince');
      await waitFor('where it was opened', async () => /Opened in Document Viewer at this place/.test(await shown()));
      // Nobody is warned of what went well, and what is said stays in sight however far the passage is scrolled.
      expect(await page.locator('.passage-pane .note').getAttribute('class')).toBe('note ok');
      expect(await page.locator('.passage-around .note').count()).toBe(0);
      await page.keyboard.press('Escape');
      await waitFor('the pane is gone', async () => (await page.locator('.passage-pane').count()) === 0);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('cited');
      appendFileSync(path, '\n');
      await page.keyboard.press('Enter');
      await waitFor('that it was changed', async () => /was changed since it was read/.test(await shown()));
      expect(await page.locator('.passage-text mark').count()).toBe(0);

      await app.ask('settings.set', { language: 'zh-CN', theme: 'dark' });
      await app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find(({ webContents }) => webContents.getURL().includes('window.html'))
          ?.setContentSize(480, 760),
      );
      await waitFor('a sheet from below in the other language', async () => {
        const box = await page.locator('.passage-pane').boundingBox();
        return box?.x === 0 && box.y > 100 && /第 2 页/.test(await shown());
      });
      expect(await findViolations(page)).toEqual([]);
      await look('sheet');
    }, 240_000);
  },
);
