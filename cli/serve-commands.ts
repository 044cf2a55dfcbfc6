import { setTimeout as sleep } from 'node:timers/promises';
import { toErrorShape } from '../contract/errors.ts';
import { type Core, composeCore } from '../core/compose.ts';
import { withDiskFull } from '../core/disk-full.ts';
import { findEntryPaths } from '../core/entry-paths.ts';
import { createFileLog } from '../core/logs/file-log.ts';
import { type Folders, openFolders } from '../core/profile/folders.ts';
import { ownProfile, type ProfileOwner } from '../core/profile/owner.ts';
import { createCliHost } from '../core/settings/cli-host.ts';
import { connectToCore } from '../core/socket/socket-client.ts';
import { openSocket, type SocketServer } from '../core/socket/socket-server.ts';
import { coreVersion } from '../core/version.ts';
import { closeInherited } from '../process/inherited-files.ts';
import type { Env } from './session.ts';
import type { CoreNews } from './start-core.ts';

/** An owner that is ending still writes what its answers have. */
const ownerEndsWithinMs = 15_000;
/** The command that started this core connects at once, unless it was killed. */
const firstCommandWithinMs = 20_000;
const lastAnswerMs = 500;

/** Runs core for the commands of a terminal while the app is closed, until the last of them has left. */
export async function serveCommands(env: Env): Promise<void> {
  closeInherited();
  const tell = (news: CoreNews) => process.send?.(news);
  process.on('disconnect', () => {});
  try {
    const folders = openFolders(env);
    const owner = await waitForProfile(folders);
    if (owner === null) {
      tell({ status: 'taken' });
      process.exitCode = 0;
      return;
    }
    await new CommandCore(folders, owner, env).start();
    tell({ status: 'ready' });
  } catch (error) {
    const { code, message, values, action } = toErrorShape(withDiskFull(error));
    process.send?.({ status: 'failed', error: { code, message, values, action } }, () => process.exit(1));
  }
}

/** Null when another core has the profile and answers. */
async function waitForProfile({ profile }: Folders): Promise<ProfileOwner | null> {
  const end = Date.now() + ownerEndsWithinMs;
  while (true) {
    const owner = ownProfile(profile);
    if (owner !== null) return owner;
    const other = await connectToCore(profile);
    other?.dispose();
    if (other !== null || Date.now() > end) return null;
    await sleep(50);
  }
}

class CommandCore {
  readonly #folders: Folders;
  readonly #owner: ProfileOwner;
  readonly #env: Env;
  #core: Core | null = null;
  #socket: SocketServer | null = null;
  #connections = 0;
  #ending: Promise<void> | null = null;

  constructor(folders: Folders, owner: ProfileOwner, env: Env) {
    this.#folders = folders;
    this.#owner = owner;
    this.#env = env;
  }

  async start(): Promise<void> {
    const exit = () => this.#exit();
    const host = createCliHost(this.#folders.profile, this.#env);
    const log = createFileLog(this.#folders.logs, 'core');
    const core = composeCore({
      version: coreVersion,
      folders: this.#folders,
      entries: findEntryPaths(this.#env),
      host,
      env: this.#env,
      mayWrite: this.#owner.mayWrite,
      onHandedOver: exit,
      onShutDown: exit,
    });
    this.#core = core;
    const requests = {
      ...core.handlers.requests,
      'overlay.toggle': ({ actionId }: { readonly actionId?: string | undefined }) => host.toggleOverlay(actionId),
      'core.leave': () => this.#leave(),
    };
    const { streams, states } = core.handlers;
    this.#socket = await openSocket({
      profile: this.#folders.profile,
      handlers: { requests, streams, states },
      onBug: (name, error) => log.write('bug', { name, at: whereOf(error) }),
      onConnections: (count) => this.#count(count),
    });
    setTimeout(() => this.#count(this.#connections), firstCommandWithinMs).unref();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => void this.#end().then(exit));
  }

  #count(count: number): void {
    this.#connections = count;
    if (count === 0) void this.#end().then(() => this.#exit());
  }

  /** The last command waits until all is stored and the engine has ended; the others leave at once. */
  async #leave(): Promise<null> {
    if (this.#connections > 1) return null;
    await this.#end();
    setTimeout(() => this.#exit(), lastAnswerMs).unref();
    return null;
  }

  /** No command is taken any more, so that one that comes now waits for the next core. */
  #end(): Promise<void> {
    this.#ending ??= (async () => {
      this.#socket?.refuseMore();
      await this.#core?.rest();
      await this.#core?.stop();
      this.#owner.dispose();
    })();
    return this.#ending;
  }

  #exit(): void {
    this.#socket?.dispose();
    if (this.#ending === null) this.#owner.dispose();
    process.exit(0);
  }
}

/** The lines of code alone: what the message says may be the person's. */
function whereOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 3)
    .join('; ');
}
