import type { lifecycleRoutes } from '../../contract/routes/lifecycle.ts';
import type { Handlers } from '../../wire/server.ts';
import type { CoreBase } from '../surroundings.ts';

/** What core says of itself, and how it is asked to end. */
export function composeLifecycle(
  { version, host, folders, onHandedOver, onShutDown }: CoreBase,
  stop: () => Promise<void>,
): { readonly handlers: Handlers<typeof lifecycleRoutes> } {
  const endWith = async (done: () => void) => {
    await stop();
    // The answer is on its way before the process ends.
    setImmediate(done);
    return null;
  };
  const requests = {
    'core.info': () => ({ version, processId: process.pid, face: host.face, profile: folders.profile }),
    'core.folders': () => ({ profile: folders.profile, models: folders.models }),
    'core.handOver': () => endWith(onHandedOver),
    'core.shutDown': () => endWith(onShutDown),
  };
  return { handlers: { requests, streams: {}, states: {} } };
}
