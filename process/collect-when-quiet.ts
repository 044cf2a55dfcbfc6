import type { Disposable } from '../contract/disposable.ts';
import type { Channel } from '../wire/channel.ts';

const quietMs = 5000;

/**
 * Collects garbage once nothing was said to this process for a while. V8 does that when it needs room, and a process that
 * sleeps needs none: what its start and its last work left would be held for as long as it sleeps. Does nothing in a process
 * that was started without `--expose-gc`.
 */
export function collectWhenQuiet(channel: Pick<Channel, 'onMessage'>, collect = globalThis.gc): Disposable {
  if (collect === undefined) return { dispose() {} };
  const timer = setTimeout(() => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }), quietMs).unref();
  const heard = channel.onMessage(() => timer.refresh());
  return {
    dispose() {
      heard.dispose();
      clearTimeout(timer);
    },
  };
}
