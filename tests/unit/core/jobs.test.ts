import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppErrorShape, toErrorShape } from '../../../contract/errors.ts';
import { type Job, jobsStateSchema } from '../../../contract/job.ts';
import { Jobs } from '../../../core/jobs/jobs.ts';
import type { Work } from '../../../core/jobs/work.ts';

type How = 'done' | 'fails' | 'late';

/** Work of ten steps, a turn each, that tells what no job may do to it. `late`: it is done though it was told to stop. */
class Steps {
  readonly faults: string[] = [];
  how: How = 'done';
  #running = 0;
  #done = 0;

  readonly work: Work = {
    id: 'steps',
    task: { kind: 'model-download', modelId: 'm', purpose: 'chat' },
    title: 'Steps',
    unit: 'entry',
    total: 10,
    allows: { working: ['pause', 'cancel'], checking: ['cancel'] },
    failsAs: 'download/interrupted',
    run: async (signal, onProgress) => {
      const { how } = this;
      this.#running += 1;
      if (this.#running > 1) this.faults.push('two attempts at a time');
      try {
        while (this.#done < 10) {
          await turn();
          if (how !== 'late') signal.throwIfAborted();
          if (how === 'fails' && this.#done > 4) throw new Error('a bug');
          this.#done += 1;
          onProgress({ amount: this.#done * 1.5, stage: this.#done > 8 ? 'checking' : 'working', source: null });
        }
      } finally {
        // It still has a file in its hands when it sees the signal.
        await turn();
        this.#running -= 1;
      }
    },
    discard: async () => {
      if (this.#running > 0) this.faults.push('cleared away under its hands');
      await turn();
      this.#done = 0;
    },
  };
}

const ask = fc.constantFrom('start', 'pause', 'resume', 'cancel', 'turn', 'turns');
const how = fc.constantFrom<How>('done', 'fails', 'late');

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await turn();
}

describe('a job', () => {
  it('ends once however it is asked, and its work never runs twice at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(ask, how), { maxLength: 30 }), async (orders) => {
        const steps = new Steps();
        const jobs = new Jobs();
        const ends: Job[] = [];
        let starts = 0;
        jobs.state.subscribe(({ patch }) => {
          const state = jobsStateSchema.parse(jobs.state.value);
          const ids = [...state.jobs, ...state.ended].map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { amount, total } of [...state.jobs, ...state.ended])
            expect(amount).toBeLessThanOrEqual(total ?? 0);
          const last = patch.ended?.at(-1);
          if (last !== undefined) ends.push(last);
        });
        const refused: AppErrorShape['code'][] = [];
        for (const [order, manner] of orders) {
          steps.how = manner;
          const known = jobs.state.value.jobs[0];
          if (order === 'start') {
            if (known === undefined) starts += 1;
            jobs.start(steps.work);
          } else if (order === 'turn') await turn();
          else if (order === 'turns') await turns(40);
          else {
            const asked = Promise.resolve().then(() => jobs[order]('steps'));
            const allowed = known?.allows.includes(order) === true;
            await Promise.race([asked.catch((error) => refused.push(toErrorShape(error).code)), turn()]);
            if (allowed) expect(refused).toEqual([]);
            refused.length = 0;
          }
        }
        steps.how = 'done';
        await turns(60);
        for (const { status } of jobs.state.value.jobs) if (status !== 'running') jobs.resume('steps');
        await turns(200);
        expect(jobs.state.value.jobs).toEqual([]);
        expect(ends.length).toBe(starts);
        expect(steps.faults).toEqual([]);
        jobs.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('that fails by a bug is said to have failed as what it is, and can be tried again or put away', async () => {
    const steps = new Steps();
    steps.how = 'fails';
    const jobs = new Jobs();
    const id = jobs.start(steps.work);
    await turns(30);
    expect(jobs.state.value.jobs).toMatchObject([
      { status: 'failed', error: { code: 'download/interrupted', message: 'a bug' }, allows: ['resume', 'cancel'] },
    ]);
    await jobs.cancel(id);
    expect(jobs.state.value).toMatchObject({ jobs: [], ended: [{ status: 'stopped' }] });
    await expect(jobs.cancel(id)).rejects.toMatchObject({ code: 'job/not-found' });
  });

  it('tells nobody any more once core has let it go', async () => {
    const steps = new Steps();
    const jobs = new Jobs();
    jobs.start(steps.work);
    await turn();
    let told = 0;
    jobs.state.subscribe(() => {
      told += 1;
    });
    jobs.dispose();
    await turns(30);
    expect(told).toBe(0);
  });
});
