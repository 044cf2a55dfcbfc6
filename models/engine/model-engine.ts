import type { ModelPart } from '../../contract/engine.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { EngineState } from '../../contract/model.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { WireStream } from '../../wire/stream.ts';
import { abortable } from './abortable.ts';
import { crashed, deathOf, stuck } from './engine-end.ts';
import { type EngineClient, type EngineDeath, EngineProcess } from './engine-process.ts';
import { type EngineLimits, EngineWatch } from './engine-watch.ts';
import { type LocalModelFile, loadFile } from './load-file.ts';

export interface ModelEngineOptions {
  readonly node: string;
  readonly entry: string;
  readonly log: (line: string) => void;
  /** Whether somebody waits for what the engine does not do, or nobody for what it does. */
  readonly isInTheWay: () => boolean;
  readonly limits?: EngineLimits;
}

/** `count`: how many generations it is of; the end of each but the last is not yet the end. */
interface Following<Part> {
  readonly count: number;
  readonly signal: AbortSignal;
  readonly partOf: (part: Part) => ModelPart;
  readonly toPart: (part: ModelPart) => Part;
}

const asleep: EngineState = {
  status: 'asleep',
  modelId: null,
  modelName: null,
  progress: 0,
  contextTokens: null,
  error: null,
  networkOff: null,
};
const usualBytes = 1e9;

interface Loaded {
  readonly path: string;
  readonly ready: Promise<EngineClient>;
  isReady: boolean;
}

/**
 * The engine process with one model in it: loaded when it is asked for, ended when it shows no sign of life, and another one
 * started for what is asked next.
 */
export class ModelEngine {
  readonly state = new StateSource<EngineState>(asleep);
  readonly #options: ModelEngineOptions;
  readonly #process: EngineProcess;
  readonly #watch: EngineWatch;
  #loaded: Loaded | null = null;
  /** Why the last engine ended; kept until it is known. */
  #end: Promise<AppErrorShape> = Promise.resolve(crashed('the engine ended'));
  /** Resolves when nothing that was cancelled is at work any more. */
  #settled: Promise<unknown> = Promise.resolve();
  #residentBytes = 0;

  constructor(options: ModelEngineOptions) {
    this.#options = options;
    this.#process = new EngineProcess({ ...options, onDeath: (death) => this.#onDeath(death) });
    this.#watch = new EngineWatch({
      onStuck: (cancelled) => this.#onStuck(cancelled),
      isInTheWay: options.isInTheWay,
      processId: () => this.#process.processId,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
  }

  get processId(): number | null {
    return this.#process.processId;
  }

  get isLoaded(): boolean {
    return this.#loaded !== null;
  }

  /** Memory of the process, in bytes, as of the last load; 0 while it sleeps. */
  get residentBytes(): number {
    return this.#loaded === null ? 0 : this.#residentBytes;
  }

  /** Starts the process and lets it answer; rejects when it cannot run here at all. */
  async probe(): Promise<void> {
    const client = await this.#process.client();
    const answer = await client.request('engine.ping', {});
    if (!answer.ok) throw new AppError('model/runtime-missing', answer.error.message);
  }

  /** Lets a model that kept crashing be tried again. */
  forgive(): void {
    this.#process.forgive();
    if (this.state.value.status === 'failed') this.state.update(asleep);
  }

  sleep(): void {
    this.drop();
    this.state.update(asleep);
  }

