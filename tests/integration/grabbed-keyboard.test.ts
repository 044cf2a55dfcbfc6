import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { KeyHolderProcess } from '../support/key-holder.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { stays, waitFor } from '../support/processes.ts';

const accelerator = 'Control+Shift+Space';
const hotkey = 'ctrl+shift+space';
const [currentTime, asynchronous] = [0, 1] as const;

let other: X11Connection;
let overlay: { readonly window: number; readonly typed: string };
const options: DesktopOptions = {
  stage: async (display, ends) => {
    const { typed } = await display.openTerminal('overlay');
    overlay = { window: Number(display.xdotool('getwindowfocus')), typed };
    await display.openTerminal('below');
    other = ends.adopt(new X11Connection(display.env['DISPLAY']), (one) => one.dispose());
  },
};

// Nothing happened: a program that has the whole keyboard, as each open menu does, is told of every key instead.
describeOnDesktop('a global key while another program has the whole keyboard', options, ({ display, keep }) => {
  let holder: KeyHolderProcess;

  beforeEach(async () => {
    display.xdotool('search', '--name', '^below$', 'windowactivate');
    await waitFor('below has the keyboard', () => display.focusedTitle() === 'below');
    holder = new KeyHolderProcess(display.env);
    keep(holder.process);
    expect(await holder.client.call('key.hold', { accelerator })).toBe(true);
    // Said last at its start.
    await waitFor('it watches', () => holder.compositors.length > 0);
  });

  async function grab(): Promise<void> {
    const [client, root] = await Promise.all([other.client(), other.root()]);
    const status = await new Promise<number>((resolve) => {
      client.GrabKeyboard(root, 0, currentTime, asynchronous, asynchronous, (_, answer) => resolve(answer));
    });
    expect(status).toBe(0);
    // What the display told of that is dealt with by then.
    await holder.client.call('key.hold', { accelerator: 'Control+F9' });
  }

  async function letGo(): Promise<void> {
    (await other.client()).UngrabKeyboard(currentTime);
    await waitFor(
      'it is free',
      async () => (await holder.client.call('key.hold', { accelerator: 'Control+F8' })) || true,
    );
  }

  it('is answered once when that is over, however often it was pressed, and by the key itself after', async () => {
    await grab();
    display.press(hotkey, hotkey, hotkey);
    await stays('nothing is told', 200, () => holder.presses === 0);
    await letGo();
    await waitFor('it is told', () => holder.presses === 1);
    await stays('it is told once', 200, () => holder.presses === 1);
    display.press(hotkey);
    await waitFor('it is told again', () => holder.presses === 2);
  });

  it('keeps what is typed from then on for the window that comes, as after a usual press', async () => {
    holder.onPressed = () => {
      setTimeout(() => display.xdotool('search', '--name', '^overlay$', 'windowactivate'), 100);
      return { overlay: overlay.window, visible: true };
    };
    await grab();
    display.press(hotkey);
    await letGo();
    await waitFor('it is told', () => holder.presses === 1);
    display.press('a', 'b', 'c');
    await waitFor('the window has the keyboard', () => display.focusedTitle() === 'overlay');
    display.press('Return');
    await waitFor('it is typed there', () => readFileSync(overlay.typed, 'utf8').includes('abc\n'));
  });

  it.each([['space'], ['shift+space'], ['ctrl+shift+a'], ['ctrl+alt+shift+space']])(
    'is not what was pressed: %s means nothing',
    async (key) => {
      await grab();
      display.press(key);
      await letGo();
      await stays('nothing is told', 200, () => holder.presses === 0);
    },
  );

  it('is nobody’s when it was let go of meanwhile', async () => {
    await grab();
    display.press(hotkey);
    await holder.client.call('key.letGo', { accelerator });
    await letGo();
    await stays('nothing is told', 200, () => holder.presses === 0);
  });

  it('is told as usual when it is pressed while nobody has it, also right after somebody had', async () => {
    for (let time = 1; time < 4; time += 1) {
      await grab();
      await letGo();
      display.press(hotkey);
      await waitFor('it is told', () => holder.presses === time);
    }
  });

  // It was looked for once, when the window was long made.
  it('comes from a process that tells when a compositor comes and goes', async () => {
    expect(holder.compositors).toEqual([false]);
    for (const isRunning of [true, false, true, false]) {
      const [client, root, selection] = await Promise.all([other.client(), other.root(), other.atom('_NET_WM_CM_S0')]);
      const owner = client.AllocID();
      client.CreateWindow(owner, root, 0, 0, 1, 1, 0, 0, 0, 0, {});
      client.SetSelectionOwner(isRunning ? owner : 0, selection, currentTime);
      await waitFor('it is told', () => holder.compositors.at(-1) === isRunning);
    }
    expect(holder.compositors).toEqual([false, true, false, true, false]);
  });
});
