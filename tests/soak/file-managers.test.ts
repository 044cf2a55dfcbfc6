import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout, starterModel } from '../support/beckon-app.ts';
import { factFolder } from '../support/fact-files.ts';
import { chooseViewer, FileJourney } from '../support/file-journeys.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';
import { Thunar } from '../support/thunar.ts';

const office = (name: string) => join(checkout, 'tests', 'corpus', 'documents', 'office', name);

const mail = `From: Ilse Holmgren <ilse@example.org>
To: Ana Brandt <ana@example.org>
Subject: The gangway
Date: Mon, 3 Mar 2031 09:30:00 +0000
Content-Type: text/plain; charset=utf-8

Dear Ana,

the new gangway was set up at the north pier this morning.

The customs found 76 kilograms of eels on the Torsten.

The next meeting of the board is on 19 March in the fish hall.

Ilse
`;

describeOnDesktop(
  'files in Thunar',
  { models: [starterModel], app: { settings: { modelId: starterModel } } },
  ({ display, app, keep, write }) => {
    const isVisible = () => display.visibleTitles().includes('Beckon');

    async function openThunar(name: string, files: readonly string[]): Promise<Thunar> {
      const thunar = await Thunar.open(display, app.profile, name, files);
      keep(thunar.process);
      return thunar;
    }

    it('a mail comes by “Ask Beckon”, which a setting brings, and is answered at its place', async () => {
      const journey = await FileJourney.begin(display, app, { language: 'zh-CN', theme: 'dark' });
      const entries = join(display.folder, 'home', '.local', 'share', 'Thunar', 'sendto', 'beckon-ask.desktop');
      expect(existsSync(entries)).toBe(false);
      await app.ask('settings.set', { fileMenus: true });
      await waitFor('the entries are there', () => existsSync(entries));
      const thunar = await openThunar('of-mail', [
        write('gangway.eml', mail),
        write('dues.tsv', 'Boat\tDues\nTorsten\t84\n'),
      ]);
      await thunar.askBeckon();
      await waitFor('the overlay is shown', isVisible, 60_000);
      await journey.untilRead(2);
      await journey.untilCalled();
      journey.look('ask-beckon');
      const answer = await journey.ask('What weight of eels did the customs find?');
      journey.look('ask-beckon-answer');
      await journey.lookAtBox('ask-beckon');
      expect(answer.text).toMatch(/76/);
      const { passage, head } = await journey.showPassage();
      journey.look('ask-beckon-passage');
      expect(passage).toMatch(/76 kilograms of eels/);
      expect(head).toMatch(/gangway\.eml/);
      chooseViewer(display, 'message/rfc822', 'org.xfce.mousepad.desktop');
      await journey.openAtPlace(/已打开。打开它的应用不能直接跳转/);
      await waitFor('an editor shows the mail', () => /gangway\.eml/.test(display.focusedTitle()), 60_000);
      journey.look('ask-beckon-opened');
      await journey.lookAtWindow('ask-beckon');
      await app.ask('settings.set', { fileMenus: false });
      await waitFor('the entries are gone', () => !existsSync(entries));
    }, 900_000);

    it('a workbook is dragged from there, and opened in LibreOffice at the sheet and row of the answer', async () => {
      const journey = await FileJourney.begin(display, app, { language: 'en', theme: 'dark' });
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      chooseViewer(display, type, 'libreoffice-calc.desktop');
      const thunar = await openThunar('of-book', [join(factFolder, 'xlsx-openpyxl-en.xlsx')]);
      await journey.call();
      await thunar.take();
      for (let step = 0; step < 24; step += 1) display.xdotool('mousemove_relative', '--sync', '--', '2', '-16');
      await app.overlay.waitForSelector('.drop-zone');
      display.xdotool('mouseup', '1');
      await journey.untilRead(1);
      journey.look('dropped-book');
      const answer = await journey.ask('What weight of eels was discovered by the customs?');
      journey.look('dropped-book-answer');
      await journey.lookAtBox('dropped-book');
      expect(answer.text).toMatch(/76/);
      const { passage, head } = await journey.showPassage();
      journey.look('dropped-book-passage');
      expect(passage).toMatch(/76/);
      expect(head).toMatch(/xlsx-openpyxl-en\.xlsx\s+Second half/);
      await journey.openAtPlace(/Opened in LibreOffice Calc at this place/);
      await waitFor('LibreOffice shows it', () => /xlsx-openpyxl-en\.xlsx/.test(display.focusedTitle()), 120_000);
      journey.look('dropped-book-opened');
      await waitFor(
        'the row of the answer is where it was opened',
        () => {
          display.press('shift+space', 'ctrl+c');
          return /76/.test(display.selection('clipboard'));
        },
        60_000,
      );
      await journey.lookAtWindow('dropped-book');
    }, 900_000);

    it('a presentation is copied there and pasted, and the slide of the answer is told', async () => {
      const journey = await FileJourney.begin(display, app, { language: 'zh-CN', theme: 'light' });
      const thunar = await openThunar('of-show', [office('review-zh.pptx')]);
      thunar.copy();
      await waitFor('it is copied', () => display.selection('clipboard', 'text/uri-list').includes('pptx'), 20_000);
      await journey.call();
      display.press('ctrl+v');
      await journey.untilRead(1);
      const answer = await journey.ask('要买几盏新灯？');
      journey.look('pasted-show-answer');
      await journey.lookAtBox('pasted-show');
      expect(answer.text).toMatch(/四|4/);
      const { passage, head } = await journey.showPassage();
      journey.look('pasted-show-passage');
      expect(passage).toMatch(/买四盏新灯/);
      expect(head).toMatch(/review-zh\.pptx\s+第 2 张/);
      const type = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
      chooseViewer(display, type, 'libreoffice-impress.desktop');
      await journey.openAtPlace(/已打开。打开它的应用不能直接跳转，位置是：第 2 张/);
      await waitFor('Impress shows it', () => /review-zh\.pptx/.test(display.focusedTitle()), 120_000);
      journey.look('pasted-show-opened');
      await journey.lookAtWindow('pasted-show');
    }, 900_000);
  },
);