  /** The parts of work that was opened, until `signal` aborts. Never throws: a failure is a part. */
  async *follow<Part>(
    client: EngineClient,
    open: (client: EngineClient) => WireStream<Part>,
    { count, signal, partOf, toPart }: Following<Part>,
  ): AsyncGenerator<Part> {
    const watched = this.#watch.begin(client);
    const stream = open(client);
    // The stream ends here at once; the engine itself stops at its next chunk or token.
    const close = () => stream.close();
    signal.addEventListener('abort', close, { once: true });
    let left = count;
    try {
      for await (const part of stream) {
        this.#watch.heard();
        const { type } = partOf(part);
        if (type === 'finish') left -= 1;
        else if (type === 'failure' || type === 'aborted') left = 0;
        yield part;
      }
      if (left > 0) yield toPart({ type: 'aborted' });
    } catch (error) {
      const shape = toErrorShape(error);
      yield toPart({ type: 'failure', error: shape.code === 'app/not-connected' ? await this.#end : shape });
    } finally {
      signal.removeEventListener('abort', close);
      stream.close();
      watched.dispose();
      if (left > 0) this.#settled = Promise.all([this.#settled, this.#watch.settled(client)]);
    }
  }

  /** The engine with the model in it, once what was cancelled before has let go of it; null when `signal` aborts first. */
  ready(file: LocalModelFile, signal: AbortSignal): Promise<EngineClient | null> {
    return abortable(
      this.#settled.then(() => this.load(file)),
      signal,
    );
  }

  /** Loads it unless it is there; what is being loaded for nobody makes room. Rejects with `model/…`. */
  load(file: LocalModelFile): Promise<EngineClient> {
    if (this.#loaded?.path === file.path) return this.#loaded.ready;
    // What is being loaded for nobody cannot be left in any other way.
    if (this.#loaded?.isReady === false) this.drop();
    const loaded: Loaded = { path: file.path, ready: this.#loadFile(file), isReady: false };
    this.#loaded = loaded;
    loaded.ready.then(
      () => {
        loaded.isReady = true;
      },
      (error) => {
        if (this.#loaded !== loaded) return;
        // What a file that cannot be used has left in the process goes with it.
        this.drop();
        this.#fail(file, toErrorShape(error));
      },
    );
    return loaded.ready;
  }

  async #loadFile(file: LocalModelFile): Promise<EngineClient> {
    this.state.update({ ...asleep, status: 'loading', modelId: file.id, modelName: file.name });
    const client = await this.#process.client(file.path);
    this.#watch.reset(file.bytes ?? usualBytes);
    const watched = this.#watch.begin(client);
    const onProgress = (progress: number) => {
      this.#watch.heard();
      this.state.update({ progress });
    };
    try {
      const loaded = await loadFile(client, file, { onProgress, whyEnded: () => this.#end });
      this.#residentBytes = loaded.residentBytes;
      const { contextTokens, networkOff } = loaded;
      this.state.update({ status: 'ready', progress: 1, contextTokens, networkOff });
      return client;
    } finally {
      watched.dispose();
    }
  }

  #onDeath(death: Promise<EngineDeath>): void {
    this.#loaded = null;
    this.#watch.dispose();
    const { modelId, modelName } = this.state.value;
    this.state.update({ ...asleep, modelId, modelName });
    this.#end = death.then((known) => {
      this.#options.log(`engine died: ${[known.how, ...known.lastWords].join(' | ')}`);
      const error = deathOf(known);
      if (this.#loaded === null) this.state.update({ ...asleep, status: 'failed', modelId, modelName, error });
      return error;
    });
  }

  /** The engine answers nothing, or gets no further: it is ended, and the next question goes to another one. */
  #onStuck(cancelled: boolean): void {
    const { modelId, modelName } = this.state.value;
    this.#options.log(`engine ended: no sign of life${cancelled ? ' after it was cancelled' : ''}`);
    const error = stuck();
    this.#end = Promise.resolve(error);
    this.drop();
    this.state.update(cancelled ? asleep : { ...asleep, status: 'failed', modelId, modelName, error });
  }

  #fail({ id: modelId, name: modelName }: LocalModelFile, error: AppErrorShape): void {
    this.state.update({ ...asleep, status: 'failed', modelId, modelName, error });
  }

  /** Ends the process, and with it all that waits for it. */
  drop(): void {
    this.#loaded = null;
    this.#watch.dispose();
    this.#process.dispose();
  }
}
