import type { GenerateInput } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import { textPrompt } from '../../core/prompts/text-prompt.ts';
import { smallModel } from '../../tests/support/beckon-app.ts';
import { sleep } from '../../tests/support/processes.ts';
import { type Goal, goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { DirectEngine } from '../tools/direct-engine.ts';
import { longText } from '../tools/long-text.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area, AreaOptions } from './area.ts';
import { benchedModel, type ModelFile, requireFastCopy, requireModelFile } from './benched-model.ts';

const longWords = 2000;
const shortWords = 500;
/** How long a person takes to choose an action. */
const chosenAfterMs = 3000;
const summarise = 'Summarise the text above in three to five short sentences.';
const question = 'Who is named in the text above?';
const answerTokens = 8;

/** P12: time to the first word, when a text has been read already by an earlier action, and when it was read ahead. */
export const measureReuse: Area = async (options) => {
  const small = requireModelFile(smallModel);
  const again = await measureAgain(small, options);
  const aheadSmall = await measureAhead(small, goals.readAheadSmall, options);
  const ahead = await measureAhead(await requireFastCopy(benchedModel), goals.readAheadCopy, options);
  const asFetched = await measureAhead(requireModelFile(benchedModel), goals.readAhead, options);
  return [...again, aheadSmall, ahead, asFetched];
};

async function measureAgain(model: ModelFile, { runs, say }: AreaOptions): Promise<readonly Measured[]> {
  const engine = await DirectEngine.start(model);
  const first: number[] = [];
  const same: number[] = [];
  const other: number[] = [];
  let noisyRuns = 0;
  try {
    for (let run = 1; run <= runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      const text = longText(longWords, run);
      first.push(await firstWordMs(engine, text, summarise));
      same.push(await firstWordMs(engine, text, summarise));
      other.push(await firstWordMs(engine, text, question));
      if (run % 5 === 0) say(`reuse: ${run} of ${runs}`);
    }
  } finally {
    engine.dispose();
  }
  const shared = { floors: first, subject: `${process.version}, ${model.name}`, noisyRuns };
  return [
    judge(goals.sameActionAgain, { ...shared, values: same }),
    judge(goals.otherAction, { ...shared, values: other }),
  ];
}

/** By turns: the action on a text that nothing has read, and on one that was begun when the hotkey was pressed. */
async function measureAhead(model: ModelFile, goal: Goal, { runs, say }: AreaOptions): Promise<Measured> {
  const engine = await DirectEngine.start(model);
  const ahead: number[] = [];
  const cold: number[] = [];
  let noisyRuns = 0;
  try {
    for (let run = 1; run <= runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      cold.push(await firstWordMs(engine, longText(shortWords, 1000 + run), summarise));
      const text = longText(shortWords, 2000 + run);
      const reading = engine.client.open('engine.prefill', { messages: textPrompt(text, null) });
      const read = drain(reading);
      await sleep(chosenAfterMs);
      // As core does it: reading ahead ends when something is asked; what was read stays read.
      reading.close();
      ahead.push(await firstWordMs(engine, text, summarise));
      await read;
      if (run % 5 === 0) say(`read ahead: ${run} of ${runs}`);
    }
  } finally {
    engine.dispose();
  }
  const subject = `${process.version}, ${model.name}`;
  return judge(goal, { values: ahead, floors: cold, subject, noisyRuns });
}

async function drain(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _part of parts);
}

async function firstWordMs(engine: DirectEngine, text: string, instruction: string): Promise<number> {
  const startedAt = performance.now();
  let firstAt = Number.NaN;
  for await (const part of engine.client.open('engine.generate', inputOf(text, instruction))) {
    if (part.type === 'text-delta' && Number.isNaN(firstAt)) firstAt = performance.now();
    if (part.type === 'failure') throw fromErrorShape(part.error);
  }
  if (Number.isNaN(firstAt)) throw new Error('the answer had no text');
  return firstAt - startedAt;
}

/** As core asks: what all actions share, the text, then the instruction. */
function inputOf(text: string, instruction: string): GenerateInput {
  return {
    messages: textPrompt(text, instruction),
    sampling: { temperature: 0 },
    maxTokens: answerTokens,
    thinking: 'off',
    hints: {},
  };
}
