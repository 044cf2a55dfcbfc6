import { afterEach, describe, expect, it } from 'vitest';
import { BeckonApp } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { run, sleep, stays, waitFor } from '../support/processes.ts';
import { windowManagers } from '../support/window-managers.ts';

const managers = [...windowManagers.map(({ command }) => command), 'marco', 'fluxbox'];
const times = 30;

describe('the overlay', () => {
  let display: TestDisplay | undefined;
  let app: BeckonApp | undefined;

  afterEach(async () => {
    await app?.close();
    await display?.stop();
  });

  it.each(managers)(`comes, takes what is typed and goes, ${times} times: %s`, async (manager) => {
    const shown = await TestDisplay.start({ windowManager: manager });
    display = shown;
    // A key that a busy machine lets go of late would be repeated.
    run('xset', ['r', 'off'], shown.env);
    const terminal = await shown.openTerminal();
    expect(terminal.typed).not.toBe('');
    const beckon = await BeckonApp.launch({ display: shown });
    app = beckon;
    await beckon.waitForCore();
    await waitFor('the key is held', () => beckon.processIds('keys-entry.ts')[0] !== undefined);
    // Keys are passed on to that process a moment later, and a window is made anew where a compositor runs.
    await sleep(3000);
    const visible = () => shown.visibleTitles().includes('Beckon');
    for (let time = 0; time < times; time += 1) {
      // Some open a box of their own when they start, such as fluxbox that knows no program for its wallpaper.
      const before = shown.focusedTitle();
      shown.press(hotkey);
      await waitFor('it has the keyboard', () => shown.focusedTitle() === 'Beckon');
      shown.type('some words', 8);
      const typed = () => beckon.overlay.inputValue('.ask-input');
      await waitFor('they are there', async () => (await typed()) === 'some words').catch(async (error) => {
        throw new Error(`${String(error)}, at time ${time}: “${await typed()}”`);
      });
      shown.press('ctrl+a', 'BackSpace', 'Escape');
      await waitFor('the keyboard is back', () => shown.focusedTitle() === before);
      expect(visible()).toBe(false);
    }
    await beckon.ask('overlay.pin', { pinned: true });
    shown.press(hotkey);
    await waitFor('it is there', visible);
    shown.xdotool('mousemove', '1200', '700', 'click', '1');
    await stays('a pinned one stays', 600, visible);
  });
});
