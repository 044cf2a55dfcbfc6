import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ServerRow } from '../../contract/model.ts';
import type { ShellState } from '../../contract/shell.ts';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, writeSettings } from '../support/beckon-app.ts';
import { canariesBelow, canariesIn, canariesOfProcesses, canaryOf } from '../support/canaries.ts';
import { askOnce } from '../support/key-stores.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { readState } from '../support/page-bridge.ts';
import { isAlive, waitFor } from '../support/processes.ts';

const places = ['key', 'passphrase'];
const key = `sk-${canaryOf('key')}`;
const passphrase = `maple orbit ${canaryOf('passphrase')}`;

// Each case starts its own app, on a system that has no place for keys.
describeOnDesktop('a key under a passphrase', {}, ({ display, after }) => {
  const newProfile = (): string => {
    const profile = mkdtempSync(join(tmpdir(), 'beckon-keys-'));
    after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    writeSettings(profile, { firstRunDone: true, language: 'en' });
    return profile;
  };
  const launch = async (profile: string, store = 'basic'): Promise<BeckonApp> => {
    const app = await BeckonApp.launch({ display, profile, args: [`--password-store=${store}`] });
    after(() => app.close());
    await app.waitForCore();
    return app;
  };
  const keyStoreOf = async (app: BeckonApp) => (await app.overlay.evaluate(readState<ShellState>, 'shell')).keyStore;
  /** Neither in a file, of Electron's dumps too, nor in what was printed, nor in arguments and environments. */
  const nowhere = (app: BeckonApp, when: string) => {
    expect(canariesOfProcesses(app.pid, places), when).toEqual([]);
    expect(canariesIn(app.output.join(''), places), when).toEqual([]);
    expect(canariesBelow(app.profile, places), when).toEqual([]);
    expect(canariesBelow(display.folder, places), when).toEqual([]);
  };
  const models = async (app: BeckonApp) => {
    await app.ask('window.open', { page: 'models', conversationId: null });
    return waitFor('the window is there', () =>
      app.electron.windows().find((page) => page.url().includes('window.html')),
    );
  };

  it('is made on the page, asked for once after a start, and neither it nor the key is anywhere in the clear, nor after deaths', async () => {
    const server = await StreamingServer.start();
    after(() => server.stop());
    const profile = newProfile();
    const app = await launch(profile);
    await waitFor('the store is known', async () => (await keyStoreOf(app)) !== 'unknown');
    expect(await keyStoreOf(app)).toBe('unavailable');
    const page = await models(app);
    await page.getByRole('button', { name: 'Add a server…' }).click();
    await page.getByText('This system has no key store').first().waitFor();
    await page.getByRole('button', { name: 'Keep it under a passphrase…' }).first().click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('The same again').fill(passphrase);
    await page.getByRole('button', { name: 'Use this passphrase' }).click();
    await page.getByText('The key is kept in a file that only your passphrase opens.').first().waitFor();

    const adding = app.ask('server.add', { address: server.address, key, label: 'Mine', models: ['parrot'] });
    await waitFor('it is asked', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    const added = (await adding).value as ServerRow;
    expect(added.keyKept).toBe('passphrase');
    const modelId = `server:${added.id}:parrot`;
    server.answers.push('Here.');
    expect((await askOnce(app, modelId)).text).toBe('Here.');
    expect(server.keys).toEqual([`Bearer ${key}`]);
    nowhere(app, 'open');
    // Deaths that leave a dump where anything makes one, of who held the key and of the page that it was typed in.
    const [core, renderer] = [app.corePid() ?? 0, app.processIds('--type=renderer')[0] ?? 0];
    for (const pid of [core, renderer]) {
      process.kill(pid, 'SIGSEGV');
      await waitFor('it has died', () => !isAlive(pid));
    }
    await waitFor('core is there again', () =>
      app.askThroughMain('core.info', {}).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    nowhere(app, 'after deaths');
    await app.close();

    const again = await launch(profile);
    const refused = await askOnce(again, modelId);
    expect(refused.error).toMatchObject({ code: 'server/key-lost', values: { context: 'passphrase' } });
    expect(server.keys).toHaveLength(1);
    const models2 = await models(again);
    await models2.getByText('Your keys are under a passphrase.').waitFor();
    await models2.getByLabel('Passphrase', { exact: true }).fill('another one altogether');
    await models2.getByRole('button', { name: 'Unlock' }).click();
    await models2.getByText('This passphrase does not open the keys.').waitFor();
    await models2.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await models2.getByRole('button', { name: 'Unlock' }).click();
    await models2.getByText('Your keys are under a passphrase.').waitFor({ state: 'detached' });
    server.answers.push('Here again.');
    expect((await askOnce(again, modelId)).text).toBe('Here again.');
    expect(server.keys).toEqual([`Bearer ${key}`, `Bearer ${key}`]);
    nowhere(again, 'opened again');
    await again.close();

    const forgotten = await launch(profile);
    const models3 = await models(forgotten);
    const leave = models3.getByRole('button', { name: 'Forgotten…' });
    await leave.click();
    await models3.getByText('The keys of Mine are lost with it').waitFor();
    await models3.getByRole('button', { name: 'Keep it' }).click();
    await leave.click();
    await models3.getByRole('button', { name: 'Throw it away with its keys' }).click();
    await models3.getByText('its key was thrown away').waitFor();
    expect(existsSync(join(profile, 'locked-keys.json'))).toBe(false);
    nowhere(forgotten, 'thrown away');
    const undo = models3.getByRole('button', { name: /^Undo/ });
    // It is seen where the person is, also where the page was scrolled.
    const isInView = await undo.evaluate((button) => {
      const { top, bottom } = button.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    });
    expect(isInView).toBe(true);
    await undo.click();
    await models3.getByText('Your keys are under a passphrase.').waitFor();
    await models3.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await models3.getByRole('button', { name: 'Unlock' }).click();
    await models3.getByText('Your keys are under a passphrase.').waitFor({ state: 'detached' });
    server.answers.push('Here after all.');
    expect((await askOnce(forgotten, modelId)).text).toBe('Here after all.');
    nowhere(forgotten, 'taken back');
  });
});
