import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeldUp } from '../../models/engine/held-up.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import { endedForMemory, memoryKills } from '../../process/memory-kills.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { collect, input } from '../support/language-model-suite.ts';
import { isAlive, waitFor } from '../support/processes.ts';

const entry = join(checkout, 'tests', 'fakes', 'stuck-engine.ts');
/** As the product's, but short: a process that starts takes longer than some of them, and is not counted. */
const limits = { base: 2500, perGigabyte: 0, blocked: 2500, shortestInTheWay: 1000, shortestAfterCancel: 500 };

describe('an engine that stands still', () => {
  let models: LocalModels;
  const log: string[] = [];

  beforeEach(() => {
    log.length = 0;
    models = new LocalModels({
      node: nodeExecutable,
      entry,
      idleMinutes: () => 0,
      log: (line) => log.push(line),
      limits,
    });
  });
  afterEach(() => models.dispose());

  const model = (name: string) =>
    models.model({ id: name, name, path: `/models/${name}`, cacheBytesPerToken: null, thinking: 'none' });
  const ask = (name: string, signal?: AbortSignal) => collect(model(name), input('Hello.'), signal ? { signal } : {});
  const good = async () => expect((await ask('good')).text).toBe('Good.');

  it.each(['load', 'block-load', 'answer', 'block'])(
    'in "%s" is ended in time and told, and the next question is answered by another model',
    async (name) => {
      expect((await ask(name)).last).toMatchObject({ type: 'failure', error: { code: 'model/stuck' } });
      expect(models.state.value).toMatchObject({ status: 'failed', error: { code: 'model/stuck' } });
      await good();
    },
  );

  it.each(['load', 'block-load', 'answer', 'block', 'cancel'])(
    'in "%s" is free as soon as the person cancels: the next question does not wait for it',
    async (name) => {
      const stop = new AbortController();
      const asked = ask(name, stop.signal);
      const state = name.includes('load') ? 'loading' : 'generating';
      await waitFor('it is at work', () => models.state.value.status === state);
      stop.abort();
      expect((await asked).last).toMatchObject({ type: 'aborted' });
      const begun = performance.now();
      await good();
      expect(performance.now() - begun).toBeLessThan(6000);
    },
  );

  it.each(['answer', 'block'])('in "%s" makes room sooner when another model is asked meanwhile', async (name) => {
    const stuck = ask(name);
    await waitFor('it is at work', () => models.state.value.status === 'generating');
    await good();
    expect((await stuck).last).toMatchObject({ type: 'failure', error: { code: 'model/stuck' } });
  });

  it('and was ended leaves no process', async () => {
    await model('block').warm();
    const id = models.processId ?? 0;
    const asked = ask('block');
    await asked;
    await waitFor('it is gone', () => !isAlive(id));
  });

  it('for a moment, again and again, is slow and not stuck', async () => {
    expect((await ask('late')).text).toBe('slowly slowly slowly slowly slowly Good.');
    expect(log).toEqual([]);
  });

  it('or dies with one file is still started for another: three deaths of one open no circuit for the rest', async () => {
    for (let round = 0; round < 3; round += 1)
      expect((await ask('die')).last).toMatchObject({ error: { code: 'model/crashed' } });
    expect((await ask('die')).last).toMatchObject({ error: { code: 'model/keeps-crashing' } });
    await good();
  });
});

describe.runIf(process.platform === 'linux')('a process on a busy machine', () => {
  const started: ChildProcess[] = [];
  const start = (command: string, ...args: string[]) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    started.push(child);
    return child.pid ?? 0;
  };
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('is known to have waited for a processor, and one that sleeps not to have', async () => {
    const busy = ['-c', '0', 'nice', '-n', '19', nodeExecutable, '-e', 'while (true);'];
    const [one, other, asleep] = [start('taskset', ...busy), start('taskset', ...busy), start('sleep', '60')];
    const waits = [one, other, asleep].map((id) => new HeldUp(id));
    const sums = [0, 0, 0];
    await expect
      .poll(
        () => {
          for (const [at, wait] of waits.entries()) sums[at] = (sums[at] ?? 0) + (wait.sinceLast() ?? 0);
          return Math.min(sums[0] ?? 0, sums[1] ?? 0);
        },
        { timeout: 9000, interval: 100 },
      )
      .toBeGreaterThan(800);
    expect(sums[2]).toBeLessThan(100);
  });
});

describe('the end of a process', () => {
  const end = { signal: null, killsBefore: 4, killsAfter: 4, lastWords: [], platform: 'linux' } as const;

  it('is for lack of memory when the system counted a kill of that kind, or its own heap was full', () => {
    expect(endedForMemory({ ...end, signal: 'SIGKILL', killsAfter: 5 })).toBe(true);
    expect(endedForMemory({ ...end, signal: 'SIGKILL', platform: 'darwin' })).toBe(true);
    const lastWords = ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'];
    expect(endedForMemory({ ...end, signal: 'SIGABRT', lastWords })).toBe(true);
  });

  it('is not when somebody else killed it, or it failed', () => {
    expect(endedForMemory({ ...end, signal: 'SIGKILL' })).toBe(false);
    expect(endedForMemory({ ...end, signal: 'SIGKILL', killsBefore: null, killsAfter: null })).toBe(false);
    expect(endedForMemory({ ...end, signal: 'SIGSEGV', killsAfter: 5 })).toBe(false);
    expect(endedForMemory({ ...end, signal: null })).toBe(false);
  });

  it('is counted by this system where it is Linux', () => {
    if (process.platform === 'linux') expect(memoryKills()).toBeGreaterThanOrEqual(0);
  });
});
