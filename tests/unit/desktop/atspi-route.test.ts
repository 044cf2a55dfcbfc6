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

/** A bus on which one application has a focused field behind a chain of others, each of whose answers takes a while. */
function slowBus({ objects, answerMs }: { readonly objects: number; readonly answerMs: number }) {
  const sender = ':1.7';
  const path = (index: number) => `/object/${index}`;
  const states = (index: number) => [(1 << 7) | (index === objects ? 1 << 12 : 0) | (1 << 25), 0];
  const answers: Readonly<Record<string, (index: number) => readonly unknown[]>> = {
    GetState: (index) => [states(index)],
    GetChildren: (index) => [index < objects ? [[sender, path(index + 1)]] : []],
    GetInterfaces: (index) => [index === objects ? ['org.a11y.atspi.Text'] : []],
    GetNSelections: () => [1],
    GetSelection: () => [0, 5],
    GetText: () => ['Field'],
  };
  const call: BusConnection['call'] = async ({ on, member }) => {
    if (member === 'RegisterEvent' || member === 'AddMatch') return [];
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    return answers[member]?.(Number(on.path.split('/').at(-1)) || 0) ?? [];
  };
  return { call, listen: async () => {}, processId: async () => 7, property: async () => '', dispose: () => {} };
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

  // On a loaded machine a Qt application, which nobody asks for events, was told to have nothing selected: the search for its
  // focus took longer than a call waits for it.
  it('says that it is searching still, and not that nothing is selected, and waits where nothing else tells it', async () => {
    connect.mockResolvedValue(slowBus({ objects: 12, answerMs: 40 }));
    const route = open();
    await vi.advanceTimersByTimeAsync(1000);
    const first = route.find(7);
    await vi.advanceTimersByTimeAsync(400);
    expect(await first).toBe('busy');
    const patient = route.find(7, true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await patient).toMatchObject({ text: 'Field' });
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
