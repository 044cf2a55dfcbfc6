import { freemem } from 'node:os';
import type { engineContract, GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import type { Handlers } from '../../wire/server.ts';
import { writeFastCopy } from '../fast-copy/write-copy.ts';
import { readModelHeader } from '../gguf/read-header.ts';
import { chooseContextTokens, embeddingNeededBytes, neededBytes, smallestContextTokens } from './context-size.ts';
import { EmbeddingEngine } from './embedding-engine.ts';
import type { LlamaEngine } from './llama-engine.ts';
import { OpenWork } from './open-work.ts';
import { PartQueue } from './part-queue.ts';
import { FairQueue } from './queue.ts';
import type { TemplateProcess } from './template/template-process.ts';
import { packVector } from './vectors.ts';

export interface EngineSurroundings {
  readonly networkOff: boolean;
  readonly freeBytes: () => number;
  /** The chat template of a file, in a process of its own; when left out, all templates are run in this one, untried. */
  readonly openTemplate?: (text: string | null) => TemplateProcess;
}

export const surroundings = {
  networkOff: process.env['BECKON_ENGINE_NETWORK'] === 'off',
  freeBytes: freemem,
} satisfies EngineSurroundings;

/** What the engine process answers. One queue for load, generate and unload: an unload that races a prompt would crash. */
export function createEngineHandlers(
  engine: LlamaEngine,
  { networkOff, freeBytes, openTemplate }: EngineSurroundings,
  embedding = new EmbeddingEngine(),
): Handlers<typeof engineContract> {
  const queue = new FairQueue();
  const open = new OpenWork();
  const never = new AbortController().signal;
  const progressListeners = new Set<(progress: number) => void>();

  async function alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const leave = await queue.enter(never, () => {});
    try {
      return await work();
    } finally {
      leave?.();
    }
  }

  /** Waits for its turn and says how many are ahead, then gives what the work gives. */
  async function* inTurn<Part>(
    signal: AbortSignal,
    work: () => AsyncIterable<Part>,
    toPart: (part: ModelPart) => Part,
  ): AsyncGenerator<Part> {
    const positions = new PartQueue<Part>();
    const entered = queue.enter(signal, (ahead) => positions.push(toPart({ type: 'queue-position', ahead })));
    void entered.then(() => positions.end());
    yield* positions;
    const leave = await entered;
    if (leave === null) return yield toPart({ type: 'aborted' });
    try {
      yield* work();
    } finally {
      leave();
    }
  }

  /** In one turn as long as nobody else waits, then in further turns. An abort or a failure of one ends all. */
  async function* eachInTurn(inputs: readonly GenerateInput[], signal: AbortSignal): AsyncGenerator<IndexedPart> {
    let rest = inputs.map((input, index) => ({ input, index }));
    while (rest.length > 0) {
      const asked = rest;
      const answers = () =>
        engine.generateEach(
          asked.map(({ input }) => input),
          signal,
          () => queue.length < 2,
        );
      const ended = new Set<number>();
      for await (const { index, part } of inTurn(signal, answers, (part) => ({ index: 0, part }))) {
        yield { index: asked[index]?.index ?? 0, part };
        if (part.type === 'aborted' || part.type === 'failure') return;
        if (part.type === 'finish') ended.add(index);
      }
      if (ended.size === 0) return;
      rest = asked.filter((_, index) => !ended.has(index));
    }
  }

  return {
    requests: {
      'engine.load': ({ path, cacheBytesPerToken, contextTokens, threads, thinking, isKnown }) =>
        alone(async () => {
          const header = await readModelHeader(path);
          if (header.purpose !== 'chat') throw new AppError('model/not-for-answers', path, { action: 'choose-model' });
          await engine.unload();
          const perToken = cacheBytesPerToken ?? header.cacheBytesPerToken;
          const free = freeBytes();
          const size = {
            trainedTokens: header.contextTokens,
            cacheBytesPerToken: perToken,
            fileBytes: header.fileBytes,
            freeBytes: free,
          };
          const chosen = contextTokens ?? chooseContextTokens(size);
          if (chosen === null) {
            const needBytes = neededBytes(header.fileBytes, perToken, smallestContextTokens);
            throw tooLarge(needBytes, free);
          }
          const onProgress = (progress: number) => {
            for (const listener of progressListeners) listener(progress);
          };
          const template = openTemplate?.(header.chatTemplate) ?? null;
          const foreign = isKnown === true ? null : template;
          const request = {
            path: header.parts[0] ?? path,
            contextTokens: chosen,
            threads,
            thinking,
            foreign,
            onProgress,
          };
          // Both to their ends: what is being loaded cannot be left.
          const [loaded, tried] = await Promise.allSettled([engine.load(request), template?.try()]);
          if (foreign === null || loaded.status === 'rejected') template?.dispose();
          if (tried.status === 'rejected') {
            await engine.unload();
            throw tried.reason;
          }
          if (loaded.status === 'rejected') throw loaded.reason;
          return { ...loaded.value, bytes: header.fileBytes, networkOff };
        }),
      'engine.loadEmbedding': ({ path, threads }) =>
        alone(async () => {
          const header = await readModelHeader(path);
          await embedding.unload();
          const needBytes = embeddingNeededBytes(header.fileBytes, header.cacheBytesPerToken);
          if (needBytes > freeBytes()) throw tooLarge(needBytes, freeBytes());
          return { dimensions: await embedding.load(path, threads), networkOff };
        }),
      'engine.settled': async () => {
        await open.abortedEnded();
        return null;
      },
      'engine.unload': async () => {
        await alone(() => engine.unload());
        return null;
      },
      'engine.ping': () => ({ residentBytes: process.memoryUsage.rss() }),
    },
    streams: {
      'engine.generate': (input, signal) => {
        const answer = () => engine.generate(input, signal);
        return open.follow(
          signal,
          inTurn(signal, answer, (part: ModelPart) => part),
        );
      },
      'engine.generateEach': ({ inputs }, signal) => open.follow(signal, eachInTurn(inputs, signal)),
      'engine.embed': async function* ({ texts }, signal) {
        const leave = await queue.enter(signal, () => {});
        try {
          for (const [index, text] of texts.entries()) {
            if (signal.aborted) return;
            yield { index, vector: packVector(await embedding.embed(text)) };
          }
        } finally {
          leave?.();
        }
      },
      'engine.makeFastCopy': ({ source, target }, signal) => writeFastCopy(source, target, signal),
      'engine.loading': async function* (_input, signal) {
        const parts = new PartQueue<{ readonly progress: number }>();
        const listener = (progress: number) => parts.push({ progress });
        progressListeners.add(listener);
        signal.addEventListener('abort', () => parts.end(), { once: true });
        try {
          yield* parts;
        } finally {
          progressListeners.delete(listener);
        }
      },
    },
    states: {},
  };
}

function tooLarge(needBytes: number, freeBytes: number): AppError {
  return new AppError('model/too-large-for-memory', `needs ${needBytes} bytes, ${freeBytes} are free`, {
    values: { needBytes, freeBytes },
    action: 'choose-model',
  });
}
