import { availableParallelism } from 'node:os';
import type { Disposable } from '../../contract/disposable.ts';
import { embedLimits } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { type EngineClient, EngineProcess } from './engine-process.ts';
import { unpackVector } from './vectors.ts';

/** An embedding model's file, and what it is called. */
export interface EmbeddingModelFile {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Languages it knows; none when nobody said. */
  readonly languages: readonly string[];
  /** Stands before each sentence. */
  readonly prefix: string;
}

export interface LocalEmbeddingsOptions {
  readonly node: string;
  readonly entry: string;
  /** Milliseconds without work after which the process ends and its memory is free again. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

const loadLimitMs = 60_000;

/**
 * Embedding models on this machine: a second engine process beside the one that answers, so that neither takes the other's
 * place. Started when sentences are compared, ended soon after.
 */
export class LocalEmbeddings implements Disposable {
  readonly #options: LocalEmbeddingsOptions;
  readonly #process: EngineProcess;
  #loaded: { readonly id: string; readonly ready: Promise<EngineClient> } | null = null;
  #active = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: LocalEmbeddingsOptions) {
    this.#options = options;
    this.#process = new EngineProcess({
      node: options.node,
      entry: options.entry,
      log: options.log,
      onDeath: (death) => {
        this.#loaded = null;
        void death.then(({ how }) => options.log(`embedding engine died: ${how}`));
      },
    });
  }

  get processId(): number | null {
    return this.#process.processId;
  }

  /**
   * Vectors of length 1, one a text, in their order; each text is cut at `embedLimits.characters`. Rejects with `model/…`,
   * `app/not-connected` when the process died, or the abort reason: at the latest after the text that is being read.
   */
  async embed(
    file: EmbeddingModelFile,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    signal.throwIfAborted();
    this.#active += 1;
    this.#stopIdle();
    try {
      const client = await this.#load(file);
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += embedLimits.texts) {
        signal.throwIfAborted();
        const some = texts.slice(start, start + embedLimits.texts);
        vectors.push(...(await embedSome(client, some.map(withinLimit(file.prefix)), signal)));
      }
      return vectors;
    } finally {
      this.#active -= 1;
      this.#restartIdle();
    }
  }

  dispose(): void {
    this.#stopIdle();
    this.#loaded = null;
    this.#process.dispose();
  }

  #load(file: EmbeddingModelFile): Promise<EngineClient> {
    if (this.#loaded?.id === file.id) return this.#loaded.ready;
    const loaded = { id: file.id, ready: this.#loadFile(file) };
    this.#loaded = loaded;
    loaded.ready.catch(() => {
      if (this.#loaded === loaded) this.#loaded = null;
    });
    return loaded.ready;
  }

  async #loadFile({ path }: EmbeddingModelFile): Promise<EngineClient> {
    const client = await this.#process.client();
    const limit = setTimeout(() => this.#process.dispose(), loadLimitMs);
    try {
      await client.call('engine.loadEmbedding', { path, threads: availableParallelism() });
      return client;
    } finally {
      clearTimeout(limit);
    }
  }

  #restartIdle(): void {
    this.#stopIdle();
    if (this.#active > 0) return;
    this.#idle = setTimeout(() => this.dispose(), this.#options.idleMs);
    this.#idle.unref();
  }

  #stopIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }
}

function withinLimit(prefix: string): (text: string) => string {
  return (text) => (prefix + text).slice(0, embedLimits.characters).toWellFormed();
}

async function embedSome(client: EngineClient, texts: string[], signal: AbortSignal): Promise<Float32Array[]> {
  const stream = client.open('engine.embed', { texts });
  const close = () => stream.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    const vectors: Float32Array[] = [];
    for await (const { vector } of stream) vectors.push(unpackVector(vector));
    signal.throwIfAborted();
    if (vectors.length < texts.length) throw new AppError('app/not-connected', 'fewer vectors than texts');
    return vectors;
  } finally {
    signal.removeEventListener('abort', close);
    stream.close();
  }
}
