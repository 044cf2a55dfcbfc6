import { join } from 'node:path';
import type { Step } from '../../contract/atom-steps.ts';
import type { ModelPart } from '../../contract/engine.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import type { AskedModel } from '../../core/answers/asked-model.ts';
import { answerBySteps } from '../../core/answers/by-steps.ts';
import { planSteps } from '../../core/steps/plan-steps.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import { oneAfterAnother } from '../../models/language-model.ts';
import { checkout, nodeExecutable, tinyModel } from '../../tests/support/beckon-app.ts';
import { goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { longText } from '../tools/long-text.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';
import { requireModelFile } from './benched-model.ts';

const wordsOfAPage = 500;
const pages = 50;
const both = (text: string) => ({ en: text, 'zh-CN': text });

/** Keeps a model, which is small, to a few words. */
const shortAnswer = { type: 'string', maxLength: 40 };

/** Finds the dearest of some sentences of a document, and asks a model about each: about twenty questions. */
const chain: readonly Step[] = [
  { do: 'clean', what: ['wraps', 'spaces', 'blank-lines'] },
  { do: 'split', at: 'sentences' },
  { do: 'filter', has: 'The council' },
  { do: 'unique' },
  { do: 'sort', by: 'number', order: 'down' },
  { do: 'filter-pattern', pattern: '\\b[89]\\d\\d euros' },
  { do: 'prompt', prompt: both('What was done?'), each: true, schema: shortAnswer },
  { do: 'join', mark: 'number' },
];

const fifty: readonly Step[] = Array.from({ length: 50 }, (_, at): Step => {
  if (at === 49) return { do: 'join', with: ', ' };
  return at === 0 ? { do: 'split', at: 'lines' } : { do: 'filter-pattern', pattern: `[a-z]{${at}}`, not: true };
});

/** P18: what a chain over a long document costs beside its calls of a model, and how soon the plan of a long one is there. */
export const measureSteps: Area = async ({ runs, say }) => {
  const { path, name } = requireModelFile(tinyModel);
  const entry = join(checkout, 'models', 'engine', 'entry.ts');
  const models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
  const measured = { whole: [] as number[], calls: [] as number[], plans: [] as number[] };
  let noisyRuns = 0;
  try {
    const model = models.model({ id: tinyModel, name, path, cacheBytesPerToken: null, thinking: 'none' });
    await model.warm();
    for (let run = 1; run <= runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      const calls = new TimedCalls(model);
      const startedAt = performance.now();
      await runChain(longText(wordsOfAPage * pages, run), calls.model);
      measured.whole.push(performance.now() - startedAt);
      measured.calls.push(calls.ms);
      measured.plans.push(planOnce());
      say(`steps: ${run} of ${runs}, ${calls.count} calls`);
    }
  } finally {
    models.dispose();
  }
  const subject = `${process.version}, ${name}`;
  return [
    judge(goals.chain, { values: measured.whole, floors: measured.calls, subject, noisyRuns }),
    judge(goals.planOfFifty, { values: measured.plans, floors: measured.plans.map(() => 0), subject, noisyRuns }),
  ] satisfies readonly Measured[];
};

function planOnce(): number {
  const startedAt = performance.now();
  if (!('types' in planSteps(fifty))) throw new Error('the chain does not fit together');
  return performance.now() - startedAt;
}

async function runChain(text: string, model: AskedModel): Promise<void> {
  const work = {
    ...({ steps: chain, text, output: 'show', answerId: 'a' } as const),
    signal: new AbortController().signal,
    tools: { language: 'en' as const, now: new Date(), plainOf: (plain: string) => plain },
    onPlan: () => {},
    askModel: () => Promise.resolve({ model, sampling: { temperature: 0 } }),
  };
  for await (const part of answerBySteps(work)) if (part.type === 'failure') throw fromErrorShape(part.error);
}

/** A model whose time is counted while it is asked. */
class TimedCalls {
  ms = 0;
  count = 0;
  readonly model: AskedModel;

  constructor({ capabilities, generate }: Pick<AskedModel, 'capabilities' | 'generate'>) {
    const timed = (...[input, signal]: Parameters<AskedModel['generate']>) => this.#timed(generate(input, signal));
    this.model = {
      capabilities,
      generate: timed,
      generateEach: (inputs, signal) => oneAfterAnother(timed, inputs, signal),
    };
  }

  /** Waiting for a part counts; what is done with it meanwhile does not. */
  async *#timed(parts: AsyncIterable<ModelPart>): AsyncGenerator<ModelPart> {
    this.count += 1;
    const iterator = parts[Symbol.asyncIterator]();
    for (;;) {
      const askedAt = performance.now();
      const { value, done } = await iterator.next();
      this.ms += performance.now() - askedAt;
      if (done === true) return;
      yield value;
    }
  }
}
