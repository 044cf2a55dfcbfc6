import type { Host } from '../ports.ts';
import type { LockedKeys } from './locked-keys.ts';

/**
 * The host with a third place for keys: what its key store does not take, and would be kept until Beckon quits, goes under the
 * passphrase while that is open.
 */
export function withLockedKeys(host: Host, locked: LockedKeys): Host {
  return {
    ...host,
    keepSecret: async (name, secret) => {
      const kept = await host.keepSecret(name, secret);
      locked.forget(name);
      if (kept !== 'until-quit' || !locked.isOpen) return kept;
      locked.keep(name, secret);
      await host.forgetSecret(name);
      return 'passphrase';
    },
    readSecret: async (name) => locked.read(name) ?? host.readSecret(name),
    forgetSecret: async (name) => {
      locked.forget(name);
      await host.forgetSecret(name);
    },
  };
}
