import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BusConnection } from '../../../desktop/atspi/accessibility-bus.ts';
import { AtspiRoute } from '../../../desktop/atspi/atspi-route.ts';

const nobody = { code: 'capture/no-permission' };

/** A bus on which nobody is; `listens`: null while nothing answers, an error where listening is refused. */
function fakeBus(listens: Error | null | undefined = undefined) {
  const dispose = vi.fn();
  const call = (): Promise<readonly unknown[]> => (listens === null ? new Promise(() => {}) : Promise.resolve([[]]));
  const listen = async () => {
    if (listens instanceof Error) throw listens;
  };
  return { dispose, call, listen, processId: async () => null, property: async () => undefined };
}

describe('the accessibility interface', () => {
  const connect = vi.fn<() => Promise<BusConnection>>();
  const open = () => new AtspiRoute({ connect, ownProcessId: null, takesOnlySelected: false });

  beforeEach(() => {
    vi.useFakeTimers();
    connect.mockReset();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('that comes up after Beckon is used from the next question on, also for the window in front', async () => {
    connect.mockRejectedValueOnce(nobody).mockResolvedValue(fakeBus());
    const route = open();
    expect(await route.windowInFront(null)).toBe(null);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await route.windowInFront(null)).toBe(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(await route.works()).toBe(true);
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it('is not waited for long, and not begun twice, while it is being started', async () => {
    connect.mockResolvedValue(fakeBus(null));
    const route = open();
    const answers = Promise.all([route.works(), route.windowInFront(null), route.find(1), route.report()]);
    await vi.advanceTimersByTimeAsync(1600);
    expect(await answers).toMatchObject([false, null, null, { status: 'fails' }]);
    await vi.advanceTimersByTimeAsync(6000);
    void route.find(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(connect).toHaveBeenCalledOnce();
  });

  it('leaves no connection open where nobody tells what happens on it', async () => {
    const bus = fakeBus(new Error('refused'));
    connect.mockResolvedValue(bus);
    expect(await open().works()).toBe(false);
    expect(bus.dispose).toHaveBeenCalledOnce();
  });

  it('that is given up while it is being started leaves no connection open', async () => {
    const bus = fakeBus();
    connect.mockResolvedValue(bus);
    const route = open();
    route.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(bus.dispose).toHaveBeenCalledOnce();
  });
});
