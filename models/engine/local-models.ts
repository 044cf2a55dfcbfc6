import type { Disposable } from '../../contract/disposable.ts';
import type { GenerateInput, IndexedPart, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { EngineState } from '../../contract/model.ts';
import type { StateSource } from '../../wire/state-source.ts';
import type { WireStream } from '../../wire/stream.ts';
import type { LanguageModel } from '../language-model.ts';
import type { EngineClient } from './engine-process.ts';
import type { EngineLimits } from './engine-watch.ts';
import type { LocalModelFile } from './load-file.ts';
import { localCapabilities } from './local-capabilities.ts';
import { ModelEngine } from './model-engine.ts';
import { ModelTurns } from './model-turns.ts';

export interface LocalModelsOptions {
  readonly node: string;
  readonly entry: string;
  /** Minutes without a question after which the model leaves memory; 0 keeps it. */
  readonly idleMinutes: () => number;
  readonly log: (line: string) => void;
  /** How long the engine may show no sign of life; as measured on slow machines when left out. */
  readonly limits?: EngineLimits;
}

/** All models on this machine: one engine process, one file in it at a time, loaded when first needed. */
export class LocalModels implements Disposable {
  readonly state: StateSource<EngineState>;
  readonly #options: LocalModelsOptions;
  readonly #engine: ModelEngine;
  readonly #turns = new ModelTurns();
  #idle: NodeJS.Timeout | null = null;

  constructor(options: LocalModelsOptions) {
    this.#options = options;
    this.#engine = new ModelEngine({
      ...options,
      isInTheWay: () => this.#turns.isWaitedFor || this.#turns.count === 0,
    });
    this.state = this.#engine.state;
  }

  get processId(): number | null {
    return this.#engine.processId;
  }

  /** Memory of the engine process, in bytes, as of the last load; 0 while it sleeps. */
  get residentBytes(): number {
    return this.#engine.residentBytes;
  }

  /** Starts the engine process (without a model) and lets it answer; rejects when it cannot run here at all. */
  async probe(): Promise<void> {
    await this.#engine.probe();
    if (!this.#engine.isLoaded && this.#turns.count === 0) this.#engine.drop();
  }

  model(file: LocalModelFile): LanguageModel {
    return {
      identity: { id: file.id, name: file.name, where: 'device', host: null },
      capabilities: localCapabilities,
      generate: (input, signal) => this.#generate(file, input, signal),
      generateEach: (inputs, signal) => this.#generateEach(file, inputs, signal),
      prefill: (messages, signal) => this.#prefill(file, messages, signal),
      warm: async () => {
        // A help, not a task: it is loaded when it is asked.
        if (!this.#turns.isFree(file.path)) return;
        await this.#engine.load(file);
        this.#restartIdle();
      },
    };
  }

  /** Frees the memory at once; what is being generated ends as a failure. */
  unload(): void {
    this.#engine.sleep();
    this.#stopIdle();
  }

  /** Lets a model that kept crashing be tried again. */
  forgive(): void {
    this.#engine.forgive();
  }

  dispose(): void {
    this.unload();
  }

  async #prefill(file: LocalModelFile, messages: readonly PromptMessage[], signal: AbortSignal): Promise<void> {
    const leave = this.#turns.isFree(file.path) ? await this.#turns.enter(file.path, signal) : null;
    if (leave === null) return;
    try {
      const client = await this.#engine.ready(file, signal);
      if (client === null) return;
      const stream = this.#follow(
        client,
        (engine) => engine.open('engine.prefill', { messages: [...messages] }),
        signal,
      );
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
      (client) => this.#follow(client, (engine) => engine.open('engine.generate', input), signal),
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
      (client) =>
        this.#engine.follow(client, open, { count: inputs.length, signal, partOf: ({ part }) => part, toPart }),
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
      const client = await this.#engine.ready(file, signal);
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

  /** The parts of one piece of work of the engine. */
  #follow(
    client: EngineClient,
    open: (client: EngineClient) => WireStream<ModelPart>,
    signal: AbortSignal,
  ): AsyncGenerator<ModelPart> {
    const same = (part: ModelPart) => part;
    return this.#engine.follow(client, open, { count: 1, signal, partOf: same, toPart: same });
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
