import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Desk, describeOnDesktop } from '../support/on-desktop.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { run, sleep, stays, waitFor } from '../support/processes.ts';
import { type WindowManager, windowManagers } from '../support/window-managers.ts';

const first = 'The tide turn at noon.';
const corrected = 'The tide turns at noon.';
/** The box on a display of 1280 x 800 without bars, as main/windows/placement.ts has it. */
const place = { x: 280, y: 176, width: 720 };

for (const manager of windowManagers) {
  const options = {
    display: { windowManager: manager.command, accessibility: true },
    app: {},
    parrot: true,
    before: (desk: Desk) => isReady(desk, manager),
  } as const;
  describeOnDesktop(`in ${manager.command} the overlay`, options, (desk) => cases(desk, manager));
}

/** The process that holds the key is there, and the window is the one that stays. */
async function isReady({ app }: Desk, { composites }: WindowManager): Promise<void> {
  await waitFor('the process that holds the keys is there', () => app.processId('keys') !== undefined);
  const isComposited = () => app.overlay.evaluate(() => document.documentElement.dataset['composited']);
  await waitFor('the window is made', async () => (await isComposited().catch(() => '')) === String(composites));
  await waitFor('there is one', async () => (await countOverlays(app)) === 1);
}

function cases(desk: Desk, manager: WindowManager): void {
  const { display, app, server, steps, openNote, select } = desk;
  const isShown = () => display.visibleTitles().includes('Beckon');
  const hasKeyboard = () => waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  const inEditor = () => waitFor('the editor has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
  const typed = () => app.overlay.inputValue('.ask-input');

  it('is in no taskbar, has an icon and a class of its own, and goes on a click beside all windows', async () => {
    for (let time = 0; time < 2; time += 1) {
      display.press(hotkey);
      await hasKeyboard();
      // A window manager forgets that with a window that is hidden: it was so at the first time alone.
      await waitFor('it is in no taskbar', () => /SKIP_TASKBAR/.test(properties(desk)) || !manager.hasDesktop);
      expect(properties(desk)).toMatch(/_NET_WM_ICON\(CARDINAL\)/);
      expect(properties(desk)).toMatch(/WM_CLASS\(STRING\) = "beckon", "Beckon"/i);
      if (manager.hasDesktop) display.xdotool('mousemove', '1200', '700', 'click', '1');
      else display.press('Escape');
      await waitFor('it is gone', () => !isShown());
      // The time that the case is about: a press right after a click is taken for one that took the keyboard away itself.
      await sleep(200);
    }
  });

  // The key did nothing at all: a menu has the whole keyboard, and no key that is held is told of.
  it('comes when a menu closes that was open at the key, once, and takes what is typed then', async () => {
    await openNote('some text\n');
    display.press('F10');
    await waitFor('the menu is open', () => menus(desk) > 0);
    display.press(hotkey, hotkey);
    await stays('nothing is shown', 300, () => !isShown());
    // One more would be for the overlay.
    display.press('Escape');
    await waitFor('the menu is closed', () => menus(desk) === 0);
    await hasKeyboard();
    display.type('hello');
    await waitFor('it is typed into the box', async () => (await typed()) === 'hello');
    display.press('ctrl+a', 'BackSpace', 'Escape');
    await waitFor('it is gone', () => !isShown());
    await stays('it does not come again', 300, () => !isShown());
    await inEditor();
    display.press(hotkey);
    await hasKeyboard();
  });

  it('comes over a window in full screen', async () => {
    await openNote('some text\n');
    display.press('F11');
    const isFull = () =>
      /_NET_WM_STATE_FULLSCREEN/.test(run('xprop', ['-id', editorId(desk), '_NET_WM_STATE'], display.env));
    await waitFor('the editor fills the screen', isFull);
    display.press(hotkey);
    await hasKeyboard();
    expect(topmost(desk)).toBe('Beckon');
    display.press('Escape');
    await inEditor();
    expect(isFull()).toBe(manager.keepsFullScreen);
  });

  // Comes last: what was put back can be taken back still, so that a case after it would get an app of its own.
  it('comes over the window in front at its place, takes what is typed, puts its answer back and gives the focus back', async () => {
    const { file } = await openNote(`${first}\nsecond line\n`);
    await select(first, 'ctrl+Home', 'shift+End');
    await steps.call();
    expect(await boxOf(app)).toMatchObject({ width: place.width });
    // A bar of the manager's own makes the work area smaller. A tiling one puts a new window in its own place first.
    await waitFor('the overlay is at its place', async () => {
      const { x, y } = await boxOf(app);
      return Math.abs(x - place.x) <= 1 && Math.abs(y - place.y) <= 8;
    });
    server.answers.push(corrected);
    await steps.use('corr', /^Correct/);
    await steps.putBack();
    await inEditor();
    await waitFor('it is in the file', () => {
      display.press('ctrl+s');
      return readFileSync(file, 'utf8') === `${corrected}\nsecond line\n`;
    });
    display.press(hotkey);
    await hasKeyboard();
    display.press(hotkey);
    await waitFor('the same key hides it', () => !isShown());
    await inEditor();
  });
}

function countOverlays(app: Desk['app']): Promise<number> {
  return app.electron.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((window) => window.webContents.getURL().includes('overlay')).length,
  );
}

/** What is seen of the overlay, on the screen. */
async function boxOf(app: Desk['app']): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const window = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((one) => one.webContents.getURL().includes('overlay'))
      ?.getContentBounds(),
  );
  const box = await app.overlay.evaluate(() => {
    const { x, y, width } = (document.querySelector('.box') as HTMLElement).getBoundingClientRect();
    return { x, y, width };
  });
  return { x: (window?.x ?? 0) + box.x, y: (window?.y ?? 0) + box.y, width: box.width };
}

function properties({ display }: Desk): string {
  const id = display.xdotool('search', '--onlyvisible', '--name', '^Beckon$').split('\n')[0] ?? '';
  return run('xprop', ['-id', id, '_NET_WM_STATE', '_NET_WM_ICON', 'WM_CLASS'], display.env);
}

function editorId({ display }: Desk): string {
  return display.xdotool('search', '--onlyvisible', '--name', 'note.txt').split('\n')[0] ?? '';
}

/** Windows of menus that can be seen now. */
function menus({ display }: Desk): number {
  const tree = run('xwininfo', ['-root', '-tree'], display.env);
  const ids = [...tree.matchAll(/^\s+(0x[0-9a-f]+) /gm)].map(([, id]) => id ?? '');
  return ids.filter((id) => {
    const said = run('xprop', ['-id', id, '_NET_WM_WINDOW_TYPE', 'WM_STATE'], display.env);
    return /_TYPE_(DROPDOWN|POPUP)_MENU/.test(said) && /IsViewable/.test(run('xwininfo', ['-id', id], display.env));
  }).length;
}

/** Title of the window that is above all others. */
function topmost({ display }: Desk): string {
  const ids = run('xprop', ['-root', '_NET_CLIENT_LIST_STACKING'], display.env).match(/0x[0-9a-f]+/g) ?? [];
  return display.xdotool('getwindowname', ids.at(-1) ?? '');
}
