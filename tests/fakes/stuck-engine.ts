import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineContract, type IndexedPart, type ModelPart } from '../../contract/engine.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';

/**
 * An engine that stands still where the name of the file it is to load says so: `load` never ends, `block-load` holds the whole
 * process up, `answer` says nothing, `block` holds it up, `cancel` writes and does not stop, `late` is slow but gets on,
 * `die` ends. Any other file is a good model.
 */
let file = '';
const forever = () => new Promise<never>(() => setInterval(() => {}, 1000));
const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 100, droppedMessages: 0 };
const cancelled = new Set<AbortSignal>();

function block(): void {
  while (true);
}

async function* answer(signal: AbortSignal): AsyncGenerator<ModelPart> {
  if (file.includes('block')) block();
  if (file.includes('die')) process.exit(3);
  if (file.includes('answer')) await forever();
  yield { type: 'prompt-progress', done: 1, total: 1 };
  if (file.includes('cancel')) {
    signal.addEventListener('abort', () => cancelled.add(signal));
    yield { type: 'text-delta', text: 'more ' };
    await forever();
  }
  for (let word = 0; file.includes('late') && word < 5; word += 1) {
    await sleep(600);
    yield { type: 'text-delta', text: 'slowly ' };
  }
  yield { type: 'text-delta', text: 'Good.' };
  yield { type: 'finish', reason: 'stop', usage };
}

serve(
  createProcessChannel(process),
  engineContract,
  {
    requests: {
      'engine.load': async ({ path }) => {
        file = path.split('/').at(-1) ?? '';
        if (file.includes('block-load')) block();
        if (file.startsWith('load')) await forever();
        return { contextTokens: 100, trainedContextTokens: 100, bytes: 1, threads: 1, networkOff: true };
      },
      'engine.loadEmbedding': () => ({ dimensions: 1, networkOff: true }),
      'engine.settled': async () => (cancelled.size > 0 ? await forever() : null),
      'engine.unload': () => null,
      'engine.ping': () => ({ residentBytes: 1 }),
    },
    streams: {
      'engine.generate': (_input, signal) => answer(signal),
      'engine.prefill': (_input, signal) => answer(signal),
      'engine.generateEach': async function* (_input, signal): AsyncGenerator<IndexedPart> {
        for await (const part of answer(signal)) yield { index: 0, part };
      },
      'engine.embed': async function* () {},
      'engine.makeFastCopy': async function* () {},
      'engine.loading': async function* () {
        yield { progress: 0.5 };
        await forever();
      },
    },
    states: {},
  },
  {},
);
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
