import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Clip } from '../../contract/clips.ts';
import { BeckonApp, writeSettings } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { endProgram, run, startProgram, waitFor } from '../support/processes.ts';

const hotkey = 'ctrl+shift+space';
const dialog = 'Clipboard history';

describeOnDesktop('the history of the clipboard', {}, ({ display, keep, after, write }) => {
  const isShown = () => display.visibleTitles().includes('Beckon');
  const answerDialog = async (...keys: readonly string[]) => {
    await waitFor('the dialog has the keyboard', () => display.focusedTitle() === dialog);
    display.press(...keys);
    await waitFor('the dialog is gone', () => !display.visibleTitles().includes(dialog));
  };
  const startKeyStore = async () => {
    const keyring = startProgram('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: display.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    after(() => endProgram(keyring));
    keyring.stdin?.end('password');
    const names = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ListNames'];
    await waitFor('the key store is there', () =>
      run('dbus-send', names, display.env).includes('org.freedesktop.secrets'),
    );
  };
  const launch = async (profile: string, store: 'gnome-libsecret' | 'basic') => {
    const app = await BeckonApp.launch({ display, profile, args: [`--password-store=${store}`] });
    after(() => app.close());
    await app.waitForCore();
    await app.waitForDesktop();
    if (!isShown()) display.press(hotkey);
    await waitFor('the overlay is shown', isShown);
    return app;
  };
  const newProfile = () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-clips-'));
    after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    writeSettings(folder, { firstRunDone: true, language: 'en', theme: 'light' });
    return folder;
  };
  const kept = async (app: BeckonApp) =>
    (await app.ask('clips.list', { query: '', limit: 50 })).value as readonly Clip[];
  /** What a third program reads; empty while nobody holds it. */
  const readAs = (target: string) =>
    spawnSync('xclip', ['-o', '-selection', 'clipboard', '-t', target], { env: display.env, encoding: 'utf8' }).stdout;
  const hold = (target: string, content: string) =>
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-t', target, '-i', write('held', content)]));

  it('is off, is turned on in main’s own window, and keeps nothing where no key store holds its key', async () => {
    const app = await launch(newProfile(), 'basic');
    const refused = app.ask('settings.set', { clipboardHistory: true });
    await answerDialog('Escape');
    expect(await refused).toMatchObject({ ok: false, error: { code: 'app/not-agreed' } });
    const agreed = app.ask('settings.set', { clipboardHistory: true });
    await answerDialog('Tab', 'Return');
    expect(await agreed).toMatchObject({ ok: true });
    await app.overlay.keyboard.press('Control+Shift+L');
    await app.overlay.getByText('Nothing is kept: this system has no key store').waitFor();
    hold('UTF8_STRING', 'CANARY not kept');
    await waitFor('it is held', () => readAs('UTF8_STRING') === 'CANARY not kept');
    expect(await kept(app)).toEqual([]);
    expect(readdirSync(app.profile)).not.toContain('clips');
  });

  it('keeps text, HTML, pictures and files of real programs, finds them from the box, and puts them back whole', async () => {
    await startKeyStore();
    const profile = newProfile();
    const app = await launch(profile, 'gnome-libsecret');
    const agreed = app.ask('settings.set', { clipboardHistory: true });
    await answerDialog('Tab', 'Return');
    expect(await agreed).toMatchObject({ ok: true });

    const copied = async (what: string, copy: () => unknown, count: number) => {
      await copy();
      await waitFor(`${what} is kept`, async () => (await kept(app)).length === count);
    };
    // The display tells of what is copied from a moment after it was turned on.
    await waitFor('it listens', async () => {
      hold('UTF8_STRING', 'CANARY plain words 灯塔');
      return (await kept(app)).length === 1;
    });
    const owner = keep(await ownClipboard(display, 7));
    await waitFor('four formats are kept', async () => (await kept(app)).length === 2);
    await endProgram(owner);
    await copied('a list of files', () => hold('text/uri-list', 'file:///tmp/CANARY%20tide.pdf\r\n'), 3);
    hold('x-kde-passwordManagerHint', 'CANARY secret');
    await waitFor('the secret is held', () => readAs('TARGETS').includes('x-kde-passwordManagerHint'));
    await copied('what comes after a secret', () => hold('UTF8_STRING', 'the last one'), 4);
    expect((await kept(app)).map(({ content }) => content)).toEqual(['text', 'files', 'rich-text', 'text']);

    // From the box itself, beside everything else that is found.
    await app.overlay.keyboard.type('number 7');
    await app.overlay.getByRole('option', { name: /What was there before, number 7/ }).waitFor();
    await app.overlay.keyboard.press('Escape');
    // From its list, whole: a third program reads every format.
    await app.overlay.keyboard.press('Control+Shift+L');
    await app.overlay.getByRole('option', { name: /the last one/ }).waitFor();
    await app.overlay.keyboard.type('number 7');
    await waitFor('one is left', async () => (await app.overlay.getByRole('option').count()) === 1);
    await app.overlay.keyboard.press('Enter');
    await waitFor('the overlay is gone', () => !isShown());
    await expectClipboard(display, 7);
    await waitFor('it is the newest, once', async () => (await kept(app))[0]?.content === 'rich-text');
    expect((await kept(app)).length).toBe(4);

    // Nobody reads it on the disk.
    for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      for (const form of ['CANARY', Buffer.from('CANARY plain').toString('base64')])
        expect(bytes.includes(form), entry.name).toBe(false);
    }
    await app.close();
    const next = await launch(profile, 'gnome-libsecret');
    await waitFor('it is all there again', async () => (await kept(next)).length === 4);
    // Turned off, all of it is gone, and nobody asks for that.
    expect(await next.ask('settings.set', { clipboardHistory: false })).toMatchObject({ ok: true });
    await waitFor('the folder is empty', () => readdirSync(join(profile, 'clips')).length === 0);
    expect(await kept(next)).toEqual([]);
  });
});
