import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerateInput } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import { quote } from '../../core/prompts/delimiter.ts';
import { textPrompt } from '../../core/prompts/text-prompt.ts';
import { checkout } from '../../tests/support/beckon-app.ts';
import { languageOfText } from '../../text/language.ts';
import { type Goal, goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { DirectEngine } from '../tools/direct-engine.ts';
import { waitQuiet } from '../tools/machine.ts';
import { type Parting, partingsOf, type TwoAnswers } from '../tools/near-tie.ts';
import type { Area, AreaOptions } from './area.ts';
import { benchedModel, type ModelFile, requireFastCopy, requireModelFile } from './benched-model.ts';

/** Written for this, with the mistakes that people make; about 180 words each, one of them Chinese. */
const texts = ['harbour-mistakes', 'library-mistakes', 'pump-mistakes', 'notice-mistakes-zh'];
const longestAnswerTokens = 700;

interface Writing {
  readonly text: string;
  /** From the end of the prompt to the end of the answer. */
  readonly ms: number;
}

/**
 * P11: the same greedy answer with and without drafts, by turns, after the prompt has been read. A correction repeats its
 * text; of a rewriting little can be followed, so that drafting has to give itself up there.
 */
export const measureDrafting: Area = async (options) => {
  const copy = await requireFastCopy(benchedModel);
  const asFetched = requireModelFile(benchedModel);
  return [
    ...(await measure(copy, [goals.draftedCorrectionCopy, goals.draftedRewritingCopy], options)),
    ...(await measure(asFetched, [goals.draftedCorrection, goals.draftedRewriting], options)),
  ];
};

async function measure(
  model: ModelFile,
  [correction, rewriting]: readonly [Goal, Goal],
  { runs, say }: AreaOptions,
): Promise<readonly Measured[]> {
  const engine = await DirectEngine.start(model);
  const correct = { drafted: [] as number[], plain: [] as number[] };
  const rewrite = { drafted: [] as number[], plain: [] as number[] };
  let noisyRuns = 0;
  let same = 0;
  const different = new Map<string, TwoAnswers>();
  try {
    for (let run = 0; run < runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      const text = readFileSync(join(checkout, 'bench', 'texts', `${texts[run % texts.length]}.txt`), 'utf8').trim();
      for (const [actionId, times] of [
        ['correct', correct],
        ['rewrite-shorter', rewrite],
      ] as const) {
        const input = inputOf(actionId, text);
        // Read once before, so that both begin with the prompt in the cache.
        await read(engine, input);
        const plain = await write(engine, input);
        const drafted = await write(engine, { ...input, hints: { draftFrom: quote(text) } });
        times.plain.push(plain.ms);
        times.drafted.push(drafted.ms);
        if (plain.text === drafted.text) same += 1;
        else different.set(`${actionId} ${text}`, { input, one: plain.text, other: drafted.text });
      }
      if ((run + 1) % 4 === 0) say(`drafting: ${run + 1} of ${runs}, ${same} of ${2 * (run + 1)} answers the same`);
    }
  } finally {
    engine.dispose();
  }
  for (const parting of await partingsOf(model, [...different.values()])) say(`drafting: ${told(parting)}`);
  const shared = { subject: `${process.version}, ${model.name}`, noisyRuns };
  const perSecond = (times: readonly number[]) => times.map((ms) => 1000 / ms);
  return [
    judge(correction, {
      ...shared,
      values: perSecond(correct.drafted),
      floors: perSecond(correct.plain),
    }),
    judge(rewriting, { ...shared, values: perSecond(rewrite.drafted), floors: perSecond(rewrite.plain) }),
  ];
}

function inputOf(actionId: string, text: string): GenerateInput {
  const file = join(checkout, 'core', 'atoms', 'builtin', `${actionId}.json`);
  const { prompt } = JSON.parse(readFileSync(file, 'utf8')) as { readonly prompt: Record<'en' | 'zh-CN', string> };
  return {
    messages: textPrompt(text, prompt[languageOfText(text)]),
    sampling: { temperature: 0 },
    maxTokens: longestAnswerTokens,
    thinking: 'off',
    hints: {},
  };
}

async function read(engine: DirectEngine, { messages }: GenerateInput): Promise<void> {
  for await (const part of engine.client.open('engine.prefill', { messages }))
    if (part.type === 'failure') throw fromErrorShape(part.error);
}

async function write(engine: DirectEngine, input: GenerateInput): Promise<Writing> {
  let readAt = performance.now();
  let text = '';
  for await (const part of engine.client.open('engine.generate', input)) {
    if (part.type === 'prompt-progress') readAt = performance.now();
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'failure') throw fromErrorShape(part.error);
  }
  return { text, ms: performance.now() - readAt };
}

/** A place where two answers part, for the record of near-ties of batched arithmetic. */
function told({ pieces: [plain, drafted], atOnce, oneByOne }: Parting): string {
  const percent = (pair: readonly [number, number]) =>
    pair.map((share) => `${(100 * share).toFixed(2)} %`).join(' and ');
  const words = `${JSON.stringify(plain)} without drafts, ${JSON.stringify(drafted)} with`;
  return `answers part: ${words}; likelihoods read one by one ${percent(oneByOne)}, at once ${percent(atOnce)}`;
}
