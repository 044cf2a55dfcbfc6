import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BusSignal } from '../../../desktop/atspi/accessibility-bus.ts';
import { ToldEvents } from '../../../desktop/atspi/told-events.ts';

const events = ['object:state-changed:focused'];

/** The accessibility bus, with the toolkit of each connection; null for one that is no application, or not ready. */
async function started(there: readonly string[], toolkits: Record<string, string | null>, always = false) {
  let heard: (signal: BusSignal) => void = () => {};
  const asked: string[] = [];
  const told = await ToldEvents.start(
    {
      listen: async (_, listener) => {
        heard = listener;
      },
      call: async ({ member, body = [] }) => {
        if (member.endsWith('Event')) asked.push(`${member} ${body[0]}`);
        return member === 'GetChildren' ? [there.map((sender) => [sender, '/root'])] : [];
      },
      property: async ({ sender }) => {
        const toolkit = toolkits[sender] ?? null;
        if (toolkit === null) throw new Error('no such object');
        return toolkit;
      },
      processId: async () => 7,
      dispose: () => {},
    },
    events,
    always,
  );
  const changes = async (name: string, owner: string) => {
    heard({ sender: 'org.freedesktop.DBus', path: '/', member: 'NameOwnerChanged', body: [name, '', owner] });
    await vi.advanceTimersByTimeAsync(6000);
  };
  return { told, asked, comes: (name: string) => changes(name, name), goes: (name: string) => changes(name, '') };
}

// While Beckon ran, Shift and an arrow came twice in Falkon, and KWrite offered no selection that the keyboard made.
describe('events of the accessibility interface', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('are asked for where no application is there whose keys would come changed', async () => {
    const { told, asked } = await started([':1.2'], { ':1.2': 'gtk' });
    expect(asked).toEqual(['RegisterEvent object:state-changed:focused']);
    expect(told.areTold).toBe(true);
  });

  it('are not asked for where one is there already', async () => {
    const { told, asked } = await started([':1.2', ':1.3'], { ':1.2': 'gtk', ':1.3': 'Qt' });
    expect(asked).toEqual([]);
    expect(told.areTold).toBe(false);
  });

  it('are given up when one comes, also where it tells late what it is, and asked for again once the last has gone', async () => {
    const toolkits: Record<string, string | null> = { ':1.4': null, ':1.5': 'qt' };
    const { told, asked, comes, goes } = await started([], toolkits);
    setTimeout(() => {
      toolkits[':1.4'] = 'qt';
    }, 900);
    await comes(':1.4');
    await comes(':1.5');
    expect(asked).toEqual([
      'RegisterEvent object:state-changed:focused',
      'DeregisterEvent object:state-changed:focused',
    ]);
    await goes(':1.4');
    expect(told.areTold).toBe(false);
    await goes(':1.5');
    expect(asked).toHaveLength(3);
    expect(told.areTold).toBe(true);
  });

  it('are asked for on and on where what comes is no application, or its keys stay as they are', async () => {
    const { told, comes } = await started([], { ':1.4': null, ':1.5': 'gtk', ':1.6': 'Chromium' });
    for (const name of [':1.4', ':1.5', ':1.6']) await comes(name);
    expect(told.areTold).toBe(true);
  });

  it('are asked for always where nothing else tells which window is in front', async () => {
    const { told, comes } = await started([':1.3'], { ':1.3': 'qt', ':1.4': 'qt' }, true);
    await comes(':1.4');
    expect(told.areTold).toBe(true);
  });
});
