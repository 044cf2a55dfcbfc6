import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CopyWhenIdle } from '../../../core/models/copy-when-idle.ts';

describe('the faster copy of a model that has arrived', () => {
  let wanted: boolean;
  let busy: boolean;
  let room: boolean;
  let made: string[];
  let copies: CopyWhenIdle;

  beforeEach(() => {
    vi.useFakeTimers();
    [wanted, busy, room, made] = [true, false, true, []];
    copies = new CopyWhenIdle({
      isWanted: () => wanted,
      isBusy: () => busy,
      hasRoom: async () => room,
      make: async (modelId) => {
        made.push(modelId);
        busy = true;
      },
      idleMs: 1000,
    });
  });
  afterEach(() => {
    copies.dispose();
    vi.useRealTimers();
  });

  it('is made after a while of rest, one after another', async () => {
    copies.arrived('one');
    copies.arrived('two');
    await vi.advanceTimersByTimeAsync(900);
    expect(made).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(made).toEqual(['one']);
    busy = false;
    await vi.advanceTimersByTimeAsync(1100);
    expect(made).toEqual(['one', 'two']);
  });

  it('waits while something is being answered', async () => {
    busy = true;
    copies.arrived('one');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(made).toEqual([]);
    busy = false;
    await vi.advanceTimersByTimeAsync(1100);
    expect(made).toEqual(['one']);
  });

  it('is not made when it is not wanted, when the disk is nearly full, or after the end', async () => {
    wanted = false;
    copies.arrived('one');
    await vi.advanceTimersByTimeAsync(2000);
    [wanted, room] = [true, false];
    copies.arrived('two');
    await vi.advanceTimersByTimeAsync(2000);
    room = true;
    copies.arrived('three');
    copies.dispose();
    await vi.advanceTimersByTimeAsync(2000);
    expect(made).toEqual([]);
  });
});
