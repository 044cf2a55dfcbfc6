import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccessibilityBus } from '../../desktop/atspi/accessibility-bus.ts';
import { TestDisplay } from '../support/display.ts';
import { processTree } from '../support/processes.ts';

describe('the accessibility bus', () => {
  let display: TestDisplay;
  let bus: AccessibilityBus;

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', display.env['DBUS_SESSION_BUS_ADDRESS']);
    bus = await AccessibilityBus.connect();
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    bus?.dispose();
    await display?.stop();
  });

  it('is asked again whose a connection is when it was too busy to tell', async () => {
    const daemon = processTree(process.pid).find(({ command }) => command.includes('accessibility.conf'));
    if (daemon === undefined) throw new Error('the bus is not there');
    process.kill(daemon.pid, 'SIGSTOP');
    const whileBusy = await bus.processId('org.freedesktop.DBus');
    process.kill(daemon.pid, 'SIGCONT');
    expect(whileBusy).toBe(null);
    expect(await bus.processId('org.freedesktop.DBus')).toBe(daemon.pid);
  });
});
