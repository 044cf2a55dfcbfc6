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

/** Passes what pages ask of core on to whichever core is running, and keeps its states over a restart. */
export class CoreRelay {
  readonly #client: () => CoreClient | null;
  readonly #states = {
    engine: new StateSource<EngineState>(asleep),
    jobs: new StateSource<CoreStates['jobs']>({ jobs: [] }),
    library: new StateSource<CoreStates['library']>({ conversationsRevision: 0, runningRuns: [] }),
    notices: new StateSource<CoreStates['notices']>({ notices: [] }),
  };

  constructor(client: () => CoreClient | null) {
    this.#client = client;
  }

  /** Follows the states of a core that was just started. */
  follow(client: CoreClient): void {
    for (const name of ['engine', 'jobs', 'library', 'notices'] as const) {
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
      requests[name] = (input: never) => this.#running().call(name, input);
    }
    return {
      requests: requests as unknown as CoreHandlers['requests'],
      streams: { 'run.attach': (input, signal) => this.#attach(input, signal) },
      states: this.#states,
    };
  }

  async *#attach(input: { runId: string }, signal: AbortSignal) {
    const stream = this.#running().open('run.attach', input);
    const close = () => stream.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      yield* stream;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  #running(): CoreClient {
    const client = this.#client();
    if (client === null) throw new AppError('app/not-connected', 'core is not running', { retry: { afterMs: 500 } });
    return client;
  }
}

type CoreStates = {
  readonly [Name in keyof typeof coreContract.states]: NonNullable<(typeof coreContract.states)[Name]['snapshot']>;
};
