import { join } from 'node:path';
import { BeckonApp, cacheFolder, checkout, nodeExecutable } from '../../tests/support/beckon-app.ts';
import { TestDisplay } from '../../tests/support/display.ts';
import { sleep } from '../../tests/support/processes.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import { requireBuild, runtimeName } from '../subjects/electron-subjects.ts';
import { startLineProgram } from '../tools/line-program.ts';
import { waitQuiet } from '../tools/machine.ts';
import { median } from '../tools/statistics.ts';
import type { Area } from './area.ts';

const streams = 50;
const modelId = 'server:loopback:m';
const tool = (name: string) => join(checkout, 'bench', 'tools', name);

/** P15: fifty answers at once from a server on this machine, at the page, and by OpenAI's own client, by turns. */
export const measureStreams: Area = async ({ runs, say }) => {
  requireBuild();
  const server = startLineProgram(nodeExecutable, [tool('loopback-answers.ts')]);
  const display = await TestDisplay.start();
  try {
    const address = await server.ask();
    const official = startLineProgram(nodeExecutable, [tool('official-client.ts'), address]);
    const own = { id: 'loopback', address, label: 'Loopback', models: ['m'], keyKept: 'none' } as const;
    const settings = { servers: [own], modelId, hotkeyProvedAt: 1 };
    const app = await BeckonApp.launch({ display, settings, env: { BECKON_BUNDLED: '1', BECKON_CACHE: cacheFolder } });
    try {
      await app.waitForCore();
      const atPage: number[] = [];
      const byClient: number[] = [];
      const [stalls, restful]: [number[], number[]] = [[], []];
      let noisyRuns = 0;
      // The first of each is compiled.
      for (let round = -1; round < runs; round += 1) {
        if (!(await waitQuiet())) noisyRuns += 1;
        restful.push(await longestStall(app, () => sleep(1500)));
        const direct = JSON.parse(await official.ask(String(streams))) as number[];
        let firsts: readonly number[] = [];
        stalls.push(
          await longestStall(app, async () => {
            firsts = await app.overlay.evaluate(firstWordsInPage, { streams, modelId });
          }),
        );
        if (firsts.some((ms) => ms <= 0)) throw new Error('an answer had no word');
        atPage.push(median(firsts));
        byClient.push(median(direct));
        if (round % 5 === 0) say(`streams: round ${round} of ${runs}`);
      }
      const subject = `${runtimeName()}, ${streams} at once`;
      const counted = (values: readonly number[]) => values.slice(1);
      return [
        judge(goals.firstTokenAtPage, { values: counted(atPage), floors: counted(byClient), subject, noisyRuns }),
        judge(goals.mainWithStreams, { values: counted(stalls), floors: counted(restful), subject, noisyRuns }),
      ];
    } finally {
      official.stop();
      await app.close();
    }
  } finally {
    server.stop();
    await display.stop();
  }
};

/** The longest that main did nothing else while something was done, in milliseconds. */
async function longestStall(app: BeckonApp, work: () => Promise<void>): Promise<number> {
  await app.electron.evaluate(() => {
    const watched = globalThis as unknown as { longest: number; watching: NodeJS.Timeout };
    const everyMs = 2;
    watched.longest = 0;
    let last = performance.now();
    watched.watching = setInterval(() => {
      const now = performance.now();
      watched.longest = Math.max(watched.longest, now - last - everyMs);
      last = now;
    }, everyMs);
  });
  await work();
  return app.electron.evaluate(() => {
    const watched = globalThis as unknown as { longest: number; watching: NodeJS.Timeout };
    clearInterval(watched.watching);
    return watched.longest;
  });
}

interface Asked {
  readonly streams: number;
  readonly modelId: string;
}

/** Runs inside the page: asks all at once, and answers how long the first word of each took to reach the page, once all are whole. */
function firstWordsInPage({ streams: count, modelId: model }: Asked): Promise<readonly number[]> {
  type Frame = {
    id: number;
    kind: string;
    value?: { runId: string };
    error?: object;
    part?: { type: string; text?: string };
  };
  const bridge = (
    globalThis as unknown as {
      beckon: { send(message: unknown): void; onMessage(listener: (message: unknown) => void): () => void };
    }
  ).beckon;
  const base = 2_000_000 + Math.floor(Math.random() * 1_000_000_000);
  const began = performance.now();
  const firsts = Array.from({ length: count }, () => 0);
  let open = count;
  return new Promise((resolve, reject) => {
    const stop = bridge.onMessage((message) => {
      const { id, kind, value, error, part } = message as Frame;
      const at = Math.floor((id - base) / 2);
      if (at < 0 || at >= count) return;
      if (kind === 'error') reject(new Error(JSON.stringify(error)));
      if (kind === 'value' && value !== undefined)
        bridge.send({ kind: 'open', id: base + at * 2 + 1, name: 'run.attach', input: { runId: value.runId } });
      if ((part?.type === 'text-delta' || part?.type === 'run-caught-up') && part.text !== '')
        firsts[at] ||= performance.now() - began;
      if (kind !== 'end' && kind !== 'aborted') return;
      open -= 1;
      if (open > 0) return;
      stop();
      resolve(firsts);
    });
    for (let at = 0; at < count; at += 1) {
      const input = {
        conversationId: null,
        text: `Question ${at}: a few words about the sea.`,
        modelId: model,
        editsMessageId: null,
      };
      bridge.send({ kind: 'request', id: base + at * 2, name: 'run.start', input });
    }
  });
}
