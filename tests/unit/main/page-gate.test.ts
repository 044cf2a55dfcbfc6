import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { coreContract } from '../../../contract/core.ts';
import { openToPages, request } from '../../../contract/define.ts';
import { rendererContract } from '../../../contract/renderer.ts';
import type { RulesState } from '../../../contract/routes/rules.ts';
import { defaultSettings, pageSettings, settingsSchema } from '../../../contract/settings.ts';
import { shellContract } from '../../../contract/shell.ts';
import { PageGate } from '../../../main/shell/page-gate.ts';
import { noRules, takenOver } from '../../support/taken-over-page.ts';

const all = { ...coreContract.requests, ...shellContract.requests };

describe('what a page may ask', () => {
  it('is closed until the contract opens it', () => {
    const closed = request(z.strictObject({})).returns(z.null());
    const open = request(z.strictObject({}), 'free').returns(z.null());
    expect(Object.keys(openToPages({ closed, open }))).toEqual(['open']);
  });

  // This is the list to read in a review: what stands here no page can reach, whoever wrote the page.
  it('leaves out what is main’s and the command line’s', () => {
    const closed = Object.keys(all).filter((name) => !Object.hasOwn(rendererContract.requests, name));
    expect(closed.sort()).toEqual([
      'action.call',
      'backup.commit',
      'backup.forget',
      'backup.stage',
      'backup.write',
      'card.finish',
      'card.make',
      'card.writePage',
      'clipboard.copy',
      'context.capture',
      'core.handOver',
      'core.shutDown',
      'doctor.run',
      'engine.unload',
      'engine.warm',
      'export.cancel',
      'export.name',
      'export.write',
      'file.add',
      'model.addFile',
      'picture.add',
      'pointer.pressed',
      'receipts.lines',
      'receipts.write',
      'sharing.export',
      'sharing.exportTo',
      'sharing.look',
      'sharing.read',
      'sharing.readPicture',
      'window.active',
    ]);
  });

  it.each(Object.keys(all).filter((name) => !Object.hasOwn(rendererContract.requests, name)))(
    'is refused and reaches nobody: %s',
    async (name) => {
      const page = takenOver({ agrees: true });
      for (const input of [{}, { path: '/etc/passwd' }, { paths: ['/etc/passwd'], shown: false }])
        expect(await page.ask(name, input)).toMatchObject({ ok: false, error: { code: 'app/unknown-route' } });
      expect(page.reached).toEqual([]);
    },
  );
});

describe('a version of an action that may do more', () => {
  it.each([true, false])('takes the place of the one that is here only where the person agreed: %s', async (agrees) => {
    const page = takenOver({ agrees });
    await page.ask('sharing.addAnyway', { reviewId: 'r1', name: 'Reply' });
    expect(page.asked).toEqual([{ kind: 'atom', name: 'Reply' }]);
    expect(page.reached).toEqual(agrees ? ['sharing.addAnyway'] : []);
  });
});

describe('an application that Beckon may press keys in', () => {
  it('is opened by a page only after the person agreed, and closed again without', async () => {
    for (const agrees of [false, true]) {
      const page = takenOver({ agrees });
      const answer = await page.ask('application.allow', { name: 'ReText' });
      expect(page.asked).toEqual([{ kind: 'application', name: 'ReText' }]);
      expect(answer.ok).toBe(agrees);
      expect(page.reached).toEqual(agrees ? ['application.allow'] : []);
    }
    const page = takenOver({ agrees: false });
    await page.ask('application.forbid', { name: 'ReText' });
    expect(page.asked).toEqual([]);
    expect(page.reached).toEqual(['application.forbid']);
  });
});

