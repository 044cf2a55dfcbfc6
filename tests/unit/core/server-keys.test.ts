import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerSetting } from '../../../contract/settings.ts';
import type { Host } from '../../../core/ports.ts';
import { ServerKeys } from '../../../core/servers/server-keys.ts';
import { createCliHost } from '../../../core/settings/cli-host.ts';

const kinds = ['key-store', 'passphrase', 'until-quit', 'environment'] as const;
const kept = (keyKept: ServerSetting['keyKept']): ServerSetting => ({
  ...{ id: 's-1', address: 'https://api.example.com/v1', label: '', models: ['m'], keyKept },
});

describe('the key of a server that is not to be had', () => {
  let profile: string;
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-keys-'));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  async function keysOf(server: ServerSetting, env: Readonly<Record<string, string>>, face: Host['face']) {
    const host = createCliHost(profile, env);
    await host.changeSettings({ servers: [server] });
    return new ServerKeys({ ...host, face });
  }

  // In the terminal such a question went out without its key.
  it.each(['app', 'cli'] as const)('keeps the question here, wherever the key was kept (%s)', async (face) => {
    for (const keyKept of kinds) {
      const server = kept(keyKept);
      const asked = (await keysOf(server, {}, face)).of(server);
      await expect(asked, keyKept).rejects.toMatchObject({
        code: 'server/key-lost',
        detail: { values: { host: 'api.example.com' }, action: 'open-models' },
      });
    }
  });

  it('is taken from the environment where that has it, and is none where the server has none', async () => {
    for (const keyKept of kinds) {
      const server = kept(keyKept);
      const keys = await keysOf(server, { BECKON_KEY_API_EXAMPLE_COM: 'sk-1' }, 'cli');
      expect(await keys.of(server), keyKept).toBe('sk-1');
    }
    const none = kept('none');
    expect(await (await keysOf(none, {}, 'cli')).of(none)).toBeNull();
  });
});
