import { AppError } from '../../contract/errors.ts';
import { chooseContextTokens, embeddingNeededBytes, neededBytes, smallestContextTokens } from '../fit/memory.ts';
import { readModelHeader } from '../gguf/read-header.ts';
import type { EmbeddingEngine } from './embedding-engine.ts';
import type { LlamaEngine, LoadRequest } from './llama-engine.ts';
import type { TemplateProcess } from './template/template-process.ts';

export interface ModelToLoad extends Pick<LoadRequest, 'path' | 'threads' | 'thinking' | 'onProgress'> {
  /** Size of the key-value cache; what the file says when left out. */
  readonly cacheBytesPerToken?: number | null | undefined;
  /** One of the catalogue, whose template is run in the engine itself. */
  readonly isKnown?: boolean | undefined;
  /** Size of the context window; as much as memory has room for when left out. */
  readonly contextTokens?: number | null | undefined;
}

export interface LoadingSurroundings {
  readonly freeBytes: () => number;
  /** The chat template of a file, in a process of its own; when left out, all templates are run in this one, untried. */
  readonly openTemplate?: ((text: string | null) => TemplateProcess) | undefined;
}

/** Loads a model that answers, in place of the one before. Throws `model/…` where it does not fit or is none. */
export async function loadModel(
  engine: LlamaEngine,
  { path, cacheBytesPerToken, contextTokens, isKnown, ...how }: ModelToLoad,
  { freeBytes, openTemplate }: LoadingSurroundings,
) {
  const header = await readModelHeader(path);
  if (header.purpose !== 'chat') throw new AppError('model/not-for-answers', path, { action: 'choose-model' });
  await engine.unload();
  const perToken = cacheBytesPerToken ?? header.cacheBytesPerToken;
  const { fileBytes, contextTokens: trainedTokens } = header;
  const free = freeBytes();
  const size = { trainedTokens, cacheBytesPerToken: perToken, fileBytes, freeBytes: free };
  const chosen = contextTokens ?? chooseContextTokens(size);
  if (chosen === null) throw tooLarge(neededBytes(fileBytes, perToken, smallestContextTokens), free);
  const template = openTemplate?.(header.chatTemplate) ?? null;
  const foreign = isKnown === true ? null : template;
  // Both to their ends: what is being loaded cannot be left.
  const [loaded, tried] = await Promise.allSettled([
    engine.load({ path: header.parts[0] ?? path, contextTokens: chosen, foreign, ...how }),
    template?.try(),
  ]);
  if (foreign === null || loaded.status === 'rejected') template?.dispose();
  if (tried.status === 'rejected') {
    await engine.unload();
    throw tried.reason;
  }
  if (loaded.status === 'rejected') throw loaded.reason;
  return { ...loaded.value, bytes: fileBytes };
}

/** Loads an embedding model; answers how many numbers its vectors have. Throws `model/…` where it does not fit. */
export async function loadEmbedding(
  embedding: EmbeddingEngine,
  path: string,
  threads: number,
  freeBytes: () => number,
): Promise<number> {
  const header = await readModelHeader(path);
  await embedding.unload();
  const needBytes = embeddingNeededBytes(header.fileBytes, header.cacheBytesPerToken);
  if (needBytes > freeBytes()) throw tooLarge(needBytes, freeBytes());
  return embedding.load(path, threads);
}

function tooLarge(needBytes: number, freeBytes: number): AppError {
  return new AppError('model/too-large-for-memory', `needs ${needBytes} bytes, ${freeBytes} are free`, {
    values: { needBytes, freeBytes },
    action: 'choose-model',
  });
}
