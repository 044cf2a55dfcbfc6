import { expect, it } from 'vitest';
import { keptWord, whereKept } from '../../../renderer/window/where-kept.ts';

it('tells where a key goes in the order in which it goes there', () => {
  const all = (['available', 'locked', 'unavailable', undefined] as const).map((keyStore) =>
    (['open', 'locked', 'none', undefined] as const).map((passphrase) => whereKept(keyStore, passphrase)),
  );
  const [stored, under, locked, gone] = ['keyStored', 'keyUnderPassphrase', 'keyLocked', 'keyUntilQuit'];
  expect(all).toEqual([
    [stored, stored, stored, stored],
    [under, locked, locked, locked],
    [under, gone, gone, gone],
    [under, gone, gone, gone],
  ]);
});

it('says of a key whose passphrase was thrown away that it is nowhere, and of no other', () => {
  expect((['none', 'locked', 'open', undefined] as const).map((status) => keptWord('passphrase', status))).toEqual([
    ...['thrown', 'passphrase', 'passphrase', 'passphrase'],
  ]);
  for (const kept of ['none', 'key-store', 'until-quit', 'environment'] as const)
    expect(keptWord(kept, 'none')).toBe(kept);
});
