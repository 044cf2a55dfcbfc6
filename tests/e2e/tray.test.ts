import { expect, it } from 'vitest';
import type { Settings } from '../../contract/settings.ts';
import { BeckonApp } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { readState } from '../support/page-bridge.ts';
import { stays, waitFor } from '../support/processes.ts';
import { TrayHost } from '../support/tray-host.ts';

let tray: TrayHost;
const options = {
  parrot: true,
  stage: async (display: Parameters<typeof TrayHost.start>[0]) => {
    tray = await TrayHost.start(display);
  },
} as const;

describeOnDesktop('the tray', options, ({ display, server, after }) => {
  const isShown = () => display.visibleTitles().includes('Beckon');
  const ticked = (label: string) => tray.menu().find((entry) => entry.label === label)?.ticked;
  const offline = async (app: BeckonApp) => (await app.overlay.evaluate(readState<Settings>, 'settings')).offline;
  const called = async () => {
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  };

  const launch = async (): Promise<BeckonApp> => {
    const parrot = {
      id: 'parrot',
      address: server.address,
      label: 'Parrot',
      models: ['parrot'],
      keyKept: 'none',
    } as const;
    const app = await BeckonApp.launch({ display, settings: { servers: [parrot], modelId: 'server:parrot:parrot' } });
    after(() => app.close());
    await app.waitForCore();
    await waitFor('the menu is there', () => tray.menu().some(({ label }) => label === 'Model: parrot'));
    return app;
  };

  it('offers what can be done without a window', async () => {
    await launch();
    expect(tray.menu().map(({ label }) => label)).toEqual([
      'New chat',
      'Open Beckon',
      'Model: parrot',
      'Offline lock',
      'Pause the shortcut',
      'Settings',
      'Quit',
    ]);
  });

  // Anything that can click there could have let Beckon connect again.
  it('turns the offline lock on at once, and off only after the person agreed in a dialog of main’s', async () => {
    const app = await launch();
    tray.click('Offline lock');
    await waitFor('it is on', () => offline(app));
    await waitFor('it is ticked', () => ticked('Offline lock') === true);
    tray.click('Offline lock');
    await waitFor('it is asked', () => display.focusedTitle() === 'Offline lock');
    display.press('Escape');
    await stays('it is on', 400, () => offline(app));
    await waitFor('it is ticked', () => ticked('Offline lock') === true);
    tray.click('Offline lock');
    await waitFor('it is asked', () => display.focusedTitle() === 'Offline lock');
    display.press('Tab', 'Return');
    await waitFor('it is off', async () => !(await offline(app)));
    await waitFor('it is not ticked', () => ticked('Offline lock') === false);
  });

  it('lets go of the shortcut, and takes it back', async () => {
    await launch();
    tray.click('Pause the shortcut');
    await waitFor('it is ticked', () => ticked('Pause the shortcut') === true);
    display.press(hotkey);
    await stays('nothing comes', 400, () => !isShown());
    tray.click('Pause the shortcut');
    await waitFor('it is not ticked', () => ticked('Pause the shortcut') === false);
    display.press(hotkey);
    await called();
  });

  it('begins a new chat, whatever is in the box, and opens a window that says its page', async () => {
    const app = await launch();
    display.press(hotkey);
    await called();
    server.answers.push('Baikal.');
    display.type('Which lake is the deepest?\n');
    await app.overlay.waitForSelector('.receipt');
    display.press(hotkey);
    await waitFor('it is gone', () => !isShown());
    tray.click('New chat');
    await called();
    await waitFor('the box is empty', async () => (await app.overlay.locator('.receipt').count()) === 0);
    tray.click('Settings');
    await waitFor('the window is there', () => display.visibleTitles().includes('Settings – Beckon'));
    await app.ask('window.open', { page: 'models', conversationId: null });
    await waitFor('it says so', () => display.visibleTitles().includes('Models – Beckon'));
  });
});
