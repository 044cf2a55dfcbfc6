import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerTest } from '../../../contract/model.ts';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import { Egress } from '../../../core/egress/egress.ts';
import { admitModelList } from '../../../core/egress/purposes.ts';
import type { Host } from '../../../core/ports.ts';
import { Servers } from '../../../core/servers/servers.ts';

/** A host whose key store is a map. */
function fakeHost(): { readonly host: Host; readonly secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  let settings: Settings = defaultSettings;
  const host: Host = {
    face: 'app',
    settings: () => settings,
    onSettings: () => ({ dispose: () => {} }),
    changeSettings: async (patch) => {
      settings = { ...settings, ...(patch as Partial<Settings>) };
      return settings;
    },
    keepSecret: async (name, secret) => {
      secrets.set(name, secret);
      return 'key-store';
    },
    readSecret: async (name) => secrets.get(name) ?? null,
    forgetSecret: async (name) => void secrets.delete(name),
    stepAside: async () => {},
    finishOverlay: async () => {},
    toggleOverlay: async () => ({ visible: false }),
    writeClipboard: async () => true,
    openFile: async () => ({ how: 'opened', viewer: null }),
    describe: async () => null,
  };
  return { host, secrets };
}

describe('the servers of a person', () => {
  const keys: (string | undefined)[] = [];
  let redirect: string | null = null;
  const server = createServer((request, response) => {
    request.resume();
    keys.push(request.headers.authorization);
    if (redirect !== null) return void response.writeHead(307, { location: redirect }).end();
    response.end(JSON.stringify({ data: [{ id: 'a' }, { id: 'b' }] }));
  });
  let address: string;
  let host: ReturnType<typeof fakeHost>;
  let servers: Servers;

  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    host = fakeHost();
    const egress = new Egress({ isOffline: () => false, log: { write: () => {} } });
    const openList = (hostname: string) => egress.fetchFor('model-list', admitModelList(hostname));
    const send = () => {
      throw new Error('a list of models is asked for without a prompt');
    };
    servers = new Servers({ host: host.host, openList, send });
  });
  afterEach(() => {
    keys.length = 0;
    redirect = null;
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const add = (key: string | null = null) => servers.add({ address, key, label: '', models: ['a'] });
  const test = (input: { address?: string; key?: string | null; serverId?: string }): Promise<ServerTest> =>
    servers.test({ address, key: null, model: null, serverId: null, ...input });

  it('are tested with the key that is kept, at the address it is kept for and at no other', async () => {
    const { id } = await add(' Bearer sk-1\n');
    expect(host.secrets.get(`server:${id}`)).toBe('sk-1');
    const elsewhere = address.replace('127.0.0.1', 'localhost');
    for (const input of [
      { serverId: id },
      {},
      { address: elsewhere, serverId: id },
      { address: `${address}/chat/completions`, serverId: id },
    ])
      expect(await test(input)).toMatchObject({ ok: true });
    expect(keys).toEqual(['Bearer sk-1', undefined, undefined, 'Bearer sk-1']);
  });

  it('get a key of the environment without what was pasted along with it', async () => {
    const { id } = await add('sk-1');
    host.secrets.set(`server:${id}`, ' “sk-9”\n');
    await test({ serverId: id });
    expect(keys).toEqual(['Bearer sk-9']);
    host.secrets.set(`server:${id}`, 'sk-…');
    await expect(test({ serverId: id })).rejects.toMatchObject({ code: 'server/key-unusable' });
  });

  it('are changed: models by name, key kept or gone, and a key goes along to no other address', async () => {
    const { id } = await add('sk-1');
    const change = (input: object) => servers.change({ serverId: id, address, key: null, models: ['a'], ...input });
    expect(await change({ models: [' a ', 'mine', 'mine'] })).toMatchObject({
      models: ['a', 'mine'],
      keyKept: 'key-store',
    });
    expect(await change({ key: '“sk-2”' })).toMatchObject({ keyKept: 'key-store' });
    expect(host.secrets.get(`server:${id}`)).toBe('sk-2');
    expect(await change({ address: address.replace('127.0.0.1', 'localhost') })).toMatchObject({ keyKept: 'none' });
    expect(host.secrets.size).toBe(0);
    await change({ key: 'sk-3' });
    expect(await change({ key: '' })).toMatchObject({ keyKept: 'none' });
    expect(host.secrets.size).toBe(0);
  });

  it('stay as they were where a change cannot be', async () => {
    const { id } = await add('sk-1');
    const before = host.host.settings();
    const change = (input: object) => servers.change({ serverId: id, address, key: null, models: ['a'], ...input });
    await expect(change({ address: 'my server' })).rejects.toMatchObject({ code: 'server/bad-address' });
    await expect(change({ key: 'sk-…' })).rejects.toMatchObject({ code: 'server/key-unusable' });
    await expect(change({ serverId: 'none' })).rejects.toMatchObject({ code: 'model/not-found' });
    expect(host.host.settings()).toBe(before);
    expect(host.secrets.get(`server:${id}`)).toBe('sk-1');
  });

  it('lose the choice of a model that was taken away, and of no other', async () => {
    const { id } = await add();
    await servers.change({ serverId: id, address, key: null, models: ['a', 'b'] });
    await host.host.changeSettings({ modelId: `server:${id}:a` });
    await servers.change({ serverId: id, address, key: null, models: ['a'] });
    expect(host.host.settings().modelId).toBe(`server:${id}:a`);
    await servers.change({ serverId: id, address, key: null, models: ['b'] });
    expect(host.host.settings().modelId).toBeNull();
  });

  it('that send on elsewhere are said to, with where, and nothing goes there', async () => {
    redirect = 'https://elsewhere.example/v1/models?key=1';
    const { ok, error, instead } = await test({ key: 'sk-1' });
    expect({ ok, error }).toMatchObject({
      ok: false,
      error: { code: 'server/moved', values: { other: 'https://elsewhere.example/v1/models' } },
    });
    expect(instead).toBe('https://elsewhere.example/v1');
    redirect = 'javascript:alert(1)';
    expect(await test({})).toMatchObject({ error: { code: 'server/moved' }, instead: null });
  });

  it('tell where they are by one rule', async () => {
    const rows = [
      'http://box.fritz.box:1',
      'https://box.fritz.box:1',
      'http://100.64.1.2',
      'https://api.example.com/v1',
    ];
    const local = [];
    for (const one of rows)
      local.push((await servers.add({ address: one, key: null, label: '', models: ['m'] })).local);
    expect(local).toEqual([true, false, true, false]);
  });

  it('that was added as a provider is tested as that provider is: its key goes into the header it wants', async () => {
    const added = await servers.add({ address, key: 'sk-claude', label: '', models: ['a'], provider: 'anthropic' });
    const { ok, models } = await test({ serverId: added.id });
    expect(ok).toBe(true);
    expect(models).toContain('a');
    // The header of all others holds nothing.
    expect(keys).toEqual([undefined]);
  });

  it('at a host that its provider has left is offered the move, and not asked', async () => {
    const tested = await test({ address: 'https://api.hunyuan.cloud.tencent.com/v1', key: 'k' });
    expect(tested).toMatchObject({
      error: { code: 'server/moved', values: { context: 'for-good' } },
      instead: 'https://tokenhub.tencentmaas.com/v1',
    });
    expect(keys).toEqual([]);
  });
});
