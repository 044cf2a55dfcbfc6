import type { Disposable } from '../contract/disposable.ts';
import type { Channel } from '../wire/channel.ts';

const quietMs = 5000;

/**
 * Collects garbage once nothing was said to this process for a while. V8 does that when it needs room, and a process that
 * sleeps needs none: what its start and its last work left would be held for as long as it sleeps. Does nothing in a process
 * that was started without `--expose-gc`.
 */
export function collectWhenQuiet(channel: Pick<Channel, 'onMessage'>, collect = collector()): Disposable {
  if (collect === null) return { dispose() {} };
  const timer = setTimeout(collect, quietMs).unref();
  const heard = channel.onMessage(() => timer.refresh());
  return {
    dispose() {
      heard.dispose();
      clearTimeout(timer);
    },
  };
}

/** The only kind of collection that gives pages back to the system; null where there is none. */
function collector(): (() => void) | null {
  const { gc } = globalThis;
  return gc === undefined ? null : () => void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
