import type { CoreHandlers } from '../core/core-relay.ts';
import type { createShellHandlers } from '../shell/handlers.ts';
import { askingFirst, type PageGate } from '../shell/page-gate.ts';
import type { WindowRegistry } from '../windows/registry.ts';
import { Bridge } from './bridge.ts';

/** What pages reach: core and the shell, and what lowers protection only when the person agrees. */
export function createPageBridge(
  registry: WindowRegistry,
  core: CoreHandlers,
  shell: ReturnType<typeof createShellHandlers>,
  gate: PageGate,
): Bridge {
  return new Bridge({
    isKnownWindow: (id) => registry.kindOf(id) !== null,
    handlers: {
      requests: askingFirst({ ...core.requests, ...shell.requests }, gate),
      streams: core.streams,
      states: { ...core.states, ...shell.states },
    },
    onBug: (name, error) => console.error(`bridge ${name}:`, error),
    onRefused: (reason) => console.error(`bridge refused a message: ${reason}`),
  });
}
