import process from 'node:process';
import type { socketContract } from '../contract/cli.ts';
import { coreContract } from '../contract/core.ts';
import type { Disposable } from '../contract/disposable.ts';
import { toErrorShape } from '../contract/errors.ts';
import { hostContract } from '../contract/host.ts';
import { collectWhenQuiet } from '../process/collect-when-quiet.ts';
import { closeInherited } from '../process/inherited-files.ts';
import { WireClient } from '../wire/client.ts';
import { type HeldChannel, holdChannel } from '../wire/held-channel.ts';
import { createProcessChannel } from '../wire/process-channel.ts';
import { type Handlers, serve } from '../wire/server.ts';
import { composeCore } from './compose.ts';
import { withDiskFull } from './disk-full.ts';
import { findEntryPaths } from './entry-paths.ts';
import { takeProfile } from './open-core.ts';
import type { Host } from './ports.ts';
import { openFolders } from './profile/folders.ts';
import { createAppHost } from './settings/app-host.ts';
import { openSocket } from './socket/socket-server.ts';
import { coreVersion } from './version.ts';

/** Tells main that starting again would not help. */
const giveUpExitCode = 78;

async function start(): Promise<void> {
  const channel = createProcessChannel(process);
  // Main asks at once; its requests wait until there is something to answer them.
  const requestsHeld = holdChannel(channel);
  collectWhenQuiet(channel);
  const client = new WireClient(channel, hostContract);
  try {
    await serveApp(requestsHeld, await createAppHost(client));
  } catch (error) {
    const { code, message, values, action } = toErrorShape(withDiskFull(error));
    await client.request('core.startFailed', { code, message, values, action });
    throw error;
  }
}

async function serveApp(requestsHeld: HeldChannel, host: Host): Promise<void> {
  // Node would take any certificate where a variable says so, also from one who stands in between.
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  const folders = openFolders(process.env);
  const owner = await takeProfile(folders);
  let socket: Disposable | null = null;
  // At every end that is not a kill, also when main is gone: what is left would be tried by the next command.
  process.on('exit', () => socket?.dispose());
  const end = () => {
    owner.dispose();
    process.exit(0);
  };
  const core = composeCore({
    version: coreVersion,
    folders,
    entries: findEntryPaths(process.env),
    host,
    env: process.env,
    mayWrite: owner.mayWrite,
    onHandedOver: end,
    onShutDown: end,
  });
  const onBug = (name: string, error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
  };
  serve(requestsHeld.channel, coreContract, core.handlers, { onBug });
  requestsHeld.release();
  const toggle = ({ actionId }: { readonly actionId?: string | undefined }) => host.toggleOverlay(actionId);
  const { requests, streams, states } = core.handlers;
  const ownRequests: Pick<
    Handlers<typeof socketContract>['requests'],
    'overlay.toggle' | 'core.arrive' | 'core.leave'
  > = {
    'overlay.toggle': toggle,
    'core.arrive': ({ version }) =>
      version === coreVersion ? { status: 'welcome' } : { status: 'other-version', version: coreVersion },
    'core.leave': () => ({ left: 'app', model: null }),
  };
  const faces = { requests: { ...requests, ...ownRequests }, streams, states };
  // Without the socket the cli cannot reach this core; the app works all the same.
  socket = await openSocket({ profile: folders.profile, handlers: faces, onBug }).catch((error: unknown) => {
    onBug('socket', error);
    return null;
  });
}

closeInherited();
// What is made from here on is this user's alone.
process.umask(0o077);
// Main is gone: what runs have is stored already up to the last quarter of a second, and nothing may stay behind.
process.on('disconnect', () => process.exit(0));
start().catch((error: unknown) => {
  process.stderr.write(`core cannot start: ${JSON.stringify(toErrorShape(error))}\n`);
  process.exit(giveUpExitCode);
});
