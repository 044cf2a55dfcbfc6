import type { lockedKeysRoutes } from '../../contract/routes/locked-keys.ts';
import type { Handlers } from '../../wire/server.ts';
import { LockedKeys } from '../locked-keys/locked-keys.ts';
import { withLockedKeys } from '../locked-keys/with-locked-keys.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** The third place for keys: a host that has it, and what is asked of it. */
export function composeLockedKeys({ host, folders, store }: Pick<CoreBase, 'host' | 'folders' | 'store'>) {
  const locked = new LockedKeys(folders.profile);
  store.add(locked);
  const handlers: Handlers<typeof lockedKeysRoutes> = {
    requests: {
      'lockedKeys.make': async ({ passphrase }) => nothing(await locked.make(passphrase)),
      'lockedKeys.open': async ({ passphrase }) => nothing(await locked.open(passphrase)),
      'lockedKeys.forget': async () => nothing(await locked.forgetAll()),
      'lockedKeys.takeBack': async () => nothing(await locked.takeBack()),
    },
    streams: {},
    states: { lockedKeys: locked.state },
  };
  return { host: withLockedKeys(host, locked), handlers };
}
