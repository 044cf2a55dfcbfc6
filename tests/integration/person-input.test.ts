import { beforeEach, expect, it } from 'vitest';
import { KeyHolderProcess } from '../support/key-holder.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { waitFor } from '../support/processes.ts';

const accelerator = 'Control+Shift+Space';

const options: DesktopOptions = {
  stage: async (display) => void (await display.openTerminal('below')),
};

describeOnDesktop('whether the person goes on', options, ({ display, keep }) => {
  let holder: KeyHolderProcess;

  beforeEach(async () => {
    display.xdotool('search', '--name', '^below$', 'windowactivate');
    await waitFor('below has the keyboard', () => display.focusedTitle() === 'below');
    holder = new KeyHolderProcess(display.env);
    keep(holder.process);
    expect(await holder.client.call('key.hold', { accelerator })).toBe(true);
  });

  const watch = () => holder.client.call('person.watch', {});
  const wentOn = () => holder.client.call('person.wentOn', {});

  it('is not known where nobody looked', async () => {
    expect(await wentOn()).toBeNull();
    await watch();
    expect(await wentOn()).toBe(false);
    expect(await wentOn()).toBeNull();
  });

  // Each is pressed by Beckon itself, or by who sends an answer on its way.
  it('is not told by the keys of a paste, by Enter, by a modifier or by the wheel', async () => {
    await watch();
    display.press('Return', 'Left', 'shift+Right', 'ctrl+v', 'ctrl+z', 'BackSpace', 'Up', 'ctrl', 'shift');
    display.xdotool('click', '5');
    expect(await wentOn()).toBe(false);
  });

  it.each([
    ['a letter', () => display.press('x')],
    ['a word', () => display.type('word')],
    ['another window by the keyboard', () => display.press('alt+Tab')],
    ['the key that calls Beckon', () => display.press('ctrl+shift+space')],
    ['a click', () => display.xdotool('click', '1')],
  ])('is told by %s, and only for the time that was looked at', async (_, act) => {
    act();
    await watch();
    expect(await wentOn()).toBe(false);
    await watch();
    act();
    expect(await wentOn()).toBe(true);
    act();
    await watch();
    expect(await wentOn()).toBe(false);
  });

  it('leaves the global key as it is, which is told once', async () => {
    await watch();
    display.press('ctrl+shift+space');
    await waitFor('it is told', () => holder.presses > 0);
    expect(await wentOn()).toBe(true);
    expect(holder.presses).toBe(1);
  });
});
