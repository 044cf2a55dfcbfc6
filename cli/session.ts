import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type AppErrorShape, toErrorShape } from '../contract/errors.ts';
import { whyNotWritten } from '../core/database/read-only.ts';
import { type Folders, openFolders } from '../core/profile/folders.ts';
import { mayStartCore } from '../core/profile/owner.ts';
import { environmentProof } from '../core/socket/environment.ts';
import { makeNonce } from '../core/socket/handshake.ts';
import { type CoreConnection, connectToCore, type SocketClient } from '../core/socket/socket-client.ts';
import { coreVersion } from '../core/version.ts';
import { startCore } from './start-core.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long a command begins again when the cores it asked end under it, from the first that did, and how many it asks in any
 * case: on a machine that does other work each takes long, and what a core has died of may be over.
 */
const keepLimitMs = 90_000;
const leastCores = 10;
/** A core that ends before it can be asked, other than by a kill, would do so again. */
const mostStarts = 5;
/**
 * From the first try to a core that answers, whoever starts it: of many commands at once on a machine that does other work, each
 * takes long to load what it needs.
 */
const startLimitMs = 90_000;
/** A core that owns the profile and does not answer, which each start waits for. */
const mostSilent = 2;
const leaveLimitMs = 10_000;

/**
 * Few commands need a core of their own process. All others load a third of the code without it, and have less to keep compiled
 * when they end: the first command of a profile writes all that it loaded then.
 */
const inProcess = () => import('./core-in-process.ts');

/** A core to ask: the running app's, or one that runs for commands while the app is closed. */
export class Session {
  readonly #env: Env;
  readonly #folders: Folders;
  #connection: CoreConnection;

  private constructor(env: Env, folders: Folders, connection: CoreConnection) {
    this.#env = env;
    this.#folders = folders;
    this.#connection = connection;
  }

  /** Throws `profile/…`, why a core cannot start, and `app/still-starting` after `limitMs`. */
  static async open(env: Env, limitMs = startLimitMs): Promise<Session> {
    const folders = openFolders(env);
    return new Session(env, folders, await reachCore(folders, env, limitMs));
  }

  /** Opens a session with a core of this process that has opened no chats, to look at all else. Throws `profile/…`. */
  static async withoutChats(env: Env, why: AppErrorShape): Promise<Session> {
    const folders = openFolders(env);
    const connection = await openSoon(folders, env, why);
    if (connection === null) throw new AppError('profile/in-use', 'another core has the profile');
    return new Session(env, folders, connection);
  }

  /** Speaks with the core that is asked now. */
  get client(): SocketClient {
    return this.#connection.client;
  }

  get profile(): string {
    return this.#folders.profile;
  }

