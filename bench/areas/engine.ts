import type { GenerateInput } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import type { EngineClient } from '../../models/engine/engine-process.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { DirectEngine } from '../tools/direct-engine.ts';
import { proportionalMemory, waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';
import { benchedModel, type ModelFile, requireModelFile } from './benched-model.ts';

const longPromptWords = 400;
const chunksBeforeAbort = 3;

/**
 * P9: the engine process as core starts it, without the shell. A fresh process each time: loaded, one short answer given,
 * then looked at.
 */
export const measureMemory: Area = async ({ runs, say }) => {
  const model = requireModelFile(benchedModel);
  const values: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const engine = await DirectEngine.start(model);
    try {
      await engine.generate(prompt(model, 'Say hello.', 16));
      values.push(proportionalMemory(engine.pid));
    } finally {
      engine.dispose();
    }
    if (run % 5 === 0) say(`engine memory: ${run} of ${runs}`);
  }
  const floors = [model.row.bytes / 2 ** 20];
  return [judge(goals.modelMemory, { values, floors, subject: `${process.version}, ${model.row.name}` })];
};

/**
 * P13: the abort comes when a chunk has just begun, the worst moment there is. It has settled when the engine takes up the
 * next request. The floor is how long that chunk takes when nothing stops it.
 */
export const measureAbort: Area = async ({ runs, say }) => {
  const model = requireModelFile(benchedModel);
  const engine = await DirectEngine.start(model);
  const values: number[] = [];
  const floors: number[] = [];
  let noisyRuns = 0;
  try {
    for (let run = 1; run <= runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      floors.push(await timeOfChunk(engine.client, longPrompt(model, `floor ${run}`)));
      values.push(await timeToSettle(engine.client, longPrompt(model, `abort ${run}`), prompt(model, `Hi ${run}`, 1)));
      if (run % 5 === 0) say(`engine abort: ${run} of ${runs}`);
    }
  } finally {
    engine.dispose();
  }
  const subject = `${process.version}, ${model.row.name}`;
  return [judge(goals.abortInPrompt, { values, floors, subject, noisyRuns })];
};

/** How long the chunk after the first few takes, in milliseconds; the rest of the prompt is left alone. */
async function timeOfChunk(client: EngineClient, input: GenerateInput): Promise<number> {
  const starts: number[] = [];
  const stream = client.open('engine.generate', input);
  for await (const part of stream) {
    if (part.type === 'failure') throw fromErrorShape(part.error);
    if (part.type !== 'prompt-progress') continue;
    starts.push(performance.now());
    if (starts.length === chunksBeforeAbort + 1) break;
  }
  stream.close();
  const [begun, ended] = starts.slice(-2);
  if (begun === undefined || ended === undefined) throw new Error('the prompt was shorter than the chunks to be timed');
  return ended - begun;
}

async function timeToSettle(client: EngineClient, long: GenerateInput, next: GenerateInput): Promise<number> {
  const stream = client.open('engine.generate', long);
  let chunks = 0;
  for await (const part of stream) {
    if (part.type === 'failure') throw fromErrorShape(part.error);
    if (part.type === 'prompt-progress') chunks += 1;
    if (chunks === chunksBeforeAbort) break;
  }
  const aborted = performance.now();
  stream.close();
  const following = client.open('engine.generate', next);
  let settled = Number.NaN;
  for await (const part of following) {
    if (part.type === 'failure') throw fromErrorShape(part.error);
    if (part.type === 'prompt-progress' && Number.isNaN(settled)) settled = performance.now();
  }
  return settled - aborted;
}

/** Differs from its first word on, so that nothing of it is in the cache. */
function longPrompt(model: ModelFile, name: string): GenerateInput {
  const words = Array.from({ length: longPromptWords }, (_, index) => `word${(index * 7919) % 997}`);
  return prompt(model, `${name}: ${words.join(' ')}`, 1);
}

function prompt({ row }: ModelFile, text: string, maxTokens: number): GenerateInput {
  const messages = [{ role: 'user' as const, text }];
  return { messages, sampling: row.sampling, maxTokens, seed: 1, thinking: 'off', hints: {} };
}
