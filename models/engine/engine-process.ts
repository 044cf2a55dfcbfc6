import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Disposable } from '../../contract/disposable.ts';
import type { engineContract } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { canStartWithoutNetwork } from './network-off.ts';

export type EngineClient = WireClient<typeof engineContract>;

export interface EngineProcessOptions {
  readonly node: string;
  readonly entry: string;
  /** Called after every death that was not asked for, with what is known of it. */
  readonly onDeath: (how: string) => void;
  readonly log: (line: string) => void;
  /** Priority as of nice(1); below what the person looks at when left out. */
  readonly niceness?: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly client: EngineClient;
}

const deathWindowMs = 60_000;
const deathLimit = 3;
/** Below the priority of what the person looks at: the overlay stays quick while the model works. */
const niceness = 10;
/** Only what a program needs to start; no key and no proxy reaches the process that runs a foreign file. */
const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR', 'SYSTEMROOT', 'TEMP', 'HOME'];

/** Starts the engine process when it is needed and counts its deaths: too many within a minute open the circuit. */
export class EngineProcess implements Disposable {
  readonly #options: EngineProcessOptions;
  readonly #deaths: number[] = [];
  #lastWords: string[] = [];
  #running: Promise<Running> | null = null;
  #child: ChildProcess | null = null;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /** The client of a running engine. Throws `model/keeps-crashing` while the circuit is open. */
  async client(): Promise<EngineClient> {
    this.#checkCircuit();
    this.#running ??= this.#start();
    return (await this.#running).client;
  }

  get processId(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Closes the circuit again, because the person asked for it. */
  forgive(): void {
    this.#deaths.length = 0;
  }

  /** Ends the process and with it all memory the model held. */
  dispose(): void {
    const child = this.#child;
    this.#child = null;
    this.#running = null;
    child?.kill('SIGKILL');
  }

  async #start(): Promise<Running> {
    const { node, entry } = this.#options;
    const networkOff = await canStartWithoutNetwork();
    const command = networkOff ? 'unshare' : node;
    const args = networkOff ? ['--user', '--map-root-user', '--net', '--', node, entry] : [entry];
    const child = spawn(command, args, {
      env: {
        ...pick(process.env, passedOn),
        UV_THREADPOOL_SIZE: '1',
        BECKON_ENGINE_NETWORK: networkOff ? 'off' : 'on',
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    });
    this.#child = child;
    this.#lastWords = [];
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => this.#onText(text));
    const client: EngineClient = new WireClient(createProcessChannel(child));
    child.once('error', (error) => this.#ended(child, error.message));
    // Seen before the exit is: a question asked in between must not go to a dead process.
    child.once('disconnect', () => {
      child.kill('SIGKILL');
      this.#ended(child, 'its channel closed');
    });
    child.once('exit', (code, signal) => this.#ended(child, code === null ? String(signal) : `exit ${code}`));
    lowerPriority(child, this.#options.niceness ?? niceness);
    return { child, client };
  }

  #onText(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      this.#lastWords = [...this.#lastWords, line.slice(0, 300)].slice(-12);
      this.#options.log(line);
    }
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#running = null;
    const now = Date.now();
    this.#deaths.push(now);
    this.#options.onDeath([how, ...this.#lastWords.slice(-3)].join(' | '));
  }

  #checkCircuit(): void {
    const now = Date.now();
    while ((this.#deaths[0] ?? now) < now - deathWindowMs) this.#deaths.shift();
    if (this.#deaths.length < deathLimit) return;
    throw new AppError(
      'model/keeps-crashing',
      `the engine died ${this.#deaths.length} times: ${this.#lastWords.at(-1) ?? ''}`,
      {
        values: { times: this.#deaths.length },
        retry: { afterMs: deathWindowMs - (now - (this.#deaths[0] ?? now)) },
        action: 'choose-model',
      },
    );
  }
}

function lowerPriority(child: ChildProcess, niceness: number): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness);
  } catch {
    // Ended already, or the system does not allow it: only speed is lost.
  }
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
