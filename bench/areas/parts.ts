import type { GenerateInput, IndexedPart } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import { textPrompt } from '../../core/prompts/text-prompt.ts';
import { smallModel } from '../../tests/support/beckon-app.ts';
import { splitText } from '../../text/split-text.ts';
import { type Goal, goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { DirectEngine } from '../tools/direct-engine.ts';
import { longText } from '../tools/long-text.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area, AreaOptions } from './area.ts';
import { type ModelFile, requireFastCopy, requireModelFile } from './benched-model.ts';

/** Asked as `core/answers/plans/part-prompts.ts` asks; its parts are five times as long, which would take an hour here. */
const partCharacters = 1200;
/** Eight are written at a time, and a text of any length has more. */
const partsOfText = 16;
const noteTokens = 120;
const note = 'This is one part of a longer text. Note in one or two sentences what it says that matters for a summary.';

interface Work {
  readonly wholeMs: number;
  /** While answers were written: their tokens by the time nothing was being read. */
  readonly tokensPerSecond: number;
}

/**
 * P14: notes on the parts of a long text, eight at a time and one after another, by turns. Reading a part is arithmetic that
 * gains nothing from company, so both are told: the writing alone, and all of the work.
 */
export const measureParts: Area = async (options) => {
  const copy = await requireFastCopy(smallModel);
  const asFetched = requireModelFile(smallModel);
  return [
    ...(await measure(copy, [goals.partsWritingCopy, goals.partsWholeCopy], options)),
    ...(await measure(asFetched, [goals.partsWriting, goals.partsWhole], options)),
  ];
};

async function measure(
  model: ModelFile,
  [writingGoal, wholeGoal]: readonly [Goal, Goal],
  { runs, say }: AreaOptions,
): Promise<readonly Measured[]> {
  const engine = await DirectEngine.start(model);
  const atOnce: Work[] = [];
  const oneByOne: Work[] = [];
  let noisyRuns = 0;
  try {
    for (let run = 1; run <= runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      oneByOne.push(await work(inputsOf(2 * run), (input) => [input], engine));
      atOnce.push(await work(inputsOf(2 * run + 1), (_input, inputs) => inputs, engine));
      say(`parts: ${run} of ${runs}`);
    }
  } finally {
    engine.dispose();
  }
  const shared = { subject: `${process.version}, ${model.name}`, noisyRuns };
  const writing = (list: readonly Work[]) => list.map(({ tokensPerSecond }) => tokensPerSecond);
  const whole = (list: readonly Work[]) => list.map(({ wholeMs }) => 1000 / wholeMs);
  return [
    judge(writingGoal, { ...shared, values: writing(atOnce), floors: writing(oneByOne) }),
    judge(wholeGoal, { ...shared, values: whole(atOnce), floors: whole(oneByOne) }),
  ];
}

/** Does all inputs in the groups given, and tells the times apart by what came last: a part read, or text. */
async function work(
  inputs: readonly GenerateInput[],
  groupOf: (input: GenerateInput, inputs: readonly GenerateInput[]) => readonly GenerateInput[],
  engine: DirectEngine,
): Promise<Work> {
  const startedAt = performance.now();
  let writingMs = 0;
  let tokens = 0;
  let before = startedAt;
  let reading = true;
  const take = ({ part }: IndexedPart) => {
    const now = performance.now();
    if (!reading) writingMs += now - before;
    before = now;
    if (part.type === 'failure') throw fromErrorShape(part.error);
    if (part.type === 'prompt-progress') reading = part.done < part.total;
    if (part.type === 'finish') tokens += part.usage.outputTokens ?? 0;
  };
  for (let done = 0; done < inputs.length; ) {
    const group = groupOf(inputs[done] as GenerateInput, inputs);
    for await (const part of engine.client.open('engine.generateEach', { inputs: [...group] })) take(part);
    reading = true;
    done += group.length;
  }
  return { wholeMs: performance.now() - startedAt, tokensPerSecond: (1000 * tokens) / writingMs };
}

function inputsOf(seed: number): readonly GenerateInput[] {
  const parts = splitText(longText(4800, seed), partCharacters).slice(0, partsOfText);
  if (parts.length < partsOfText) throw new Error('the text is too short for all parts');
  return parts.map((part) => ({
    messages: textPrompt(part, note),
    sampling: { temperature: 0.7, topP: 0.8, topK: 20 },
    maxTokens: noteTokens,
    seed: 1,
    thinking: 'off',
    hints: {},
  }));
}
