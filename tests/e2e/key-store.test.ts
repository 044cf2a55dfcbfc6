import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { ServerRow } from '../../contract/model.ts';
import type { ShellState } from '../../contract/shell.ts';
import { createTranslator, sayError } from '../../locales/translator.ts';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { BeckonApp, writeSettings } from '../support/beckon-app.ts';
import { canariesBelow, canariesIn, canariesOfProcesses, canaryOf } from '../support/canaries.ts';
import { askOnce as ask, keyStores } from '../support/key-stores.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { readState } from '../support/page-bridge.ts';
import { waitFor } from '../support/processes.ts';

const key = `sk-${canaryOf('key')}`;

// Each case starts its own app, on a key store in another state.
describeOnDesktop('a key in the key store', {}, ({ display, after }) => {
  const { open: openStore, close } = keyStores(display, after);
  const launch = async (profile: string): Promise<BeckonApp> => {
    const app = await BeckonApp.launch({ display, profile, args: ['--password-store=gnome-libsecret'] });
    after(() => app.close());
    await app.waitForCore();
    return app;
  };
  const keyStoreOf = async (app: BeckonApp) => (await app.overlay.evaluate(readState<ShellState>, 'shell')).keyStore;
  const nowhere = (app: BeckonApp) => {
    expect(canariesOfProcesses(app.pid, ['key'])).toEqual([]);
    expect(canariesIn(app.output.join(''), ['key'])).toEqual([]);
    expect(canariesBelow(app.profile, ['key'])).toEqual([]);
    expect(canariesBelow(display.folder, ['key'])).toEqual([]);
  };

  it('is not sent for, and the question is not either, where the store was made anew: that is said, and nothing is in the clear', async () => {
    const server = await StreamingServer.start();
    after(() => server.stop());
    const profile = mkdtempSync(join(tmpdir(), 'beckon-keys-'));
    after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    writeSettings(profile, { firstRunDone: true, language: 'en' });
    const input = { address: server.address, key, label: 'Mine', models: ['parrot'] };

    const first = await openStore('one');
    const keeping = await launch(profile);
    const adding = keeping.ask('server.add', input);
    await waitFor('it is asked', () => display.focusedTitle() === 'Use a server');
    display.press('Tab', 'Return');
    const added = (await adding).value as ServerRow;
    expect(added.keyKept).toBe('key-store');
    const modelId = `server:${added.id}:parrot`;
    server.answers.push('Here.');
    expect((await ask(keeping, modelId)).text).toBe('Here.');
    expect(server.keys).toEqual([`Bearer ${key}`]);
    nowhere(keeping);
    await keeping.close();

    await close(first);
    rmSync(join(display.folder, 'home', '.local', 'share', 'keyrings'), { recursive: true, force: true });
    await openStore('another');
    const changed = await launch(profile);
    await waitFor('the store is known', async () => (await keyStoreOf(changed)) !== 'unknown');
    expect(await keyStoreOf(changed)).toBe('available');
    const answer = await ask(changed, modelId);
    expect(answer.error).toMatchObject({
      code: 'server/key-lost',
      values: { context: 'changed' },
      action: 'open-models',
    });
    if (answer.error === null) return;
    for (const language of ['en', 'zh-CN'] as const)
      expect(sayError(createTranslator(language), answer.error as AppErrorShape)).toContain(
        new URL(server.address).host,
      );
    // Without its key the question would only be refused; so it stays here.
    expect(server.keys).toHaveLength(1);
    // What is kept there still opens with the store that wrapped it, and is not thrown away.
    expect(Object.keys(JSON.parse(readFileSync(join(profile, 'keys.json'), 'utf8')) as object)).toHaveLength(1);
    nowhere(changed);
    await changed.close();
  });

  it('is said to be out of reach where no store is open, and a new one is kept until Beckon quits', async () => {
    const server = await StreamingServer.start();
    after(() => server.stop());
    const profile = mkdtempSync(join(tmpdir(), 'beckon-keys-'));
    after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    const own = { id: 's-1', address: server.address, label: '', models: ['parrot'], keyKept: 'key-store' } as const;
    writeSettings(profile, { firstRunDone: true, language: 'en', servers: [own] });
    // As another start of Beckon left it, in a store that is not open now.
    spawnSync('sh', ['-c', `umask 077; printf '{"server:s-1":"djExAAAA"}' > '${join(profile, 'keys.json')}'`]);
    // Nobody answers for the store, as on a desktop that has none.
    const app = await BeckonApp.launch({ display, profile, args: ['--password-store=basic'] });
    after(() => app.close());
    await app.waitForCore();
    await waitFor('the store is known', async () => (await keyStoreOf(app)) !== 'unknown');
    expect(await keyStoreOf(app)).toBe('unavailable');
    const answer = await ask(app, 'server:s-1:parrot');
    expect(answer.error).toMatchObject({ code: 'server/key-lost', values: { context: 'locked' } });
    expect(server.keys).toEqual([]);
    const input = { serverId: 's-1', address: server.address, key, models: ['parrot'] };
    expect((await app.ask('server.change', input)).value).toMatchObject({ keyKept: 'until-quit' });
    server.answers.push('Here.');
    expect((await ask(app, 'server:s-1:parrot')).text).toBe('Here.');
    expect(server.keys).toEqual([`Bearer ${key}`]);
    nowhere(app);
    await app.close();

    const again = await BeckonApp.launch({ display, profile, args: ['--password-store=basic'] });
    after(() => again.close());
    await again.waitForCore();
    const gone = await ask(again, 'server:s-1:parrot');
    expect(gone.error?.code).toBe('server/key-lost');
    expect(gone.error?.values?.['context']).toBeUndefined();
    expect(server.keys).toHaveLength(1);
  });
});
