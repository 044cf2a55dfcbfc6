import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout, starterModel } from '../support/beckon-app.ts';
import { chooseViewer, FileJourney, shareOf } from '../support/file-journeys.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { makeScanPdf } from '../support/scan-pdf.ts';

const corpus = join(checkout, 'tests', 'corpus');
const green = [0, 255, 0] as const;
const red = [255, 0, 0] as const;

/** A page of the corpus in a frame, by whose colour it is known on the screen. */
function framed(folder: string, language: 'en' | 'zh', colour: readonly number[]): Buffer {
  const path = join(folder, `framed-${language}.jpg`);
  const page = join(corpus, 'scans', `page-${language}.jpg`);
  execFileSync('convert', [
    page,
    '-bordercolor',
    `rgb(${colour.join(',')})`,
    '-border',
    '90',
    '-type',
    'TrueColor',
    path,
  ]);
  return readFileSync(path);
}

describeOnDesktop(
  'pictures of text',
  { models: [starterModel], app: { settings: { modelId: starterModel } } },
  ({ display, app, keep }) => {
    const chip = () => app.overlay.locator('.chip.file').innerText();

    it('a scan is picked in the dialog, read to its end, and opened on the page of the answer in two viewers', async () => {
      const journey = await FileJourney.begin(display, app, { language: 'en', theme: 'dark' });
      const path = join(display.folder, 'ferry.pdf');
      const pages = [framed(display.folder, 'zh', red), framed(display.folder, 'en', green)];
      writeFileSync(path, makeScanPdf(pages.map((jpeg) => ({ jpeg }))));
      chooseViewer(display, 'application/pdf', 'org.gnome.Evince.desktop');
      await journey.call();
      display.press('ctrl+u');
      await waitFor('the dialog has the keyboard', () => /files/i.test(display.focusedTitle()), 30_000);
      display.type(path, 40);
      journey.look('scan-dialog');
      display.press('Return');
      await waitFor('it tells how far it is', async () => /page|reading/i.test(await chip()), 60_000);
      journey.look('scan-reading');
      await journey.untilRead(1);
      expect(await chip()).toMatch(/ferry\.pdf\s*2 pages/);
      await journey.untilCalled();
      journey.look('scan-read');
      const answer = await journey.ask('How much does a return ticket cost for adults?');
      journey.look('scan-answer');
      await journey.lookAtBox('scan');
      expect(answer.text).toMatch(/84/);
      const { passage, head } = await journey.showPassage();
      journey.look('scan-passage');
      expect(passage).toMatch(/84 kronor/);
      expect(head).toMatch(/ferry\.pdf\s+Page 2/);
      const isSecond = () => shareOf(display, green) > 3 * Math.max(0.1, shareOf(display, red));
      expect(isSecond()).toBe(false);
      await journey.openAtPlace(/Opened in Document Viewer at this place/);
      await waitFor('its second page on the screen', isSecond, 60_000);
      journey.look('scan-evince');
      await closeViewer('evince');

      chooseViewer(display, 'application/pdf', 'atril.desktop');
      await journey.openAtPlace(/Opened in Atril Document Viewer at this place/);
      await waitFor('its second page on the screen again', isSecond, 60_000);
      journey.look('scan-atril');
      await closeViewer('atril');
      await journey.lookAtWindow('scan');
    }, 890_000);

    it('a picture on the clipboard is pasted, read, and the line of the answer is marked', async () => {
      const journey = await FileJourney.begin(display, app, { language: 'zh-CN', theme: 'light' });
      const picture = join(corpus, 'pictures', 'accuracy', 'notice-zh-dark-1x.png');
      keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', picture]));
      await waitFor('the picture is on the clipboard', () => display.targets('clipboard').includes('image/png'));
      await journey.call();
      display.press('ctrl+v');
      await journey.untilRead(1);
      journey.look('picture-read');
      const answer = await journey.ask('暂停供水的是几号楼？');
      journey.look('picture-answer');
      await journey.lookAtBox('picture');
      expect(answer.text).toMatch(/三号|3/);
      const { passage, head } = await journey.showPassage();
      journey.look('picture-passage');
      expect(passage).toMatch(/三号楼/);
      expect(head).toMatch(/粘贴的图片/);
      await journey.lookAtWindow('picture');
    }, 890_000);

    /** Closes the viewer of that class, so that no colour of the file is left on the screen. */
    async function closeViewer(name: string): Promise<void> {
      const windows = display.xdotool('search', '--onlyvisible', '--class', name).split('\n');
      display.xdotool('windowactivate', '--sync', windows.at(-1) ?? '');
      display.press('alt+F4');
      await waitFor('no page is on the screen', () => shareOf(display, green) < 0.5, 30_000);
    }
  },
);
