import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { coreContract } from '../../contract/core.ts';
import { type Disposable, DisposableStore } from '../../contract/disposable.ts';
import { hostContract } from '../../contract/host.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { type Handlers, serve } from '../../wire/server.ts';
import { Timer } from '../disposable-timer.ts';

/** All that main may ask of core. */
export type CoreClient = WireClient<typeof coreContract>;

export type CoreStatus = 'starting' | 'running' | 'restarting' | 'failed';

export interface CoreProcessOptions {
  readonly node: string;
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly hostHandlers: Handlers<typeof hostContract>;
  readonly onClient: (client: CoreClient) => void;
  readonly onStatus: (status: CoreStatus) => void;
  readonly onLog: (line: string) => void;
}

/** Deaths within this time count together; past the limit core is not started again by itself. */
const deathWindowMs = 60_000;
const deathLimit = 8;
const restartDelayMs = 150;
/** Ten documents at their limit of text fit; without it V8 lets garbage grow with the memory of the machine. */
const heapMegabytes = 512;
/** What it reads at its start and at calls would leave 32 MB of young heap behind; two keep it 9 MB of memory smaller. */
const semiSpaceMegabytes = 2;
/**
 * Core collects what its start and its answers left once it is quiet. V8 would do the same twice over eight seconds later,
 * for a tenth of a second of a processor, and finds nothing then.
 */
const collectsByItself = ['--expose-gc', '--no-memory-reducer'];
const heapLimits = [
  ...collectsByItself,
  `--max-old-space-size=${heapMegabytes}`,
  `--max-semi-space-size=${semiSpaceMegabytes}`,
];
/** Core tells with this exit code that another process owns the profile and did not hand it over. */
const giveUpExitCode = 78;

/** Starts core, starts it again when it dies, and ends it with main. */
export class CoreProcess implements Disposable {
  readonly #options: CoreProcessOptions;
  readonly #restart = new Timer();
  readonly #deaths: number[] = [];
  #child: ChildProcess | null = null;
  #client: CoreClient | null = null;
  #disposed = false;

  constructor(options: CoreProcessOptions) {
    this.#options = options;
  }

  /** Null while core is not running. */
  get client(): CoreClient | null {
    return this.#client?.closed === false ? this.#client : null;
  }

  get processId(): number | null {
    return this.#child?.pid ?? null;
  }

  start(): void {
    if (this.#disposed || this.#child !== null) return;
    const child = spawn(this.#options.node, [...heapLimits, this.#options.entry], {
      env: withWholePaths(this.#options.env),
      // A folder that nobody else can put programs or modules into; the one the app was started in may be anywhere.
      ...(process.platform === 'win32' ? {} : { cwd: '/' }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    this.#child = child;
    this.#readLog(child);
    const store = new DisposableStore();
    const channel = createProcessChannel(child);
    store.add(
      serve(channel, hostContract, this.#options.hostHandlers, {
        onBug: (name) => this.#options.onLog(`host ${name}`),
      }),
    );
    const client: CoreClient = store.add(
      new WireClient(channel, coreContract, { onBreach: (wrong) => this.#options.onLog(`core said ${wrong}`) }),
    );
    this.#client = client;
    child.once('error', (error) => this.#ended(child, store, error.message, null));
    child.once('exit', (code, signal) => this.#ended(child, store, `exit ${code ?? signal}`, code));
    void client.request('core.info', {}).then((info) => {
      if (info.ok && this.#client === client) this.#options.onStatus('running');
    });
    this.#options.onClient(client);
  }

  /** Starts core because the person asked for it, however often it died before. */
  startAgain(): void {
    this.#deaths.length = 0;
    this.#options.onStatus('starting');
    this.start();
  }

  /** Asks core to end by itself, and ends it after the time is up. */
  async stop(timeLimitMs: number): Promise<void> {
    this.#disposed = true;
    this.#restart.dispose();
    const child = this.#child;
    if (child === null || child.exitCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    void this.client?.request('core.shutDown', {});
    const limit = setTimeout(() => child.kill('SIGKILL'), timeLimitMs);
    await exited;
    clearTimeout(limit);
  }

  dispose(): void {
    this.#disposed = true;
    this.#restart.dispose();
    this.#child?.kill('SIGKILL');
  }

  #readLog(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        for (const line of text.split('\n')) if (line !== '') this.#options.onLog(line);
      });
    }
  }

  #ended(child: ChildProcess, store: DisposableStore, how: string, code: number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#client = null;
    store.dispose();
    if (this.#disposed) return;
    this.#options.onLog(`core ended: ${how}`);
    const now = Date.now();
    this.#deaths.push(now);
    while ((this.#deaths[0] ?? now) < now - deathWindowMs) this.#deaths.shift();
    if (this.#deaths.length > deathLimit || code === giveUpExitCode) {
      this.#options.onStatus('failed');
      return;
    }
    this.#options.onStatus('restarting');
    this.#restart.set(restartDelayMs * this.#deaths.length, () => this.start());
  }
}

/** A folder that was named from where the app was started is the same one for core, which is started elsewhere. */
function withWholePaths(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const models = env['BECKON_MODELS'];
  return models ? { ...env, BECKON_MODELS: resolve(models) } : env;
}
