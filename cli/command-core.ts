import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { socketContract } from '../contract/cli.ts';
import { type Core, composeCore } from '../core/compose.ts';
import { findEntryPaths } from '../core/entry-paths.ts';
import { createFileLog } from '../core/logs/file-log.ts';
import type { Log } from '../core/ports.ts';
import type { Folders } from '../core/profile/folders.ts';
import type { ProfileOwner } from '../core/profile/owner.ts';
import { type CliHost, createCliHost } from '../core/settings/cli-host.ts';
import { tokenPath } from '../core/socket/address.ts';
import { environmentProof } from '../core/socket/environment.ts';
import { openSocket, type SocketServer } from '../core/socket/socket-server.ts';
import { coreVersion } from '../core/version.ts';
import type { Handlers } from '../wire/server.ts';
import { Linger } from './linger/linger.ts';
import { readPower, systemPowerFolder } from './linger/power.ts';
import type { Env } from './session.ts';

type Faces = Handlers<typeof socketContract>['requests'];
type Arrival = Parameters<Faces['core.arrive']>[0];
type Left = Awaited<ReturnType<Faces['core.leave']>>;

/** The command that started this core connects at once, unless it was killed. */
const firstCommandWithinMs = 20_000;
const lastAnswerMs = 500;

/**
 * A core for the commands of a terminal while the app is closed. It ends with the last of them, or a while after it where a
 * model is in memory that the next one can use.
 */
export class CommandCore {
  readonly #folders: Folders;
  readonly #owner: ProfileOwner;
  readonly #env: Env;
  readonly #log: Log;
  readonly #host: CliHost;
  readonly #core: Core;
  readonly #linger: Linger;
  #mayLinger = true;
  #socket: SocketServer | null = null;
  #connections = 0;
  #ending: Promise<void> | null = null;

  constructor(folders: Folders, owner: ProfileOwner, env: Env) {
    this.#folders = folders;
    this.#owner = owner;
    this.#env = env;
    this.#log = createFileLog(folders.logs, 'core');
    this.#host = createCliHost(folders.profile, env, () => this.#tellLinger());
    const exit = () => this.#exit();
    this.#core = composeCore({
      version: coreVersion,
      folders,
      entries: findEntryPaths(env),
      host: this.#host,
      env,
      mayWrite: owner.mayWrite,
      onHandedOver: exit,
      onShutDown: exit,
    });
    this.#linger = this.#createLinger();
  }

  async start(): Promise<void> {
    const { streams, states, requests } = this.#core.handlers;
    this.#socket = await openSocket({
      profile: this.#folders.profile,
      handlers: {
        requests: {
          ...requests,
          'overlay.toggle': ({ actionId }) => this.#host.toggleOverlay(actionId),
          'core.arrive': (arrival) => this.#arrive(arrival),
          'core.leave': ({ stays }) => this.#leave(stays),
        },
        streams,
        states,
      },
      onBug: (name, error) => this.#log.write('bug', { name, at: whereOf(error) }),
      onConnections: (count) => this.#count(count),
    });
    setTimeout(() => this.#count(this.#connections), firstCommandWithinMs).unref();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.#endAndExit());
  }

  #createLinger(): Linger {
    const { engine } = this.#core.handlers.states;
    engine.subscribe(({ patch }) => {
      if (patch.status === 'loading') this.#log.write('model-loading', { model: engine.get().value.modelId });
    });
    return new Linger({
      engine,
      seconds: () => this.#host.settings().lingerSeconds,
      machine: {
        power: () => readPower(systemPowerFolder),
        availableBytes: () => process.availableMemory(),
        totalBytes: totalmem(),
      },
      isWanted: () => existsSync(tokenPath(this.#folders.profile)),
      onOver: (why) => {
        this.#log.write('linger-over', { why });
        this.#endAndExit();
      },
    });
  }

  #tellLinger() {
    const seconds = this.#host.settings().lingerSeconds;
    return { seconds, model: this.#linger.model, heldBack: this.#linger.whyNot() };
  }

  #count(count: number): void {
    this.#connections = count;
    if (count > 0) this.#linger.pause();
    else if (!this.#staysAfter()) this.#endAndExit();
  }

  #staysAfter(): boolean {
    return this.#mayLinger && this.#ending === null && this.#linger.begin();
  }

  #arrive({ version, nonce, environment }: Arrival): ReturnType<Faces['core.arrive']> {
    if (this.#ending !== null) return { status: 'ending' };
    const isAlone = this.#connections <= 1;
    const isOther = version !== coreVersion;
    if (isOther && !isAlone) return { status: 'other-version', version: coreVersion };
    if (isAlone && (isOther || environmentProof(this.#coreEnv(), nonce) !== environment)) {
      this.#log.write('made-room', { why: isOther ? 'version' : 'environment' });
      // The answer is on its way first.
      setTimeout(() => this.#endAndExit(), 0);
      return { status: 'ending' };
    }
    // What somebody wrote into the file since is what they want.
    if (isAlone) this.#host.readAgain();
    return { status: 'welcome' };
  }

  #coreEnv(): Env {
    return { ...this.#env, BECKON_MODELS: this.#folders.models };
  }

  /** The last command waits until all is stored and the engine has ended; the others leave at once, as where a model stays. */
  async #leave(stays: boolean): Promise<Left> {
    if (!stays) this.#mayLinger = false;
    const { model } = this.#linger;
    if (this.#connections > 1) return { left: 'busy', model };
    if (stays && this.#staysAfter()) return { left: 'stays', model };
    await this.#end();
    setTimeout(() => this.#exit(), lastAnswerMs).unref();
    return { left: 'ended', model };
  }

  /** No command is taken any more, so that one that comes now waits for the next core. */
  #end(): Promise<void> {
    this.#ending ??= (async () => {
      this.#linger.dispose();
      this.#socket?.refuseMore();
      await this.#core.rest();
      await this.#core.stop();
      this.#owner.dispose();
    })();
    return this.#ending;
  }

  /** Whatever could not be stored, as where the profile was removed, keeps no process. */
  #endAndExit(): void {
    const exit = () => this.#exit();
    void this.#end().then(exit, exit);
  }

  #exit(): void {
    this.#linger.dispose();
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
