import { expect, it } from 'vitest';
import { whereKept } from '../../../renderer/window/where-kept.ts';

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
