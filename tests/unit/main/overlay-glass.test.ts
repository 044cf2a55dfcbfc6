import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { OverlayGlass } from '../../../main/windows/overlay-glass.ts';
import { noRoom, type Room, shadowRoom } from '../../../main/windows/placement.ts';

interface FakeWindow {
  readonly isTransparent: boolean;
  room: Room;
}

/** A display, and the overlay's windows on it. */
class FakeWindows {
  hasCompositor = false;
  /** As an older runtime, which looks for a compositor at its start alone. */
  canBeTransparent = true;
  visible = false;
  made = 1;
  readonly shown: boolean[] = [];
  current: FakeWindow = { isTransparent: false, room: noRoom };
  /** Happens while a new window is being painted. */
  onPainting: () => void = () => {};

  readonly glass = new OverlayGlass({
    window: () => this.current as unknown as BrowserWindow,
    isVisible: () => this.visible,
    giveRoom: async (window, room) => {
      await Promise.resolve();
      const it = window as unknown as FakeWindow;
      if (it.isTransparent) it.room = room;
      return it.isTransparent;
    },
    replace: async (accepted) => {
      this.made += 1;
      const next = { isTransparent: this.canBeTransparent, room: noRoom };
      await Promise.resolve();
      this.onPainting();
      if (!(await accepted(next as unknown as BrowserWindow))) return false;
      this.current = next;
      return true;
    },
    onChange: (isComposited) => this.shown.push(isComposited),
  });
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the overlay over what is behind it', () => {
  let windows: FakeWindows;

  beforeEach(() => {
    windows = new FakeWindows();
  });

  async function compositor(isRunning: boolean): Promise<void> {
    windows.glass.compositorChanged(isRunning);
    await settle();
  }

  it('is opaque, and made once, where no compositor runs', async () => {
    windows.glass.rest(true);
    await compositor(false);
    expect([windows.made, windows.shown, windows.glass.room]).toEqual([1, [], noRoom]);
  });

  it('is made anew once when a compositor comes, and has room for its shadow then', async () => {
    windows.glass.rest(true);
    await compositor(true);
    windows.glass.rest(true);
    windows.glass.consider();
    await settle();
    expect([windows.made, windows.shown, windows.glass.room]).toEqual([2, [true], shadowRoom]);
    expect(windows.current.room).toEqual(shadowRoom);
  });

  it('waits with that while it is visible, and while something is in it', async () => {
    windows.visible = true;
    windows.glass.rest(true);
    await compositor(true);
    expect(windows.made).toBe(1);
    windows.visible = false;
    windows.glass.rest(false);
    windows.glass.consider();
    await settle();
    expect(windows.made).toBe(1);
    windows.glass.rest(true);
    await settle();
    expect(windows.shown).toEqual([true]);
  });

  it('stays the window it was when it is called while the new one is painted; the next time it is hidden counts', async () => {
    windows.glass.rest(true);
    const before = windows.current;
    windows.onPainting = () => {
      windows.visible = true;
    };
    await compositor(true);
    expect([windows.current, windows.shown]).toEqual([before, []]);
    windows.visible = false;
    windows.onPainting = () => {};
    windows.glass.consider();
    await settle();
    expect(windows.shown).toEqual([true]);
  });

  it('is square at once when the compositor goes, also while it is visible: nobody draws through it any more', async () => {
    windows.glass.rest(true);
    await compositor(true);
    windows.visible = true;
    await compositor(false);
    expect([windows.shown, windows.glass.room, windows.current.room]).toEqual([[true, false], noRoom, noRoom]);
  });

  it('keeps its window when the compositor comes back, and is round once it was hidden', async () => {
    windows.glass.rest(true);
    await compositor(true);
    await compositor(false);
    windows.visible = true;
    await compositor(true);
    expect(windows.shown).toEqual([true, false]);
    windows.visible = false;
    windows.glass.consider();
    await settle();
    expect([windows.made, windows.shown, windows.current.room]).toEqual([2, [true, false, true], shadowRoom]);
  });

  it('is tried once for each compositor where the runtime makes no transparent window, and looks as before', async () => {
    windows.canBeTransparent = false;
    windows.glass.rest(true);
    await compositor(true);
    for (let time = 0; time < 3; time += 1) windows.glass.rest(true);
    await settle();
    expect([windows.made, windows.shown]).toEqual([2, []]);
    await compositor(false);
    await compositor(true);
    expect(windows.made).toBe(3);
  });

  it('gets its room again from a process that was started anew and knows of no window', async () => {
    windows.glass.rest(true);
    await compositor(true);
    windows.current.room = noRoom;
    await compositor(true);
    expect([windows.made, windows.shown, windows.current.room]).toEqual([2, [true], shadowRoom]);
  });
});
