import { describe, expect, it } from 'vitest';
import type { StoreAnswer } from '../../../main/keys/ask-key-store.ts';
import { KeyStoreState } from '../../../main/keys/key-store-state.ts';

/** A store whose answers are given by hand; `opened` counts how often Electron was asked, which waits for the store. */
function storeOf(backend: string | null, opens = true) {
  const asked: { readonly act: string; readonly answer: (word: StoreAnswer) => void }[] = [];
  const told: string[] = [];
  let opened = 0;
  const state = new KeyStoreState(
    {
      backend: () => backend,
      ask: (act) => new Promise((answer) => asked.push({ act, answer })),
      opens: () => {
        opened += 1;
        return opens;
      },
    },
    (now) => told.push(now),
  );
  return { state, asked, told, opened: () => opened };
}

describe('the key store of the system', () => {
  it('is not opened by Electron before it said that it would ask nobody', async () => {
    for (const [word, said] of [
      ['locked', 'locked'],
      ['absent', 'unavailable'],
    ] as const) {
      const { state, asked, told, opened } = storeOf('gnome_libsecret');
      const looked = state.look();
      asked[0]?.answer(word);
      expect(await looked).toBe(said);
      expect({ told, opened: opened() }).toEqual({ told: [said], opened: 0 });
    }
  });

  it('is looked at anew while it is locked, and no more once it was open', async () => {
    const { state, asked, told, opened } = storeOf('kwallet5');
    const [first, same] = [state.look(), state.look()];
    expect(asked).toHaveLength(1);
    asked[0]?.answer('locked');
    expect([await first, await same]).toEqual(['locked', 'locked']);
    const second = state.look();
    asked[1]?.answer('open');
    expect(await second).toBe('available');
    expect(await state.look()).toBe('available');
    expect(await state.unlock()).toBe('available');
    expect({ asked: asked.length, told, opened: opened() }).toEqual({
      asked: 2,
      told: ['locked', 'available'],
      opened: 1,
    });
  });

  it('lets whoever looks pass while the person is asked to unlock it', async () => {
    const { state, asked } = storeOf('gnome_libsecret');
    const unlocking = state.unlock();
    asked[0]?.answer('locked');
    await expect.poll(() => asked.map(({ act }) => act)).toEqual(['look', 'unlock']);
    const looked = state.look();
    expect(asked.at(-1)?.act).toBe('look');
    asked[2]?.answer('locked');
    expect(await looked).toBe('locked');
    asked[1]?.answer('open');
    expect(await unlocking).toBe('available');
  });

  it('is none where Linux wraps with a password that everybody knows, and is Electron’s to say on other systems', async () => {
    for (const backend of ['basic_text', 'unknown']) {
      const { state, asked, opened } = storeOf(backend);
      expect(await state.look()).toBe('unavailable');
      expect([asked.length, opened()]).toEqual([0, 0]);
    }
    expect(await storeOf(null).state.look()).toBe('available');
    expect(await storeOf(null, false).state.look()).toBe('unavailable');
  });
});
