import { availableParallelism } from 'node:os';
import { AppError, type AppErrorShape } from '../../contract/errors.ts';
import type { EngineClient } from './engine-process.ts';

/** A model file as the engine needs it. */
export interface LocalModelFile {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Size of all its parts; how long a piece of work may take depends on it. A gigabyte when left out. */
  readonly bytes?: number;
  readonly cacheBytesPerToken: number | null;
  readonly thinking: 'none' | 'switchable' | 'always';
  /** Its bytes are those of the catalogue; it may be anything when left out. */
  readonly isKnown?: boolean;
}

export interface LoadedFile {
  /** Largest window, in tokens. */
  readonly contextTokens: number;
  readonly networkOff: boolean;
  /** Memory of the process with the model in it, in bytes; 0 when it did not tell. */
  readonly residentBytes: number;
}

export interface LoadFileOptions {
  /** 0 to 1, as the load goes on. */
  readonly onProgress: (progress: number) => void;
  /** Why the engine is gone, where it is gone before it answers. */
  readonly whyEnded: () => Promise<AppErrorShape>;
}

/** Has an engine load a file. Rejects with `model/…`, and another model to choose as the next step. */
export async function loadFile(
  client: EngineClient,
  { path, cacheBytesPerToken, thinking, isKnown = false }: LocalModelFile,
  { onProgress, whyEnded }: LoadFileOptions,
): Promise<LoadedFile> {
  const loading = client.open('engine.loading', {});
  void (async () => {
    for await (const { progress } of loading) onProgress(progress);
  })().catch(() => {});
  try {
    const threads = availableParallelism();
    const file = { path, cacheBytesPerToken, contextTokens: null, threads, thinking, isKnown };
    const answer = await client.request('engine.load', file);
    if (!answer.ok) {
      const { code, message, ...detail } = answer.error.code === 'app/not-connected' ? await whyEnded() : answer.error;
      throw new AppError(code, message, { ...detail, action: 'choose-model' });
    }
    const { contextTokens, networkOff } = answer.value;
    const memory = await client.request('engine.ping', {});
    return { contextTokens, networkOff, residentBytes: memory.ok ? memory.value.residentBytes : 0 };
  } finally {
    loading.close();
  }
}
