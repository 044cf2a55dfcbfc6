import { availableParallelism } from 'node:os';
import type { Disposable } from '../../contract/disposable.ts';
import type { GenerateInput, IndexedPart, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { EngineState } from '../../contract/model.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { LanguageModel } from '../language-model.ts';
import { type EngineClient, EngineProcess } from './engine-process.ts';
import { ModelTurns } from './model-turns.ts';

/** A model file as the engine needs it. */
export interface LocalModelFile {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly cacheBytesPerToken: number | null;
  readonly thinking: 'none' | 'switchable' | 'always';
}

export interface LocalModelsOptions {
  readonly node: string;
  readonly entry: string;
  /** Minutes without a question after which the model leaves memory; 0 keeps it. */
  readonly idleMinutes: () => number;
  readonly log: (line: string) => void;
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
const loadLimitMs = 180_000;

/** All models on this machine: one engine process, one file in it at a time, loaded when first needed. */
export class LocalModels implements Disposable {
  readonly state = new StateSource<EngineState>(asleep);
  readonly #options: LocalModelsOptions;
  readonly #process: EngineProcess;
  readonly #turns = new ModelTurns();
  #loaded: { readonly path: string; readonly ready: Promise<EngineClient> } | null = null;
  #residentBytes = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: LocalModelsOptions) {
    this.#options = options;
    this.#process = new EngineProcess({
      node: options.node,
      entry: options.entry,
      log: options.log,
      onDeath: (how) => this.#onDeath(how),
    });
  }

  get processId(): number | null {
    return this.#process.processId;
  }

  /** Memory of the engine process, in bytes, as of the last load; 0 while it sleeps. */
  get residentBytes(): number {
    return this.#loaded === null ? 0 : this.#residentBytes;
  }

  /** Starts the engine process (without a model) and lets it answer; rejects when it cannot run here at all. */
  async probe(): Promise<void> {
    const client = await this.#process.client();
    const answer = await client.request('engine.ping', {});
    if (!answer.ok) throw new AppError('model/runtime-missing', answer.error.message);
    if (this.#loaded === null && this.#turns.count === 0) this.#process.dispose();
  }

  model(file: LocalModelFile): LanguageModel {
    return {
      identity: { id: file.id, name: file.name, where: 'device', host: null },
      generate: (input, signal) => this.#generate(file, input, signal),
      generateEach: (inputs, signal) => this.#generateEach(file, inputs, signal),
      prepare: (messages, signal) => this.#prepare(file, messages, signal),
      warm: async () => {
        // A help, not a task: it is loaded when it is asked.
        if (!this.#turns.isFree(file.path)) return;
        await this.#load(file);
        this.#restartIdle();
      },
    };
  }

  /** Frees the memory at once; what is being generated ends as a failure. */
  unload(): void {
    this.#loaded = null;
    this.#process.dispose();
    this.#stopIdle();
    this.state.update(asleep);
  }

  /** Lets a model that kept crashing be tried again. */
  forgive(): void {
    this.#process.forgive();
    if (this.state.value.status === 'failed') this.state.update(asleep);
  }

  dispose(): void {
    this.unload();
  }

  async #prepare(file: LocalModelFile, messages: readonly PromptMessage[], signal: AbortSignal): Promise<void> {
    const leave = this.#turns.isFree(file.path) ? await this.#turns.enter(file.path, signal) : null;
    if (leave === null) return;
    try {
      const client = await abortable(this.#load(file), signal);
      if (client === null) return;
      const input = { messages: [...messages], sampling: { temperature: 0 }, maxTokens: 1 };
      const stream = this.#stream(client, { ...input, thinking: 'off', readOnly: true }, signal);
      // Nothing of it is shown: it only has to be run to its end.
      while (!(await stream.next()).done);
    } finally {
      leave();
      this.#restartIdle();
    }
  }

  #generate(file: LocalModelFile, input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    return this.#working(
      file,
      signal,
      (client) => this.#stream(client, input, signal),
      (part) => part,
    );
  }

  #generateEach(
    file: LocalModelFile,
    inputs: readonly GenerateInput[],
    signal: AbortSignal,
  ): AsyncGenerator<IndexedPart> {
    const open = (client: EngineClient) => client.open('engine.generateEach', { inputs: [...inputs] });
    // A failure that is not one generation's own is every one's: it comes as the first one's.
    const toPart = (part: ModelPart) => ({ index: 0, part });
    return this.#working(
      file,
      signal,
      (client) => this.#follow(open(client), inputs.length, signal, ({ part }) => part, toPart),
      toPart,
    );
  }

  /** With the model loaded, and marked as at work until the end; after what other models are at work on. */
  async *#working<Part>(
    file: LocalModelFile,
    signal: AbortSignal,
    work: (client: EngineClient) => AsyncIterable<Part>,
    toPart: (part: ModelPart) => Part,
  ): AsyncGenerator<Part> {
    let leave: (() => void) | null = null;
    try {
      const { count } = this.#turns;
      if (!this.#turns.isFree(file.path)) yield toPart({ type: 'queue-position', ahead: count });
      leave = await this.#turns.enter(file.path, signal);
      if (leave === null) return yield toPart({ type: 'aborted' });
      this.#stopIdle();
      const client = await abortable(this.#load(file), signal);
      if (client === null) return yield toPart({ type: 'aborted' });
      this.state.update({ status: 'generating' });
      yield* work(client);
    } catch (error) {
      yield toPart({ type: 'failure', error: toErrorShape(error) });
    } finally {
      leave?.();
      if (this.#turns.count === 0 && this.state.value.status === 'generating') this.state.update({ status: 'ready' });
      this.#restartIdle();
    }
  }

  #stream(client: EngineClient, input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const same = (part: ModelPart) => part;
    return this.#follow(client.open('engine.generate', input), 1, signal, same, same);
  }

  /** `count`: how many generations it is of; the end of each but the last is not yet the end. */
  async *#follow<Part>(
    stream: AsyncIterable<Part> & { close(): void },
    count: number,
    signal: AbortSignal,
    partOf: (part: Part) => ModelPart,
    toPart: (part: ModelPart) => Part,
  ): AsyncGenerator<Part> {
    // The stream ends here at once; the engine itself stops at its next chunk or token.
    const close = () => stream.close();
    signal.addEventListener('abort', close, { once: true });
    let left = count;
    try {
      for await (const part of stream) {
        const { type } = partOf(part);
        if (type === 'finish') left -= 1;
        else if (type === 'failure' || type === 'aborted') left = 0;
        yield part;
      }
      if (left > 0) yield toPart({ type: 'aborted' });
    } catch (error) {
      const shape = toErrorShape(error);
      const crashed = shape.code === 'app/not-connected';
      const said = crashed ? (this.state.value.error ?? crash('the engine ended')) : shape;
      yield toPart({ type: 'failure', error: said });
    } finally {
      signal.removeEventListener('abort', close);
      stream.close();
    }
  }

  #load(file: LocalModelFile): Promise<EngineClient> {
    if (this.#loaded?.path === file.path) return this.#loaded.ready;
    const ready = this.#loadFile(file);
    const loaded = { path: file.path, ready };
    this.#loaded = loaded;
    ready.catch((error) => {
      if (this.#loaded !== loaded) return;
      this.#loaded = null;
      this.state.update({
        ...asleep,
        status: 'failed',
        modelId: file.id,
        modelName: file.name,
        error: toErrorShape(error),
      });
    });
    return ready;
  }

  async #loadFile(file: LocalModelFile): Promise<EngineClient> {
    this.state.update({ ...asleep, status: 'loading', modelId: file.id, modelName: file.name });
    const client = await this.#process.client();
    const progress = client.open('engine.loading', {});
    void (async () => {
      for await (const part of progress) this.state.update({ progress: part.progress });
    })().catch(() => {});
    const limit = setTimeout(() => this.#process.dispose(), loadLimitMs);
    try {
      const answer = await client.request('engine.load', {
        path: file.path,
        cacheBytesPerToken: file.cacheBytesPerToken,
        contextTokens: null,
        threads: availableParallelism(),
        thinking: file.thinking,
      });
      if (!answer.ok) {
        const { code, message, ...detail } = answer.error;
        if (code === 'app/not-connected')
          throw new AppError('model/crashed', 'the engine ended while loading', { action: 'choose-model' });
        throw new AppError(code, message, detail);
      }
      const { contextTokens, networkOff } = answer.value;
      const memory = await client.request('engine.ping', {});
      this.#residentBytes = memory.ok ? memory.value.residentBytes : 0;
      this.state.update({ status: 'ready', progress: 1, contextTokens, networkOff });
      return client;
    } finally {
      clearTimeout(limit);
      progress.close();
    }
  }

  #onDeath(how: string): void {
    this.#options.log(`engine died: ${how}`);
    this.#loaded = null;
    const { modelId, modelName } = this.state.value;
    this.state.update({ ...asleep, status: 'failed', modelId, modelName, error: crash(how) });
  }

  #restartIdle(): void {
    this.#stopIdle();
    const minutes = this.#options.idleMinutes();
    if (minutes === 0 || this.#turns.count > 0) return;
    this.#idle = setTimeout(() => this.unload(), minutes * 60_000);
    this.#idle.unref();
  }

  #stopIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }
}

function crash(how: string) {
  return toErrorShape(new AppError('model/crashed', how, { retry: { afterMs: 0 }, action: 'try-again' }));
}

/** The value, or null when `signal` aborts first. */
function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(null);
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
