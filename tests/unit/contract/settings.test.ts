import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, readSettings, settingsPatchSchema } from '../../../contract/settings.ts';

describe('a settings file', () => {
  it.each([
    { offline: 'yes' },
    { budget: { day: -1 } },
    { budget: 'ten' },
    { showFirst: 'al' },
    { privateNames: 'Lin' },
    { pseudonyms: 1 },
  ])('lets nothing leave where %j cannot be read, which may have held something back', (raw) => {
    const server = { id: 's', name: 'S', address: 'https://a.example/v1' };
    const { settings, isLocked } = readSettings({ ...raw, servers: [server], theme: 'dark' });
    expect({ isLocked, offline: settings.offline, theme: settings.theme }).toEqual({
      isLocked: true,
      offline: true,
      theme: 'dark',
    });
    expect(readSettings({ idleMinutes: 'soon', offline: false }).settings.offline).toBe(false);
  });

  it('with one bad value keeps the others', () => {
    const { settings, badKeys } = readSettings({ theme: 'dark', idleMinutes: 'soon', hotkey: 'Control+Alt+B' });
    expect(badKeys).toEqual(['idleMinutes']);
    expect(settings).toEqual({ ...defaultSettings, theme: 'dark', hotkey: 'Control+Alt+B' });
  });

  it.each([null, [], 'text', 3, undefined, true])('that holds %j gives the defaults and says so', (raw) => {
    expect(readSettings(raw)).toEqual({
      settings: { ...defaultSettings, offline: true },
      badKeys: ['*'],
      isLocked: true,
    });
  });

  it('cannot reach a prototype or an unknown key', () => {
    const raw = JSON.parse('{"__proto__": {"theme": "dark"}, "constructor": 1, "future": true}');
    const { settings, badKeys } = readSettings(raw);
    expect(settings).toEqual(defaultSettings);
    expect([...badKeys].sort()).toEqual(['__proto__', 'constructor', 'future']);
    expect(({} as { theme?: string }).theme).toBeUndefined();
  });

  it('of any JSON at all gives valid settings', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const { settings } = readSettings(raw);
        expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });
});

describe('a change of settings', () => {
  it('of one key leaves the others alone', () => {
    expect(settingsPatchSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  });

  it('with an unknown key is refused', () => {
    expect(settingsPatchSchema.safeParse({ theme: 'dark', admin: true }).success).toBe(false);
  });
});
