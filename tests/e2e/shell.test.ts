import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { ServerRow } from '../../contract/model.ts';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, checkout, electronExecutable, type LaunchOptions, writeSettings } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { endProgram, isAlive, run, startProgram, stays, waitFor } from '../support/processes.ts';

const hotkey = 'ctrl+shift+space';
const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

// Each case starts its own app.
describeOnDesktop('the shell on a desktop', {}, ({ display, keep, after, open }) => {
  const launch = async (options: Omit<LaunchOptions, 'display'> = {}): Promise<BeckonApp> => {
    const app = await BeckonApp.launch({ ...options, display });
    after(() => app.close());
    return app;
  };
  const newProfile = (prefix: string): string => {
    const folder = mkdtempSync(join(tmpdir(), prefix));
    after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    return folder;
  };

  const isShown = () => display.visibleTitles().includes('Beckon');
  const notice = (app: BeckonApp) => app.overlay.locator('.notice-strip').innerText();

  const answerDialog = async (title: string, ...keys: readonly string[]) => {
    await waitFor(`“${title}” has the keyboard`, () => display.focusedTitle() === title);
    display.press(...keys);
    await waitFor(`“${title}” is gone`, () => !display.visibleTitles().includes(title));
  };
  /** What a page asked for, after the person agreed to it. */
  const agreed = async <Answer>(asked: Promise<Answer>) => {
    await answerDialog('Use a server', 'Tab', 'Return');
    return asked;
  };

  it('is seen by a real tray host', async () => {
    keep(display.start('xfce4-panel', ['--disable-wm-check']));
    const items = () =>
      run(
        'gdbus',
        [
          ...[
            'call',
            '--session',
            '--dest',
            'org.kde.StatusNotifierWatcher',
            '--object-path',
            '/StatusNotifierWatcher',
          ],
          ...['--method', 'org.freedesktop.DBus.Properties.Get'],
          ...['org.kde.StatusNotifierWatcher', 'RegisteredStatusNotifierItems'],
        ],
        display.env,
      );
    const tryItems = () => {
      try {
        return items();
      } catch {
        return null;
      }
    };
    await waitFor('the tray host is there', tryItems, 20_000);
    expect(items()).not.toMatch(/StatusNotifierItem/);
    const app = await launch();
    await app.waitForCore();
    await waitFor('its icon is registered', () => /StatusNotifierItem|:\d+\.\d+/.test(items()));
  });

  it('comes when it is started a second time, and the second process ends', async () => {
    const app = await launch();
    const second = () =>
      startProgram(electronExecutable(), [...rootOnly, checkout], {
        env: { ...display.env, BECKON_PROFILE: app.profile },
      });
    const first = second();
    await waitFor('the overlay is shown', isShown);
    await waitFor('the second process has ended', () => first.exitCode === 0);
    const again = second();
    await waitFor('the overlay is hidden', () => !isShown());
    await waitFor('the third process has ended', () => again.exitCode === 0);
  });

  it('starts with the session only when asked, by an entry that works', async () => {
    const app = await launch();
    await app.waitForCore();
    const entry = join(display.folder, 'home', '.config', 'autostart', 'beckon.desktop');
    expect(existsSync(entry)).toBe(false);
    await app.ask('settings.set', { launchAtLogin: true });
    await waitFor('the entry is written', () => existsSync(entry));
    // Run as a session would; Beckon runs already, so this start brings the overlay.
    const env = { ...display.env, BECKON_PROFILE: app.profile };
    const entered = startProgram('gio', ['launch', entry], { env });
    await waitFor('the entry started Beckon', isShown);
    await endProgram(entered);
    await app.ask('settings.set', { launchAtLogin: false });
    await waitFor('the entry is gone', () => !existsSync(entry));
  });

  it('says that another application holds the hotkey until it is answered, and offers two that work', async () => {
    const holder = startProgram('python3', [join(checkout, 'tests', 'fakes', 'grab_key.py')], {
      env: display.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await new Promise((resolve) => (holder.stdout as Readable).once('data', resolve));
      const app = await launch({ settings: { firstRunDone: true } });
      await waitFor('the overlay comes by itself', isShown);
      await app.overlay.waitForSelector('.notice-strip');
      expect(await notice(app)).toMatch(/Ctrl\+Shift\+Space|Control\+Shift\+Space/);
      expect(await notice(app)).toMatch(/Ctrl \+ Alt \+ Space\s+Alt \+ Shift \+ Space/);
      // A window that opened at a login took the only word of it away.
      await open('xterm', ['-T', 'later'], /later/);
      await stays('it is said', 600, isShown);
      display.xdotool('search', '--name', '^Beckon$', 'windowactivate');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.press('ctrl+Down');
      const settings = await waitFor('the settings', () =>
        app.electron.windows().find((page) => page.url().includes('window.html')),
      );
      await settings.waitForSelector('text=Alt');
      expect((await app.ask('hotkey.set', { accelerator: 'Control+Alt+Space' })).ok).toBe(true);
      await settings.close();
      if (isShown()) await app.ask('overlay.hide', {});
      await waitFor('it is hidden', () => !isShown());
      display.press('ctrl+alt+space');
      await waitFor('the new hotkey works', isShown);
    } finally {
      await endProgram(holder);
    }
  });

  it.each([
    ['garbage', 'not json at all \u0000\ud800'],
    ['an array', '[1, 2, 3]'],
    ['a wrong type', '{"version": 1, "hotkey": 7, "language": "xx", "firstRunDone": true, "idleMinutes": -3}'],
  ])('starts with a settings file of %s, sets it aside and says so', async (_name, content) => {
    const profile = newProfile('beckon-garbage-');
    writeFileSync(join(profile, 'settings.json'), content);
    const app = await launch({ profile });
    await app.waitForCore();
    const aside = readdirSync(profile).filter((name) => /^settings\..*(broken|aside)/.test(name));
    expect(aside.length).toBe(1);
    expect(readFileSync(join(profile, aside[0] ?? ''))).toEqual(Buffer.from(content));
    if (!isShown()) display.press(hotkey);
    await app.ask('settings.set', { firstRunDone: true });
    await app.overlay.waitForSelector('.notice-strip');
    expect(await notice(app)).toContain(aside[0]);
  });

  it('keeps a server key in the key store when there is one, and only until it quits when there is none', async () => {
    const server = await StreamingServer.start();
    const keyring = startProgram('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: display.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      const input = { address: server.address, key: 'sk-secret-0123', label: 'Mine', models: ['parrot'] };
      const app = await launch({ args: ['--password-store=basic'] });
      await app.waitForCore();
      display.press(hotkey);
      await waitFor('the overlay is shown', isShown);
      // A page that was taken over could add a server of its own: Enter and Escape in main's dialog refuse it.
      for (const key of ['Escape', 'Return']) {
        const refused = app.ask('server.add', input);
        await answerDialog('Use a server', key);
        expect(await refused).toMatchObject({ ok: false, error: { code: 'app/not-agreed' } });
      }
      expect((await app.ask('server.list', {})).value).toEqual([]);
      expect((await agreed(app.ask('server.add', input))).value).toMatchObject({ keyKept: 'until-quit' });
      expect(existsSync(join(app.profile, 'keys.json'))).toBe(false);
      await app.close();

      keyring.stdin?.end('password');
      const profile = newProfile('beckon-keys-');
      writeSettings(profile, { firstRunDone: true, language: 'en' });
      const withStore = { profile, args: ['--password-store=gnome-libsecret'] };
      const owned = [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/',
        'org.freedesktop.DBus.ListNames',
      ];
      await waitFor('the key store is there', () =>
        run('dbus-send', owned, display.env).includes('org.freedesktop.secrets'),
      );
      const keeping = await launch(withStore);
      await keeping.waitForCore();
      display.press(hotkey);
      await waitFor('the overlay is shown', isShown);
      const added = await agreed(keeping.ask('server.add', input));
      expect(added.value).toMatchObject({ keyKept: 'key-store' });
      expect(readFileSync(join(profile, 'keys.json'), 'utf8')).not.toContain('sk-secret');
      await keeping.close();

      const asking = await launch(withStore);
      await asking.waitForCore();
      const modelId = `server:${(added.value as ServerRow).id}:parrot`;
      await asking.ask('run.start', { conversationId: null, text: 'hello', modelId, editsMessageId: null });
      await waitFor('the server sees the key', () => server.keys.includes('Bearer sk-secret-0123'));
    } finally {
      await endProgram(keyring);
      await server.stop();
    }
  });

  it('changes its language and its colours while it runs', async () => {
    const app = await launch();
    await app.waitForCore();
    display.press(hotkey);
    await waitFor('the overlay is shown', isShown);
    const look = () =>
      app.overlay.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.dataset['theme'],
        document.querySelector('textarea')?.placeholder ?? '',
      ]);
    expect(await look()).toEqual(['en', 'light', 'Ask, or type to find an action…']);
    await app.ask('settings.set', { language: 'zh-CN', theme: 'dark' });
    await waitFor('it is Chinese and dark', async () => {
      const [language, theme, words] = await look();
      return language === 'zh-CN' && theme === 'dark' && /\p{Script=Han}/u.test(words ?? '');
    });
  });

  it('leaves no process behind when it quits', async () => {
    const app = await launch();
    await app.waitForCore();
    const pids = [app.pid, app.corePid() ?? 0];
    await app.ask('app.quit', {}).catch(() => {});
    await waitFor('all have ended', () => pids.every((pid) => !isAlive(pid)));
  });
});
