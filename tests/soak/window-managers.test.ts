import { afterEach, describe, expect, it } from 'vitest';
import { BeckonApp } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { run, sleep, waitFor } from '../support/processes.ts';

describe('the overlay', () => {
  let display: TestDisplay | undefined;
  let app: BeckonApp | undefined;

  afterEach(async () => {
    await app?.close();
    await display?.stop();
  });

  it.each(['openbox', 'xfwm4', 'i3', 'icewm'])(
    'is in no taskbar and goes on a click beside all windows: %s',
    async (manager) => {
      const shown = await TestDisplay.start({ windowManager: manager });
      display = shown;
      // i3 has no bare desktop while a window is open, and no taskbar.
      const hasDesktop = manager !== 'i3';
      const beckon = await BeckonApp.launch({ display: shown });
      app = beckon;
      await beckon.waitForCore();
      await waitFor('clicks are seen', () => beckon.processIds('keys-entry.ts')[0] !== undefined);
      await sleep(1500);
      const visible = () => shown.visibleTitles().includes('Beckon');
      const states = () => {
        const id = shown.xdotool('search', '--onlyvisible', '--name', '^Beckon$').split('\n')[0] ?? '';
        return run('xprop', ['-id', id, '_NET_WM_STATE', '_NET_WM_ICON'], shown.env);
      };
      for (let time = 0; time < 3; time += 1) {
        shown.press(hotkey);
        await waitFor('it is there', visible);
        // It was so at the first show alone.
        if (hasDesktop) await waitFor('it is in no taskbar', () => states().includes('SKIP_TASKBAR'));
        expect(states()).toMatch(/_NET_WM_ICON\(CARDINAL\)/);
        await sleep(300);
        if (hasDesktop) shown.xdotool('mousemove', '1200', '600', 'click', '1');
        else await beckon.ask('overlay.hide', {});
        await waitFor('it is gone', () => !visible());
        // A press at the moment of a click is taken for one that took the keyboard away itself.
        await sleep(200);
      }
      if (!hasDesktop) return;
      await beckon.ask('overlay.pin', { pinned: true });
      shown.press(hotkey);
      await waitFor('it is there', visible);
      await sleep(300);
      shown.xdotool('mousemove', '1200', '600', 'click', '1');
      await sleep(600);
      expect(visible()).toBe(true);
    },
  );
});
