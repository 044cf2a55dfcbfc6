import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HotkeyPort } from '../../../main/hotkey/hotkeys.ts';
import { Hotkeys } from '../../../main/hotkey/hotkeys.ts';
import type { KeyHolder } from '../../../main/hotkey/key-process.ts';
import { PassedKeys } from '../../../main/hotkey/passed-keys.ts';

/** One display: a key is held by this process, by the other one, or by nobody. */
class FakeKeys implements HotkeyPort {
  readonly own = new Map<string, () => void>();
  readonly theirs = new Set<string>();
  readonly refusedByProcess = new Set<string>();
  starts = 0;
  press: (accelerator: string) => void = () => {};
  die: () => void = () => {};

  register(accelerator: string, onPressed: () => void): boolean {
    if (this.own.has(accelerator) || this.theirs.has(accelerator)) return false;
    this.own.set(accelerator, onPressed);
    return true;
  }

  unregister(accelerator: string): void {
    this.own.delete(accelerator);
  }

  start(onPressed: (accelerator: string) => void, onEnd: () => void): KeyHolder {
    this.starts += 1;
    this.press = (accelerator) => this.theirs.has(accelerator) && onPressed(accelerator);
    this.die = () => {
      this.theirs.clear();
      onEnd();
    };
    return {
      hold: async (accelerator) => {
        await Promise.resolve();
        if (this.own.has(accelerator) || this.refusedByProcess.has(accelerator)) return false;
        this.theirs.add(accelerator);
        return true;
      },
      letGo: async (accelerator) => {
        await Promise.resolve();
        this.theirs.delete(accelerator);
      },
      follow: () => {},
      giveRoom: async () => false,
      watchPerson: () => {},
      personWentOn: async () => null,
      dispose: () => this.theirs.clear(),
    };
  }
}

const key = 'Control+Shift+Space';

describe('global keys that another process holds', () => {
  let fake: FakeKeys;
  let keys: PassedKeys;
  let pressed: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    fake = new FakeKeys();
    pressed = [];
    keys = new PassedKeys({ own: fake, start: (onPressed, onEnd) => fake.start(onPressed, onEnd) });
  });

  afterEach(() => {
    keys.dispose();
    vi.useRealTimers();
  });

  const registered = (accelerator: string) => keys.register(accelerator, () => void pressed.push(accelerator));
  const settle = () => vi.advanceTimersByTimeAsync(3000);

  it('are held here until it is there, and then by it alone', async () => {
    expect(registered(key)).toBe(true);
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[key], []]);
    keys.start();
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[], [key]]);
    fake.press(key);
    expect(pressed).toEqual([key]);
  });

  it('are taken back at the moment it dies, and passed on to the next one', async () => {
    registered(key);
    keys.start();
    await settle();
    fake.die();
    expect([...fake.own.keys()]).toEqual([key]);
    fake.own.get(key)?.();
    expect(pressed).toEqual([key]);
    await settle();
    expect([fake.starts, [...fake.theirs]]).toEqual([2, [key]]);
  });

  it('stay here when it dies again and again', async () => {
    registered(key);
    keys.start();
    for (let death = 0; death < 3; death += 1) {
      await settle();
      fake.die();
    }
    await settle();
    expect([fake.starts, [...fake.own.keys()]]).toEqual([3, [key]]);
  });

  it('are taken back when it dies in the middle of taking one', async () => {
    registered(key);
    keys.start();
    vi.advanceTimersByTime(250);
    expect([...fake.own.keys()]).toEqual([]);
    fake.die();
    expect([...fake.own.keys()]).toEqual([key]);
  });

  it('stay here when it cannot hold them', async () => {
    fake.refusedByProcess.add(key);
    registered(key);
    keys.start();
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[key], []]);
  });

  it('can be let go of and taken again at once, as when a shortcut is chosen and kept', async () => {
    const hotkeys = new Hotkeys(
      keys,
      () => {},
      () => {},
    );
    hotkeys.start(key);
    keys.start();
    await settle();
    hotkeys.listen(true);
    hotkeys.listen(false);
    expect(hotkeys.state.registered).toBe(true);
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[], [key]]);
    hotkeys.dispose();
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[], []]);
  });

  it('that are only tried are never passed on', async () => {
    keys.start();
    registered('F9');
    keys.unregister('F9');
    await settle();
    expect([[...fake.own.keys()], [...fake.theirs]]).toEqual([[], []]);
  });
});
