import { Egress } from '../egress/egress.ts';
import type { CoreBase } from '../surroundings.ts';

/** The one way to the network. */
export function composeEgress({ host, log, env, store }: CoreBase): Egress {
  // Proxies that only the system knows are those of the app; a terminal has its own in the environment.
  const askSystem = async (url: string) => (await host.resolveProxy?.(url).catch(() => null)) ?? 'DIRECT';
  const egress = new Egress({ isOffline: () => host.settings().offline, log, proxies: { env, askSystem } });
  store.add(host.onSettings(({ offline }) => (offline ? egress.endOutside() : undefined)));
  return egress;
}
