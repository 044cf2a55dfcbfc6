import { BeckonApp, cacheFolder } from '../../tests/support/beckon-app.ts';
import { TestDisplay } from '../../tests/support/display.ts';
import { run, sleep } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { requireBuild, runtimeName } from '../subjects/electron-subjects.ts';
import { DirectEngine, type Generation, tokensPerSecond } from '../tools/direct-engine.ts';
import { ensureLlamaTool } from '../tools/llama-tools.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';
import { benchedModel, type ModelFile, requireModelFile } from './benched-model.ts';
import { generationInPage, watchGenerations } from './page-generation.ts';

const question = 'Write the numbers from one to forty as English words, separated by commas.';
const answerTokens = 96;

/** P10: the same question in the page, to the engine process directly, and the same work in llama-bench, by turns. */
export const measureSpeed: Area = async ({ runs, say }) => {
  requireBuild();
  const model = requireModelFile(benchedModel);
  const llamaBench = await ensureLlamaTool('llama-bench', say);
  const display = await TestDisplay.start();
  try {
    const app = await BeckonApp.launch({
      display,
      settings: { modelId: benchedModel, hotkeyProvedAt: 1, pinned: true, idleMinutes: 0 },
      env: { BECKON_BUNDLED: '1', BECKON_CACHE: cacheFolder },
    });
    const engine = await DirectEngine.start(model);
    try {
      await app.waitForCore();
      await app.overlay.evaluate(watchGenerations);
      display.press('ctrl+shift+space');
      await sleep(500);
      const atRenderer: number[] = [];
      const direct: number[] = [];
      const bench: number[] = [];
      let noisyRuns = 0;
      // The first answer waits for the model and is not counted.
      await askInPage(app, display);
      for (let round = 1; round <= runs; round += 1) {
        if (!(await waitQuiet())) noisyRuns += 1;
        atRenderer.push(tokensPerSecond(await askInPage(app, display)));
        direct.push(tokensPerSecond(await askDirectly(engine, model)));
        bench.push(runLlamaBench(llamaBench, model));
        if (round % 5 === 0) say(`speed: round ${round} of ${runs}`);
      }
      const subject = `${runtimeName()}, ${model.row.name}`;
      const shared = { values: atRenderer, subject, noisyRuns };
      return [
        judge(goals.speedAtRenderer, { ...shared, floors: direct }),
        judge(goals.speedAgainstBench, { ...shared, floors: bench }),
      ];
    } finally {
      engine.dispose();
      await app.close();
    }
  } finally {
    await display.stop();
  }
};

/** Typed and sent as a person would, in a new chat each time; answered by what the page itself was sent. */
async function askInPage(app: BeckonApp, display: TestDisplay): Promise<Generation> {
  const answer = app.overlay.evaluate(generationInPage);
  display.press('ctrl+n');
  await sleep(200);
  display.type(question, 2);
  await sleep(200);
  // A key that does not arrive (seen once in some hundred) must not hold the whole run up.
  for (let tries = 0; tries < 5 && (await app.overlay.inputValue('.ask-input')) !== ''; tries += 1) {
    display.press('Return');
    await sleep(500);
  }
  const generation = await answer;
  if (generation.error !== null) throw new Error(`the answer failed: ${generation.error}`);
  return generation;
}

function askDirectly(engine: DirectEngine, { row }: ModelFile): Promise<Generation> {
  const messages = [{ role: 'user' as const, text: question }];
  const input = { messages, sampling: row.sampling, maxTokens: answerTokens };
  return engine.generate({ ...input, thinking: 'off', hints: {} });
}

/** The engine's own way of running: two threads as here, no flash attention, no mapped file, below normal priority. */
function runLlamaBench(tool: string, { path }: ModelFile): number {
  const tokens = ['-p', '0', '-n', String(answerTokens), '-r', '1'];
  const manner = ['-t', '2', '-ngl', '0', '-fa', '0', '--load-mode', 'none', '-o', 'json'];
  const output = run('nice', ['-n', '10', tool, '-m', path, ...tokens, ...manner]);
  const [result] = JSON.parse(output) as { readonly avg_ts: number }[];
  if (result === undefined) throw new Error('llama-bench gave no result');
  return result.avg_ts;
}
