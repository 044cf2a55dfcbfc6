import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ContextChip } from '../../contract/context.ts';
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

    /** Another text each time: what was asked about just now does not go along again by itself. */
    async function correct(day: string): Promise<void> {
      const text = `${wrong} ${day}.`;
      await waitFor('the editor has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
      await waitFor(`“${text}” is typed`, () => {
        display.press('ctrl+a');
        display.type(text);
        display.press('ctrl+a');
        return display.selection('primary') === text;
      });
      await ask(`${right} ${day}.`);
    }

    async function ask(answer: string): Promise<void> {
      server.answers.push(answer);
      await steps.call();
      const isAlong = ({ kind, on, fresh }: ContextChip) => kind === 'selection' && on && fresh;
      await waitFor('the selection goes along', async () => (await chips()).some(isAlong));
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
      await correct('Today');
      expect(await line().innerText()).toMatch(/Replace in .*\? Not tried there before\./);
      expect(await app.overlay.locator('.foot').innerText()).toMatch(/Replace once/);
      await steps.putBack();
      await isInEditor(`${right} Today.`);
      display.press('ctrl+z');
      await isInEditor(`${wrong} Today.`);

      await correct('Tomorrow');
      expect(await line().innerText()).toMatch(/Always here/);
      await steps.putBack('ctrl+shift+a');
      await isInEditor(`${right} Tomorrow.`);

      await correct('On Friday');
      expect(await line().count()).toBe(0);
      expect(await app.overlay.locator('.foot').innerText()).toMatch(/Replace/);
      await steps.putBack();
      await isInEditor(`${right} On Friday.`);
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
      await ask(right);
      expect(await line().innerText()).toMatch(/^Beckon does not write in .*Copy it, then paste it there\.$/);
      display.press('Return');
      await waitFor(
        'it says so',
        async () => (await line().innerText()) === 'In the clipboard. Paste it there as you always do.',
      );
      await steps.untilGone();
      await waitFor('the terminal has the keyboard', () => display.focusedTitle() === 'lines');
      expect(display.selection('clipboard')).toBe(right);
      expect(readFileSync(typed, 'utf8')).toBe('');
    });
  },
);
