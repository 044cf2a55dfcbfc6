import { coreContract } from '../../contract/core.ts';
import { type Contract, type InputOf, type OutputOf, openToPages, type SnapshotOf } from '../../contract/define.ts';
import { AppError, fromErrorShape } from '../../contract/errors.ts';
import type { Handlers } from '../../wire/server.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { CoreClient } from './core-process.ts';

/** What pages may ask of core. */
const openContract = {
  requests: openToPages(coreContract.requests),
  streams: openToPages(coreContract.streams),
  states: openToPages(coreContract.states),
} as const satisfies Contract;

export type CoreHandlers = Handlers<typeof openContract>;
type CoreRequests = typeof coreContract.requests;
type CoreStreams = typeof coreContract.streams;
type OpenRequest = keyof CoreHandlers['requests'];
type OpenStream = keyof CoreHandlers['streams'];
type CoreStates = {
  readonly [Name in keyof typeof openContract.states]: StateSource<SnapshotOf<(typeof openContract.states)[Name]>>;
};

/** A core that starts takes well under a second; one that has to be started again a little more. */
const waitForCoreMs = 8000;

/** Passes what pages and main ask of core on to whichever core is running, and keeps its states over a restart. */
export class CoreRelay {
  readonly #client: () => CoreClient | null;
  readonly #mayCome: () => boolean;
  readonly #waiting = new Set<(client: CoreClient) => void>();
  readonly #states = beforeCore();

  /** `mayCome` is false once core has given up and will not start by itself. */
  constructor(client: () => CoreClient | null, mayCome: () => boolean) {
    this.#client = client;
    this.#mayCome = mayCome;
  }

  /** Follows the states of a core that was just started. */
  follow(client: CoreClient): void {
    for (const go of this.#waiting) go(client);
    this.#waiting.clear();
    for (const name of Object.keys(this.#states) as (keyof CoreStates)[]) {
      const mirror = client.watch(name);
      const source = this.#states[name] as StateSource<object>;
      mirror.subscribe(() => {
        const value = mirror.getSnapshot();
        if (value !== undefined) source.update(value);
      });
    }
  }

  /** The rules of where questions go, as core told them last. */
  get rules(): SnapshotOf<typeof openContract.states.rules> {
    return this.#states.rules.value;
  }

  /** The actions there are, as core told them last. */
  get atoms(): SnapshotOf<typeof openContract.states.atoms> {
    return this.#states.atoms.value;
  }

  handlers(): CoreHandlers {
    const names = Object.keys(openContract.requests) as OpenRequest[];
    const passedOn = Object.fromEntries(names.map((name) => [name, this.#handlerOf(name)]));
    const streams = Object.keys(openContract.streams) as OpenStream[];
    const followed = Object.fromEntries(streams.map((name) => [name, this.#followerOf(name)]));
    return {
      // What entries are made into has forgotten its names; each handler was typed by its own.
      requests: passedOn as unknown as CoreHandlers['requests'],
      streams: followed as unknown as CoreHandlers['streams'],
      states: this.#states,
    };
  }

  #handlerOf<Name extends OpenRequest>(name: Name) {
    return (input: InputOf<CoreRequests[Name]>): Promise<OutputOf<CoreRequests[Name]>> => this.ask(name, input);
  }

  /** One that core took along when it died is made once more to the next core, where that does nothing twice. */
  async ask<Name extends keyof CoreRequests>(
    name: Name,
    input: InputOf<CoreRequests[Name]>,
  ): Promise<OutputOf<CoreRequests[Name]>> {
    const client = await this.#running();
    const answer = await client.request(name, input);
    if (answer.ok) return answer.value;
    const lost = answer.error.code === 'app/not-connected' && client.closed && mayBeMadeAgain(name, input);
    if (!lost) throw fromErrorShape(answer.error);
    return (await this.#running()).call(name, input);
  }

  #followerOf<Name extends OpenStream>(name: Name) {
    return (input: InputOf<CoreStreams[Name]>, signal: AbortSignal) => this.#attach(name, input, signal);
  }

  async *#attach<Name extends OpenStream>(name: Name, input: InputOf<CoreStreams[Name]>, signal: AbortSignal) {
    const stream = (await this.#running()).open(name, input);
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

/** A question that names itself is stored once, however often it is sent; texts that went along died with core. */
function mayBeMadeAgain(name: string, input: unknown): boolean {
  if (name === 'action.call') return true;
  if (name !== 'run.start') return false;
  const { questionId, chipIds = [] } = input as InputOf<(typeof coreContract.requests)['run.start']>;
  return questionId !== undefined && chipIds.length === 0;
}

/** The states as pages see them while no core has told of them. */
function beforeCore(): CoreStates {
  const sources = Object.entries(openContract.states).map(([name, { initial }]) => [
    name,
    new StateSource<object>(initial),
  ]);
  return Object.fromEntries(sources) as CoreStates;
}
