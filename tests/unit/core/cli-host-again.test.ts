import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliHost } from '../../../core/settings/cli-host.ts';

describe('the settings of a core that stays for the next command', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-host-'));
    write({ version: 1, lingerSeconds: 60 });
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true }));

  function write(settings: object): void {
    writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
  }

  it('are those of the file when the next one comes, and what it changes keeps what was written by hand', async () => {
    const host = createCliHost(profile, {});
    const told: number[] = [];
    host.onSettings(({ lingerSeconds }) => told.push(lingerSeconds));
    host.readAgain();
    expect(told).toEqual([]);
    write({ version: 1, lingerSeconds: 5, theme: 'dark' });
    host.readAgain();
    expect({ told, theme: host.settings().theme }).toEqual({ told: [5], theme: 'dark' });
    expect(await host.changeSettings({ modelId: 'm' })).toMatchObject({
      lingerSeconds: 5,
      theme: 'dark',
      modelId: 'm',
    });
    write({ version: 1, lingerSeconds: 'soon' });
    host.readAgain();
    expect(host.settings().lingerSeconds).toBe(60);
  });

  it('let nothing leave where a file is there that cannot be read, and only there', () => {
    writeFileSync(join(profile, 'settings.json'), '{"version": 1, "offline": tr');
    expect(createCliHost(profile, {}).settings().offline).toBe(true);
    rmSync(join(profile, 'settings.json'));
    expect(createCliHost(profile, {}).settings().offline).toBe(false);
  });

  it('say of a key that the environment has that it is there, and of any other that it goes when core does', async () => {
    const host = createCliHost(profile, { BECKON_KEY_API_EXAMPLE_COM: 'secret ' });
    expect(await host.keepSecret('server:s-1', 'secret')).toBe('environment');
    expect(await host.keepSecret('server:s-1', 'another')).toBe('until-quit');
  });
});
