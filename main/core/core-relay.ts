import { coreContract } from '../../contract/core.ts';
import { AppError } from '../../contract/errors.ts';
import type { EngineState } from '../../contract/model.ts';
import type { Handlers } from '../../wire/server.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { CoreClient } from './core-process.ts';

type CoreHandlers = Handlers<typeof coreContract>;

const asleep: EngineState = {
  status: 'asleep',
  modelId: null,
  modelName: null,
  progress: 0,
  contextTokens: null,
  error: null,
  networkOff: null,
};

/** A core that starts takes well under a second; one that has to be started again a little more. */
const waitForCoreMs = 8000;

/** Passes what pages ask of core on to whichever core is running, and keeps its states over a restart. */
export class CoreRelay {
  readonly #client: () => CoreClient | null;
  readonly #mayCome: () => boolean;
  readonly #waiting = new Set<(client: CoreClient) => void>();
  readonly #states = {
    engine: new StateSource<EngineState>(asleep),
    jobs: new StateSource<CoreStates['jobs']>({ jobs: [] }),
    library: new StateSource<CoreStates['library']>({ conversationsRevision: 0, runningRuns: [] }),
    context: new StateSource<CoreStates['context']>({ capturing: false, chips: [] }),
    atoms: new StateSource<CoreStates['atoms']>({ atoms: [], broken: [] }),
    putBack: new StateSource<CoreStates['putBack']>({ targets: [], undoable: null }),
    notices: new StateSource<CoreStates['notices']>({ notices: [] }),
  };

  /** `mayCome` is false once core has given up and will not start by itself. */
  constructor(client: () => CoreClient | null, mayCome: () => boolean) {
    this.#client = client;
    this.#mayCome = mayCome;
  }

  /** Follows the states of a core that was just started. */
  follow(client: CoreClient): void {
    for (const go of this.#waiting) go(client);
    this.#waiting.clear();
    for (const name of ['engine', 'jobs', 'library', 'context', 'atoms', 'putBack', 'notices'] as const) {
      const mirror = client.watch(name);
      const source = this.#states[name] as StateSource<object>;
      mirror.subscribe(() => {
        const value = mirror.getSnapshot();
        if (value !== undefined) source.update(value);
      });
    }
  }

  handlers(): CoreHandlers {
    const requests: Record<string, (input: never) => Promise<unknown>> = {};
    for (const name of Object.keys(coreContract.requests) as (keyof CoreHandlers['requests'])[]) {
      requests[name] = async (input: never) => (await this.#running()).call(name, input);
    }
    return {
      requests: requests as unknown as CoreHandlers['requests'],
      streams: { 'run.attach': (input, signal) => this.#attach(input, signal) },
      states: this.#states,
    };
  }

  async *#attach(input: { runId: string }, signal: AbortSignal) {
    const stream = (await this.#running()).open('run.attach', input);
    const close = () => stream.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      yield* stream;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  /** The running core. One that starts or comes back is waited for: a question pressed in that moment is not refused. */
  async #running(): Promise<CoreClient> {
    const client = this.#client();
    if (client !== null) return client;
    const refusal = new AppError('app/not-connected', 'core is not running', { retry: { afterMs: 500 } });
    if (!this.#mayCome()) throw refusal;
    return new Promise((resolve, reject) => {
      const go = (came: CoreClient) => {
        clearTimeout(limit);
        resolve(came);
      };
      const limit = setTimeout(() => {
        this.#waiting.delete(go);
        reject(refusal);
      }, waitForCoreMs);
      limit.unref();
      this.#waiting.add(go);
    });
  }
}

type CoreStates = {
  readonly [Name in keyof typeof coreContract.states]: NonNullable<(typeof coreContract.states)[Name]['snapshot']>;
};
