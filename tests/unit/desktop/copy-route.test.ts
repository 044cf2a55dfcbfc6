import { describe, expect, it, vi } from 'vitest';
import type { Loan } from '../../../desktop/x11/clipboard-lease.ts';
import { CopyRoute } from '../../../desktop/x11/copy-route.ts';

const window = 7;

/** `copied`: while which step somebody else copies. `expected`: what the loan takes out again by then. */
function routeWhere(copied: 'asked' | 'expected' | null) {
  let holds = true;
  const expectCopy = vi.fn<Loan['expectCopy']>(async () => {
    if (copied === 'expected') holds = false;
  });
  const expectStill = vi.fn<Loan['expectStill']>();
  const lost = new Promise<void>(() => {});
  const loan = { lost, holds: () => holds, expectCopy, expectStill } as unknown as Loan;
  const sendCopy = vi.fn(async () => {});
  const x = {
    selectionOwner: async () => window,
    sameClient: async () => true,
    client: async () => ({}),
    root: async () => 1,
    atom: async () => 1,
    property: async () => {
      if (copied === 'asked') holds = false;
      return null;
    },
  };
  const reader = { serverTime: async () => 1000 };
  const lease = { during: (_: unknown, work: (loan: Loan) => Promise<unknown>) => work(loan) };
  const route = new CopyRoute({ x, reader, lease, keyboard: { sendCopy } } as never);
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
    vi.useRealTimers();
    await expectStill.mock.lastCall?.[0];
    expect(expectStill).toHaveBeenCalledOnce();
  });
});
