import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ServerRow } from '../../contract/model.ts';
import type { ShellState } from '../../contract/shell.ts';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, writeSettings } from '../support/beckon-app.ts';
import { askOnce, keyStores } from '../support/key-stores.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { readState } from '../support/page-bridge.ts';
import { waitFor } from '../support/processes.ts';

const hotkey = 'ctrl+shift+space';
const password = 'one';

// A real GNOME Keyring, as it is after a login that gave it no password: whoever reads it makes it ask.
describeOnDesktop('a key store that is locked', {}, ({ display, after }) => {
  const stores = keyStores(display, after);
  const newProfile = (): string => {
    const profile = mkdtempSync(join(tmpdir(), 'beckon-keys-'));
    after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    writeSettings(profile, { firstRunDone: true, language: 'en' });
    return profile;
  };
  const launch = async (profile: string): Promise<BeckonApp> => {
    const app = await BeckonApp.launch({ display, profile, args: ['--password-store=gnome-libsecret'] });
    after(() => app.close());
    await app.waitForCore();
    return app;
  };
  const keyStoreOf = async (app: BeckonApp) => (await app.overlay.evaluate(readState<ShellState>, 'shell')).keyStore;
  const known = (app: BeckonApp) =>
    waitFor('the store is known', async () => {
      const state = await keyStoreOf(app);
      return state === 'unknown' ? null : state;
    });
  const isShown = () => display.visibleTitles().includes('Beckon');
  /** Nobody was asked for a password. */
  const unasked = () => expect(display.visibleTitles().filter((title) => title.includes('Keyring'))).toEqual([]);
  const comesByTheHotkey = async () => {
    await waitFor('the overlay is shown', () => {
      if (!isShown()) display.press(hotkey);
      return waitFor('it is there', isShown, 2000).then(
        () => true,
        () => false,
      );
    });
    unasked();
    display.press('Escape');
    await waitFor('the overlay is gone', () => !isShown());
  };

  it('keeps nobody waiting, and opens by the one next step that is said', async () => {
    const server = await StreamingServer.start();
    after(() => server.stop());
    const profile = newProfile();
    const first = await stores.open(password);
    const keeping = await launch(profile);
    const adding = keeping.ask('server.add', {
      address: server.address,
      key: 'sk-1',
      label: 'Mine',
      models: ['parrot'],
    });
    await waitFor('it is asked', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    const added = (await adding).value as ServerRow;
    expect(added.keyKept).toBe('key-store');
    await keeping.close();
    await stores.close(first);

    await stores.openLocked();
    const app = await launch(profile);
    expect(await known(app)).toBe('locked');
    await comesByTheHotkey();
    const modelId = `server:${added.id}:parrot`;
    const refused = await askOnce(app, modelId);
    expect(refused.error).toMatchObject({
      code: 'server/key-lost',
      values: { context: 'locked' },
      action: 'open-models',
    });
    unasked();
    expect(server.keys).toEqual([]);

    await app.ask('window.open', { page: 'models', conversationId: null });
    const page = await waitFor('the window is there', () =>
      app.electron.windows().find((each) => each.url().includes('window.html')),
    );
    await page.getByText('The system’s key store is locked, so keys in it cannot be read.').waitFor();
    await page.getByRole('button', { name: 'Unlock…' }).click();
    await waitFor('the system asks', () => display.focusedTitle() === 'Unlock Login Keyring');
    // Main waits for nobody meanwhile.
    expect((await app.askThroughMain('core.info', {})).ok).toBe(true);
    display.press('Escape');
    await page.getByText('It is still locked.').waitFor();
    expect(await keyStoreOf(app)).toBe('locked');

    await page.getByRole('button', { name: 'Unlock…' }).click();
    await waitFor('the system asks again', () => display.focusedTitle() === 'Unlock Login Keyring');
    display.type(password);
    display.press('Return');
    await page.getByText('The system’s key store is locked').waitFor({ state: 'detached' });
    expect(await keyStoreOf(app)).toBe('available');
    server.answers.push('Here.');
    expect((await askOnce(app, modelId)).text).toBe('Here.');
    expect(server.keys).toEqual(['Bearer sk-1']);
    await app.close();
  });

  it('keeps nobody waiting where no key ring was ever made, and makes none unasked', async () => {
    rmSync(join(display.folder, 'home', '.local', 'share', 'keyrings'), { recursive: true, force: true });
    await stores.openLocked();
    const app = await launch(newProfile());
    expect(await known(app)).toBe('locked');
    await comesByTheHotkey();
    await app.close();
  });
});