describe('what a page may set', () => {
  const settings = settingsSchema.omit({ version: true }).shape;
  const values: Readonly<Record<string, unknown>> = {
    ...defaultSettings,
    hotkeyProvedAt: 1,
    toggleProvedAt: 1,
    modelId: 'server:evil:x',
    servers: [{ id: 'evil', address: 'https://evil.example/v1', label: '', models: ['x'], keyKept: 'none' }],
    modelFiles: ['/tmp/evil.gguf'],
    overlayPositions: { a: { x: 1, y: 1 } },
  };

  it.each(Object.keys(settings))('by itself is %s only where the contract says so', async (key) => {
    const page = takenOver({ agrees: false });
    const answer = await page.ask('settings.set', { [key]: values[key] });
    expect(answer.ok).toBe(Object.hasOwn(pageSettings, key));
    if (!answer.ok) expect(answer.error.code).toBe('app/not-allowed');
    expect(page.reached.length).toBe(answer.ok ? 1 : 0);
  });

  it('leaves out the hotkeys, the model, the servers and the files', () => {
    const closed = Object.keys(settings).filter((key) => !Object.hasOwn(pageSettings, key));
    expect(closed.sort()).toEqual([
      'actionHotkeys',
      'hotkey',
      'hotkeyProvedAt',
      'lingerSeconds',
      'modelFiles',
      'modelId',
      'overlayPositions',
      'servers',
      'toggleProvedAt',
    ]);
  });

  it('does not get round that by putting a closed setting beside an open one', async () => {
    const page = takenOver({ agrees: true });
    const answer = await page.ask('settings.set', { theme: 'dark', modelId: 'server:evil:x' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'app/not-allowed' } });
    expect(page.settings.value.theme).toBe(defaultSettings.theme);
  });
});

