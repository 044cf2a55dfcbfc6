import type { ChildProcess } from 'node:child_process';
import type { Disposable } from '../../contract/disposable.ts';
import { engineContract } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { Deaths } from '../../process/deaths.ts';
import { endedForMemory, memoryKills } from '../../process/memory-kills.ts';
import { canStartWithoutNetwork } from '../../process/network-off.ts';
import { startProgram } from '../../process/start-program.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';

export type EngineClient = WireClient<typeof engineContract>;

export interface EngineProcessOptions {
  readonly node: string;
  readonly entry: string;
  /** Called at once on every death that was not asked for; what is known of it comes within half a second. */
  readonly onDeath: (death: Promise<EngineDeath>) => void;
  readonly log: (line: string) => void;
  /** Priority as of nice(1); below what the person looks at when left out. */
  readonly niceness?: number;
}

export interface EngineDeath {
  /** In words that may be told: by which signal, or with which number. */
  readonly how: string;
  /** What it wrote at last, for the log alone: lines of code and where it was built. */
  readonly lastWords: readonly string[];
  /** Whether it most likely ended for lack of memory. */
  readonly forMemory: boolean;
}

interface Running {
  readonly child: ChildProcess;
  readonly client: EngineClient;
}

/** For how long the exit of a process is waited for after its channel closed. */
const exitLimitMs = 500;
/** The model's own memory is none of it; a header with a large vocabulary takes some 200 MB. */
const heapMegabytes = 768;
/** Below the priority of what the person looks at: the overlay stays quick while the model works. */
const niceness = 10;
/** No key and no proxy reaches the process that runs a foreign file. */
const passedOn = ['HOME'];

/** Starts the engine process when it is needed and counts its deaths: too many within a minute open the circuit. */
export class EngineProcess implements Disposable {
  readonly #options: EngineProcessOptions;
  readonly #deaths = new Deaths(60_000, 3);
  #lastWords: string[] = [];
  #running: Promise<Running> | null = null;
  #child: ChildProcess | null = null;
  #client: EngineClient | null = null;
  #subject = '';

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /**
   * The client of a running engine, to work with `subject`. Throws `model/keeps-crashing` while the circuit is open for that:
   * a file that ends the engine again and again takes no other file with it.
   */
  async client(subject = ''): Promise<EngineClient> {
    this.#checkCircuit(subject);
    this.#subject = subject;
    this.#running ??= this.#start();
    return (await this.#running).client;
  }

  get processId(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Closes the circuit again, because the person asked for it. */
  forgive(): void {
    this.#deaths.forget();
  }

  /** Ends the process and with it all memory the model held. */
  dispose(): void {
    const child = this.#child;
    this.#child = null;
    this.#running = null;
    child?.kill('SIGKILL');
    // A process that waits for a disk cannot even be killed: who waits for its answers does not wait for that.
    this.#client?.dispose();
    this.#client = null;
  }

  async #start(): Promise<Running> {
    const { node, entry } = this.#options;
    const network = (await canStartWithoutNetwork()) ? 'off' : 'on';
    const killsBefore = memoryKills();
    const child = startProgram({
      node,
      entry,
      network,
      heapMegabytes,
      niceness: this.#options.niceness ?? niceness,
      passedOn,
      env: { UV_THREADPOOL_SIZE: '1', BECKON_ENGINE_NETWORK: network },
      stderr: 'pipe',
    });
    this.#child = child;
    this.#lastWords = [];
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => this.#onText(text));
    const gone = (why: string) => this.#gone(child, why, killsBefore);
    const client: EngineClient = new WireClient(createProcessChannel(child), engineContract, {
      // The file may have taken it over: it is ended, and the next question starts another.
      onBreach: (wrong) => {
        const why = `it said what it may not: ${wrong}`;
        this.#options.log(why);
        gone(why);
        child.kill('SIGTERM');
      },
    });
    this.#client = client;
    child.once('error', (error: NodeJS.ErrnoException) => gone(`it could not be started: ${error.code ?? 'unknown'}`));
    // Seen before the exit is: a question asked in between must not go to a dead process.
    child.once('disconnect', () => gone('its channel closed'));
    child.once('exit', () => gone('it ended'));
    return { child, client };
  }

  #onText(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      this.#lastWords = [...this.#lastWords, line.slice(0, 300)].slice(-12);
      this.#options.log(line);
    }
  }

  #gone(child: ChildProcess, why: string, killsBefore: number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#running = null;
    this.#client = null;
    this.#deaths.add(this.#subject);
    this.#options.onDeath(this.#describe(child, why, killsBefore));
  }

  async #describe(child: ChildProcess, why: string, killsBefore: number | null): Promise<EngineDeath> {
    await exited(child);
    child.kill('SIGKILL');
    const { exitCode, signalCode: signal } = child;
    const ended = signal === null ? `with ${exitCode}` : `by ${signal}`;
    const how = exitCode === null && signal === null ? why : `the engine ended ${ended}`;
    const lastWords = this.#lastWords;
    const platform = process.platform;
    const forMemory = endedForMemory({ signal, killsBefore, killsAfter: memoryKills(), lastWords, platform });
    return { how, lastWords: lastWords.slice(-3), forMemory };
  }

  #checkCircuit(subject: string): void {
    const open = this.#deaths.tooMany(subject);
    if (open === null) return;
    throw new AppError('model/keeps-crashing', `the engine ended ${open.times} times`, {
      values: { times: open.times },
      retry: { afterMs: open.forMs },
      action: 'choose-model',
    });
  }
}

/** Resolves when a process has ended, or has had time enough to. */
function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, exitLimitMs);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
  });
}
