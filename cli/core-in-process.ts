import { socketContract } from '../contract/cli.ts';
import type { AppErrorShape } from '../contract/errors.ts';
import { composeCore } from '../core/compose.ts';
import { findEntryPaths } from '../core/entry-paths.ts';
import type { Folders } from '../core/profile/folders.ts';
import { ownProfile, type ProfileOwner } from '../core/profile/owner.ts';
import { createCliHost } from '../core/settings/cli-host.ts';
import type { CoreConnection } from '../core/socket/socket-client.ts';
import { coreVersion } from '../core/version.ts';
import { WireClient } from '../wire/client.ts';
import { createLinkedPair } from '../wire/linked-pair.ts';
import { serve } from '../wire/server.ts';
import type { Env } from './session.ts';

/**
 * Opens a core in the process of one command, for a profile that nothing can be written to: there is no room for a socket, so
 * nobody else can be let in, and this command can still read what is stored, beside others that do.
 */
export function openToRead(folders: Folders, env: Env): CoreConnection {
  return open(folders, env, ownProfile(folders.profile) ?? { mayWrite: false, dispose: () => {} }, null);
}

/**
 * Opens one whose chats cannot be opened, with why, so that all else can be looked at. Null while another core has the
 * profile.
 */
export function openWithoutChats(folders: Folders, env: Env, chatsClosed: AppErrorShape): CoreConnection | null {
  const owner = ownProfile(folders.profile);
  return owner === null ? null : open(folders, env, owner, chatsClosed);
}

function open(folders: Folders, env: Env, owner: ProfileOwner, chatsClosed: AppErrorShape | null): CoreConnection {
  const host = createCliHost(folders.profile, env);
  const letGo = () => owner.dispose();
  const core = composeCore({
    version: coreVersion,
    folders,
    entries: findEntryPaths(env),
    host,
    env,
    mayWrite: owner.mayWrite && chatsClosed === null,
    chatsClosed,
    onHandedOver: letGo,
    onShutDown: letGo,
  });
  const requests = {
    ...core.handlers.requests,
    'overlay.toggle': ({ actionId }: { readonly actionId?: string | undefined }) => host.toggleOverlay(actionId),
    'core.arrive': () => ({ status: 'welcome' }) as const,
    'core.leave': async () => {
      await core.stop();
      letGo();
      return { left: 'ended', model: null } as const;
    },
  };
  const { streams, states } = core.handlers;
  const [left, right] = createLinkedPair();
  serve(right, socketContract, { requests, streams, states }, { onBug: () => {} });
  const client = new WireClient(left, socketContract);
  // It ends with this command alone.
  return { client, ended: new Promise(() => {}), dispose: () => client.dispose() };
}
