import { socketContract } from '../contract/cli.ts';
import { AppError } from '../contract/errors.ts';
import { composeCore } from '../core/compose.ts';
import { withDiskFull } from '../core/disk-full.ts';
import { findEntryPaths } from '../core/entry-paths.ts';
import { type Folders, openFolders } from '../core/profile/folders.ts';
import { ownProfile } from '../core/profile/owner.ts';
import { createCliHost } from '../core/settings/cli-host.ts';
import { connectToCore, type SocketClient } from '../core/socket/socket-client.ts';
import { openSocket } from '../core/socket/socket-server.ts';
import { coreVersion } from '../core/version.ts';
import { WireClient } from '../wire/client.ts';
import { createLinkedPair } from '../wire/linked-pair.ts';
import { serve } from '../wire/server.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** A core to ask: the running app's, or one in this process while the app is closed. */
export interface Session {
  readonly client: SocketClient;
  readonly inProcess: boolean;
  close(): Promise<void>;
}

/** Connects to the core that owns the profile, or becomes it. Throws `profile/…`. */
export async function openSession(env: Env): Promise<Session> {
  const folders = openFolders(env);
  // Between looking and taking, another core can come or go: look again then.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const client = await connectToCore(folders.profile, env);
    if (client !== null) return { client, inProcess: false, close: async () => client.dispose() };
    const own = await becomeCore(folders, env).catch((error: unknown) => {
      throw withDiskFull(error);
    });
    if (own !== null) return own;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new AppError('profile/in-use', 'the owner of the profile does not answer');
}

async function becomeCore(folders: Folders, env: Env): Promise<Session | null> {
  const owner = ownProfile(folders.profile);
  if (owner === null) return null;
  const host = createCliHost(folders.profile, env);
  const letGo = () => {
    socket.dispose();
    owner.dispose();
  };
  const core = composeCore({
    version: coreVersion,
    folders,
    entries: findEntryPaths(env),
    host,
    env,
    mayWrite: owner.mayWrite,
    // The app took over: what this command was doing has been stopped and stored.
    onHandedOver: () => {
      letGo();
      process.exit(130);
    },
    onShutDown: letGo,
  });
  const handlers = {
    requests: {
      ...core.handlers.requests,
      ...core.internalHandlers.requests,
      'overlay.toggle': ({ actionId }: { readonly actionId?: string | undefined }) => host.toggleOverlay(actionId),
    },
    streams: core.handlers.streams,
    states: core.handlers.states,
  };
  const onBug = (name: string, error: unknown) => process.stderr.write(`${name}: ${String(error)}\n`);
  // Where nothing can be written nobody else can be let in, and this command can still read what is stored.
  const socket = await openSocket(folders.profile, env, handlers, onBug).catch((error: unknown) => {
    if (owner.mayWrite && withDiskFull(error) === error) throw error;
    return { dispose: () => {} };
  });
  const [left, right] = createLinkedPair();
  serve(right, socketContract, handlers, { onBug });
  return {
    client: new WireClient(left, socketContract),
    inProcess: true,
    close: async () => {
      await core.rest();
      await core.stop();
      letGo();
    },
  };
}
