import { expect, it } from 'vitest';
import { BeckonApp } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { endProgram, run, stays, waitFor } from '../support/processes.ts';

// Each case starts its own app: what runs when it starts is what the case is about.
describeOnDesktop('the overlay and a compositor', {}, ({ display, after, open }) => {
  const launch = async (): Promise<BeckonApp> => {
    const app = await BeckonApp.launch({ display });
    after(() => app.close());
    await app.waitForCore();
    await waitFor('the process that watches is there', () => app.processId('keys') !== undefined);
    return app;
  };
  const startCompositor = async () => {
    const compositor = await display.startCompositor();
    after(() => endProgram(compositor));
    return compositor;
  };
  const isShown = () => display.visibleTitles().includes('Beckon');
  const call = async () => {
    display.press(hotkey);
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
  };
  const hide = async () => {
    display.press('Escape');
    await waitFor('it is gone', () => !isShown());
  };
  const isRound = (app: BeckonApp) =>
    app.overlay.evaluate(() => document.documentElement.dataset['composited'] === 'true').catch(() => false);
  const overlays = (app: BeckonApp) =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getBounds()));
  const becomesRound = (app: BeckonApp) =>
    waitFor('it is round', async () => (await isRound(app)) && (await overlays(app)).length === 1);
  /** Colour of the screen there, as #RRGGBB. */
  const colour = (x: number, y: number) => {
    const told = run('import', ['-window', 'root', '-crop', `1x1+${x}+${y}`, '-depth', '8', 'txt:-'], display.env);
    return /#[0-9A-F]{6}/.exec(told)?.[0] ?? '';
  };
  /** Colour of the bare desktop, which a compositor draws as it likes. */
  const behind = () => colour(10, 700);
  const id = () => display.xdotool('search', '--onlyvisible', '--name', '^Beckon$').split('\n')[0] ?? '';
  const depth = () => Number(/Depth: (\d+)/.exec(run('xwininfo', ['-id', id()], display.env))?.[1]);
  /** Clicks are watched for from the moment on that it is kept out of taskbars. */
  const isFollowed = () => run('xprop', ['-id', id(), '_NET_WM_STATE'], display.env).includes('SKIP_TASKBAR');

  it('is round with one, has its box where it would be without, and is square at once when it goes', async () => {
    const compositor = await startCompositor();
    const app = await launch();
    await becomesRound(app);
    await call();
    expect(depth()).toBe(32);
    const [window] = await overlays(app);
    expect(window).toMatchObject({ x: 280 - 32, y: 176 - 24, width: 720 + 64 });
    // What is behind it is seen in the very corner of the box, and next to it, where its shadow is thin.
    await waitFor('the corner is drawn', () => colour(280, 176) !== '#FFFFFF' && colour(300, 190) === '#FFFFFF');
    expect(colour(280 - 30, 176 - 22)).toBe(behind());
    expect(colour(280 + 360, 176)).not.toBe(behind());
    await endProgram(compositor);
    await waitFor('it is square', async () => !(await isRound(app)));
    await waitFor('the box is the window', async () => (await overlays(app))[0]?.width === 720);
    await waitFor('its corner is drawn', () => colour(281, 177) === '#FFFFFF');
    expect(colour(278, 174)).toBe(behind());
    expect(isShown()).toBe(true);
  });

  it('stays as it is while it is visible when one comes back, and is round at the next call', async () => {
    const compositor = await startCompositor();
    const app = await launch();
    await becomesRound(app);
    await endProgram(compositor);
    await waitFor('it is square', async () => !(await isRound(app)));
    await call();
    await startCompositor();
    await stays('it is square', 400, async () => !(await isRound(app)));
    await hide();
    await becomesRound(app);
    await call();
    expect(depth()).toBe(32);
  });

  it('lets a click beside its box, where its shadow is, through to what is there, and goes', async () => {
    await startCompositor();
    await open('xterm', ['-T', 'behind', '-geometry', '200x60+0+0'], /behind/);
    const app = await launch();
    await becomesRound(app);
    await call();
    await waitFor('clicks are seen', isFollowed);
    display.xdotool('mousemove', String(280 - 16), '200', 'click', '1');
    await waitFor('it is gone', () => !isShown());
    await waitFor('what was clicked has the keyboard', () => display.focusedTitle() === 'behind');
  });

  it('keeps what is typed and not sent: a window with something in it is not made anew', async () => {
    const app = await launch();
    await call();
    display.type('half a question');
    await waitFor('it is typed', async () => (await app.valueInOverlay('.ask-input')) === 'half a question');
    display.press(hotkey);
    await waitFor('it is gone', () => !isShown());
    const page = app.overlay;
    await startCompositor();
    await stays('it is the same page', 800, () => app.overlay === page);
    await call();
    expect(await app.valueInOverlay('.ask-input')).toBe('half a question');
    // An older runtime makes no transparent window for a compositor that came after it: then it is as it was.
    display.press('ctrl+a', 'BackSpace', 'Escape');
    await waitFor('it is gone', () => !isShown());
    await waitFor('there is one window', async () => (await overlays(app)).length === 1);
    await stays('there is one', 1500, async () => (await overlays(app)).length <= 2);
    await waitFor('there is one again', async () => (await overlays(app)).length === 1);
    await call();
    expect(await isRound(app)).toBe(depth() === 32);
  });
});