  /** Resolves when the core that is asked now is gone, or after `limitMs`: true when it is gone. */
  isGoneWithin(limitMs: number): Promise<boolean> {
    return Promise.race([this.#connection.ended.then(() => true), sleep(limitMs, false, { ref: false })]);
  }

  /** Does something with a core; when that core ends meanwhile, the next one is asked from the beginning. */
  async keep<Value>(work: () => Promise<Value>): Promise<Value> {
    let end = Number.POSITIVE_INFINITY;
    for (let cores = 1; ; cores += 1) {
      const gone = this.#connection.ended.then(() => Promise.reject(lost()));
      try {
        return await Promise.race([work(), gone]);
      } catch (error) {
        if (!isLost(error) || (cores >= leastCores && Date.now() > end)) throw error;
        if (cores === 1) end = Date.now() + keepLimitMs;
        this.#connection.dispose();
        this.#connection = await reachCore(this.#folders, this.#env);
      }
    }
  }

  /** Answers when what this command asked for is stored. */
  async close(): Promise<void> {
    const left = this.client.request('core.leave', {});
    await Promise.race([left, sleep(leaveLimitMs, undefined, { ref: false })]);
    this.#connection.dispose();
  }
}

/** The core that was asked is gone. */
export function lost(): AppError {
  return new AppError('app/not-connected', 'the core that was asked is gone');
}

function isLost(error: unknown): boolean {
  return error instanceof AppError && error.code === 'app/not-connected';
}

/**
 * A core that serves this command: of this version and, where it serves nobody else, of this environment. Null where it makes
 * room for another. Throws `app/other-version`.
 */
async function arrive({ profile, models }: Folders, env: Env): Promise<CoreConnection | null> {
  const connection = await connectToCore(profile);
  if (connection === null) return null;
  const nonce = makeNonce();
  const environment = environmentProof({ ...env, BECKON_MODELS: models }, nonce);
  const answer = await connection.client.request('core.arrive', { version: coreVersion, nonce, environment });
  if (answer.ok && answer.value.status === 'welcome') return connection;
  // One that does not understand this question, or answers something else, is older or newer.
  const isStrange = !answer.ok && answer.error.code !== 'app/not-connected';
  const theirs = isStrange
    ? await versionOf(connection)
    : answer.ok && 'version' in answer.value
      ? answer.value.version
      : null;
  connection.dispose();
  if (theirs === null) return null;
  const values = { version: coreVersion, other: theirs };
  throw new AppError('app/other-version', `the core is ${theirs}, this command ${coreVersion}`, { values });
}

async function versionOf({ client }: CoreConnection): Promise<string | null> {
  const info = await client.request('core.info', {});
  return info.ok ? info.value.version : null;
}

/** Connects to the core that owns the profile, or starts one; of many commands at once a single one does. */
async function reachCore(folders: Folders, env: Env, limitMs = startLimitMs): Promise<CoreConnection> {
  const end = Date.now() + limitMs;
  let starts = 0;
  let silent = 0;
  while (Date.now() < end && starts < mostStarts && silent < mostSilent) {
    const connection = await arrive(folders, env);
    if (connection !== null) return connection;
    const start = mayStartCore(folders.profile);
    if (start === null) {
      await sleep(30);
      continue;
    }
    try {
      // The one who had the right before may have started it just now.
      const started = await arrive(folders, env);
      if (started !== null) return started;
      // Without room there is no socket to share a core by: each command reads for itself, and none waits for another.
      if (!start.mayWrite || whyNotWritten(folders.database) !== null) return await readFor(folders, env);
      const came = await startCore(folders, env, end - Date.now());
      if (came === 'ended') starts += 1;
      if (came === 'taken') silent += 1;
    } catch (error) {
      // The last room went between the right to start a core and its socket.
      if (toErrorShape(error).code !== 'disk/full' || !existsSync(folders.database)) throw error;
      return (await inProcess()).openToRead(folders, env);
    } finally {
      start.dispose();
    }
  }
  if (starts > 0) throw new AppError('app/internal', 'core ended while it started');
  const values = { context: 'silent' };
  if (silent > 0) throw new AppError('profile/in-use', 'the owner of the profile does not answer', { values });
  throw new AppError('app/still-starting', 'no core answered in time');
}

/** Reads what is stored; where nothing is, throws why nothing can be. */
async function readFor(folders: Folders, env: Env): Promise<CoreConnection> {
  if (existsSync(folders.database)) return (await inProcess()).openToRead(folders, env);
  const why = whyNotWritten(folders.database);
  if (why === 'disk-full') throw new AppError('disk/full', 'there is no room for chats', { action: 'free-space' });
  const context = why === 'read-only-disk' ? { context: why } : {};
  const values = { folder: folders.profile, ...context };
  throw new AppError('profile/not-writable', 'chats cannot be written', { values });
}

/** The core that could not start holds the profile until its process has ended. */
async function openSoon(folders: Folders, env: Env, chatsClosed: AppErrorShape): Promise<CoreConnection | null> {
  const { openWithoutChats } = await inProcess();
  for (let tries = 0; tries < 60; tries += 1) {
    const own = openWithoutChats(folders, env, chatsClosed);
    if (own !== null) return own;
    await sleep(50);
  }
  return null;
}
