import { freemem } from 'node:os';
import type { engineContract, ModelPart } from '../../contract/engine.ts';
import type { Handlers } from '../../wire/server.ts';
import { writeFastCopy } from '../fast-copy/write-copy.ts';
import { EmbeddingEngine } from './embedding-engine.ts';
import type { LlamaEngine } from './llama-engine.ts';
import { loadEmbedding, loadModel } from './load-model.ts';
import { LoadingProgress } from './loading-progress.ts';
import { OpenWork } from './open-work.ts';
import type { TemplateProcess } from './template/template-process.ts';
import { Turns } from './turns.ts';
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

/** What the engine process answers, one after another. */
export function createEngineHandlers(
  engine: LlamaEngine,
  { networkOff, freeBytes, openTemplate }: EngineSurroundings,
  embedding = new EmbeddingEngine(),
): Handlers<typeof engineContract> {
  const turns = new Turns();
  const open = new OpenWork();
  const loading = new LoadingProgress();
  const around = { freeBytes, openTemplate };
  const inTurn = (signal: AbortSignal, work: () => AsyncIterable<ModelPart>) =>
    open.follow(
      signal,
      turns.inTurn(signal, work, (part) => part),
    );
  return {
    requests: {
      'engine.load': async (model) => {
        const load = () => loadModel(engine, { ...model, onProgress: loading.tell }, around);
        return { ...(await turns.alone(load)), networkOff };
      },
      'engine.loadEmbedding': async ({ path, threads }) => {
        const load = () => loadEmbedding(embedding, path, threads, freeBytes);
        return { dimensions: await turns.alone(load), networkOff };
      },
      'engine.settled': async () => {
        await open.abortedEnded();
        return null;
      },
      'engine.unload': async () => {
        await turns.alone(() => engine.unload());
        return null;
      },
      'engine.ping': () => ({ residentBytes: process.memoryUsage.rss() }),
    },
    streams: {
      'engine.generate': (input, signal) => inTurn(signal, () => engine.generate(input, signal)),
      'engine.prefill': ({ messages }, signal) => inTurn(signal, () => engine.prefill(messages, signal)),
      'engine.generateEach': ({ inputs }, signal) => open.follow(signal, turns.eachInTurn(engine, inputs, signal)),
      'engine.embed': ({ texts }, signal) => turns.quietly(signal, () => embedEach(embedding, texts, signal)),
      'engine.makeFastCopy': ({ source, target }, signal) => writeFastCopy(source, target, signal),
      'engine.loading': (_input, signal) => loading.follow(signal),
    },
    states: {},
  };
}

async function* embedEach(embedding: EmbeddingEngine, texts: readonly string[], signal: AbortSignal) {
  for (const [index, text] of texts.entries()) {
    if (signal.aborted) return;
    yield { index, vector: packVector(await embedding.embed(text)) };
  }
}
