import { describe, expect, it, vi } from 'vitest';
import { CopyRoute } from '../../../desktop/x11/copy-route.ts';
import type { AskedLoan } from '../../../desktop/x11/late-copy.ts';

const window = 7;

/** `copied`: while which step somebody else copies. `expected`: what the loan takes out again by then. */
function routeWhere(copied: 'asked' | 'expected' | null) {
  let holds = true;
  const expectCopy = vi.fn<AskedLoan['expectCopy']>(async () => {
    if (copied === 'expected') holds = false;
  });
  const expectStill = vi.fn<AskedLoan['expectStill']>();
  const lost = new Promise<void>(() => {});
  const nothing = () => {};
  const loan = { lost, holds: () => holds, onRequest: nothing, untilSeen: nothing, expectCopy, expectStill };
  const sendCopy = vi.fn(async () => {});
  const route = new CopyRoute({
    x: {
      selectionOwner: async () => window,
      sameClient: async () => true,
      atom: async () => 1,
      property: async () => null,
    },
    reader: { serverTime: async () => 1000, read: async () => null },
    late: { during: (_, work) => work(loan) },
    primary: { during: (_, work) => work() },
    keyboard: { sendCopy },
    ping: async () => {
      if (copied === 'asked') holds = false;
      return null;
    },
  });
  return { route, sendCopy, expectCopy, expectStill };
}

describe('an office that is asked for a copy', () => {
  it.each(['asked', 'expected'] as const)('gets no key where somebody else copied while it was %s', async (copied) => {
    const { route, sendCopy, expectCopy } = routeWhere(copied);
    await expect(route.readOffice(window)).rejects.toMatchObject({ code: 'capture/not-answering' });
    expect(sendCopy).not.toHaveBeenCalled();
    // What they copied is not taken out again.
    expect(expectCopy.mock.lastCall ?? [null]).toEqual([null]);
  });

  it('may copy so late as it is told, and a copy after that is a person’s own', async () => {
    vi.useFakeTimers();
    const { route, expectStill } = routeWhere(null);
    const read = route.readOffice(window, 100).catch(({ code }) => code);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await read).toBe('capture/not-answering');
    await vi.advanceTimersByTimeAsync(100);
    vi.useRealTimers();
    await expectStill.mock.lastCall?.[0];
    expect(expectStill).toHaveBeenCalledOnce();
  });
});
