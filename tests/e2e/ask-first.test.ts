import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SeenApplication } from '../../contract/routes/applications.ts';
import { checkout } from '../support/beckon-app.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { readState } from '../support/page-bridge.ts';
import { waitFor } from '../support/processes.ts';

type Applications = { readonly applications: readonly SeenApplication[] };

const options: DesktopOptions = { display: { accessibility: 'as-installed' }, parrot: true, app: {} };
const wrong = 'The tide turn at noon.';
const right = 'The tide turns at noon.';

/** An application that stands in no list: what is seen of it decides, and the person's word. */
describeOnDesktop(
  'where nobody has tried to put text back',
  options,
  ({ display, app, server, steps, open, write, selectBy }) => {
    const line = () => app.overlay.locator('.place-line');
    const chips = async () => (await steps.context()).chips;

    async function openEditor(): Promise<void> {
      const folder = write('note.txt', wrong);
      Object.assign(display.env, { EDITOR_PROFILE: join(display.folder, `editor-${Date.now()}`) });
      const electron = process.env['BECKON_ELECTRON'] ?? 'electron';
      const editor = join(checkout, 'tests', 'fakes', 'editors', 'electron-editor');
      await open(electron, ['--no-sandbox', editor, folder], /note\.txt/);
    }

    async function correct(): Promise<void> {
      display.press('ctrl+a');
      await waitFor('it is selected', () => display.selection('primary') === wrong);
      await ask();
    }

    async function ask(): Promise<void> {
      server.answers.push(right);
      await steps.call();
      const selected = async () => (await chips()).find(({ kind }) => kind === 'selection');
      await waitFor('the selection is there', async () => (await selected())?.fresh === true);
      // What was asked about just now goes along again when the person says so.
      if ((await selected())?.repeated === true) {
        display.press('Tab');
        await app.overlay.waitForSelector('.chips [data-chip]:focus');
        display.press('space');
        await waitFor('it goes along', async () => (await selected())?.on === true);
        display.press('shift+Tab');
      }
      await steps.use('corr', /^Correct/);
    }

    async function isInEditor(text: string): Promise<void> {
      await waitFor('the editor has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
      await waitFor(`it says “${text}”`, () => {
        display.press('ctrl+a');
        return display.selection('primary') === text;
      });
    }

    it('the person is asked once, before any key, and no more once they said "always"', async () => {
      await openEditor();
      await correct();
      expect(await line().innerText()).toMatch(/Replace in .*\? Beckon has not been tried there\./);
      expect(await app.overlay.locator('.foot').innerText()).toMatch(/Replace once/);
      await steps.putBack();
      await isInEditor(right);
      display.press('ctrl+z');
      await isInEditor(wrong);

      await correct();
      expect(await line().innerText()).toMatch(/Always here/);
      display.press('alt+Return');
      await steps.untilGone();
      await isInEditor(right);
      display.press('ctrl+z');
      await isInEditor(wrong);

      await correct();
      expect(await line().count()).toBe(0);
      expect(await app.overlay.locator('.foot').innerText()).toMatch(/Replace/);
      await steps.putBack();
      await isInEditor(right);
      const { applications } = await app.overlay.evaluate(readState<Applications>, 'applications');
      expect(applications).toMatchObject([{ reads: true, putsBack: true, asks: true, word: 'always' }]);
    });

    // In all of eight places Enter copied without a word, and the box stayed before the person.
    it('in a terminal the answer is copied, what is left to do is said, and the keyboard is back', async () => {
      const typed = write('typed.txt', '');
      const show = `stty -echo; echo '${wrong}'; exec cat > '${typed}'`;
      await open('xterm', ['-T', 'lines', '-e', 'sh', '-c', show], /^lines$/);
      await selectBy(`${wrong}\n`, () => {
        display.xdotool('mousemove', '--window', display.xdotool('getwindowfocus'), '40', '10');
        display.xdotool('click', '--repeat', '3', '--delay', '60', '1');
      });
      await ask();
      expect(await line().innerText()).toMatch(/^Beckon does not write in .*Copy it, then paste it with Ctrl\+V\.$/);
      display.press('Return');
      await waitFor('it says so', async () => (await line().innerText()) === 'In the clipboard. Paste it with Ctrl+V.');
      await steps.untilGone();
      await waitFor('the terminal has the keyboard', () => display.focusedTitle() === 'lines');
      expect(display.selection('clipboard')).toBe(right);
      expect(readFileSync(typed, 'utf8')).toBe('');
    });
  },
);