describe('what lowers protection', () => {
  const server = { address: 'https://evil.example/v1', key: null };
  const added = { ...server, label: '', models: ['x'] };
  const budget = { ...defaultSettings.budget, currency: 'CNY' as const, day: 1, month: 20 };
  const lockedUp = { offline: true, privateNames: ['Anna Berg', 'Li Wei'], budget };

  it.each([
    ['the offline lock off', 'settings.set', { offline: false }],
    ['the offline lock off beside another setting', 'settings.set', { theme: 'dark', offline: false }],
    ['pseudonyms off', 'settings.set', { pseudonyms: false }],
    ['a budget that is raised', 'settings.set', { budget: { ...budget, day: 2 } }],
    ['a limit of a budget that is gone', 'settings.set', { budget: { ...budget, month: null } }],
    ['a budget in another currency', 'settings.set', { budget: { ...budget, currency: 'USD' } }],
    ['a budget at another rate', 'settings.set', { budget: { ...budget, yuanPerDollar: 1 } }],
    ['models that no budget holds', 'settings.set', { budget: { ...budget, unknownPrices: 'allow' } }],
    ['a name that is hidden no more', 'settings.set', { privateNames: ['Li Wei'] }],
    ['a server that is tried, with anything in its address', 'server.test', server],
    ['a server that is added', 'server.add', added],
    ['a server that is sent elsewhere', 'server.change', { ...server, serverId: 's-1', models: ['x'] }],
    ['a key that is tried, at any address', 'providers.test', { ...server, provider: 'openai' }],
    ['a provider that is added', 'providers.connect', { ...server, provider: 'openai', models: ['x'] }],
  ])('is asked of the person, and not done unless they agree: %s', async (_, name, input) => {
    const page = takenOver({ agrees: false, settings: lockedUp });
    expect(await page.ask(name, input)).toMatchObject({ ok: false, error: { code: 'app/not-agreed' } });
    expect(page.asked).toHaveLength(1);
    expect(page.reached).toEqual([]);
    const agreed = takenOver({ agrees: true, settings: lockedUp });
    expect((await agreed.ask(name, input)).ok).toBe(true);
    expect(agreed.reached).toHaveLength(1);
  });

  it('is not one more name that is hidden', async () => {
    const page = takenOver({ agrees: false, settings: lockedUp });
    const more = { privateNames: [...lockedUp.privateNames, '李伟'] };
    expect((await page.ask('settings.set', more)).ok).toBe(true);
    expect(page.asked).toEqual([]);
  });

  it('is not a budget that is set, or made smaller', async () => {
    for (const settings of [lockedUp, {}]) {
      const page = takenOver({ agrees: false, settings });
      expect((await page.ask('settings.set', { budget: { ...budget, day: 0.5, month: 20 } })).ok).toBe(true);
      expect(page.asked).toEqual([]);
    }
  });

  it('is not two protections at once, which no person lowers so', async () => {
    const page = takenOver({ agrees: true, settings: lockedUp });
    const answer = await page.ask('settings.set', { offline: false, pseudonyms: false });
    expect(answer).toMatchObject({ ok: false, error: { code: 'app/not-agreed' } });
    expect(page.settings.value).toMatchObject({ offline: true, pseudonyms: true });
  });

  it('is not the offline lock on, or on again', async () => {
    const page = takenOver({ agrees: false, settings: { offline: true } });
    expect((await page.ask('settings.set', { offline: true })).ok).toBe(true);
    const online = takenOver({ agrees: false });
    expect((await online.ask('settings.set', { offline: true })).ok).toBe(true);
    expect([...page.asked, ...online.asked]).toEqual([]);
  });

  it('is asked once for a server that is tried and then added, and again for another one', async () => {
    const page = takenOver({ agrees: true });
    await page.ask('server.test', { address: 'https://good.example', key: 'k' });
    await page.ask('server.add', { ...added, address: 'https://good.example/v1' });
    expect(page.asked).toEqual([{ kind: 'server', host: 'https://good.example', address: 'https://good.example' }]);
    for (const address of ['http://good.example', 'https://good.example:8443', 'https://good.example@evil.example/'])
      await page.ask('server.add', { ...added, address });
    expect(page.asked.slice(1).map((one) => (one.kind === 'server' ? one.host : ''))).toEqual([
      'http://good.example',
      'https://good.example:8443',
      'https://evil.example',
    ]);
  });

  it('is not the models of a server that was added, while it stays where it is', async () => {
    const kept = { id: 's-1', address: 'https://good.example/v1', label: '', models: ['x'], keyKept: 'none' } as const;
    const page = takenOver({ agrees: false, settings: { servers: [kept] } });
    const change = { serverId: 's-1', key: null, models: ['y'] };
    expect((await page.ask('server.change', { ...change, address: 'https://good.example/v1' })).ok).toBe(true);
    expect(page.asked).toEqual([]);
    expect((await page.ask('server.change', { ...change, address: 'https://evil.example/v1' })).ok).toBe(false);
    expect((await page.ask('server.test', { serverId: 's-1', key: null, address: 'http://good.example' })).ok).toBe(
      false,
    );
    expect(page.asked).toHaveLength(2);
  });

  const never = { from: 'KeePassXC', does: 'never-leaves' } as const;
  const held: RulesState = { list: [never], error: null, revision: 4 };

  it('adds a rule that holds back, and takes none away unless the person agrees', async () => {
    const page = takenOver({ agrees: false, rules: held });
    const added = [never, { has: 'secrets', does: 'ask-me' } as const];
    expect((await page.ask('rules.change', { revision: 4, list: added })).ok).toBe(true);
    expect(page.asked).toEqual([]);
    expect((await page.ask('rules.change', { revision: 4, list: [] })).ok).toBe(false);
    expect((await page.ask('rules.change', { revision: 4, list: [{ ...never, does: 'here' }] })).ok).toBe(false);
    expect(page.asked).toEqual([{ kind: 'rules' }, { kind: 'rules' }]);
    expect(page.reached).toEqual(['rules.change']);
  });

  // What main has not seen may hold rules that a page leaves out.
  it('is asked about rules that main does not know, and about those in the place of what nobody can read', async () => {
    const error = { code: 'rules/broken-file', message: '', values: { line: 1, reason: '' } } as const;
    for (const rules of [held, { list: [], error, revision: 5 }]) {
      const page = takenOver({ agrees: false, rules });
      expect((await page.ask('rules.change', { revision: 5, list: [never] })).ok).toBe(false);
      expect(page.asked).toEqual([{ kind: 'rules' }]);
    }
  });

  it('has what leaves shown first less often only where the person agrees', async () => {
    const page = takenOver({ agrees: false, settings: { showFirst: ['s-1'] } });
    expect((await page.ask('settings.set', { showFirst: 'all' })).ok).toBe(true);
    expect((await page.ask('settings.set', { showFirst: ['s-2'] })).ok).toBe(false);
    expect((await page.ask('settings.set', { showFirst: 'asked' })).ok).toBe(false);
    expect(page.asked).toEqual([{ kind: 'unshown' }, { kind: 'unshown' }]);
  });

  it('is asked one at a time: what comes meanwhile is refused', async () => {
    let answer = (_agreed: boolean) => {};
    const gate = new PageGate({
      settings: () => defaultSettings,
      atoms: () => ({ atoms: [], broken: [] }),
      rules: () => noRules,
      ask: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const first = gate.pass('server.test', { ...server, model: null, serverId: null });
    await expect(gate.pass('server.add', { ...added, address: 'https://b.example' })).rejects.toMatchObject({
      code: 'app/not-agreed',
    });
    answer(true);
    await expect(first).resolves.toBeUndefined();
  });
});
