import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Job, jobsStateSchema } from '../../contract/job.ts';
import { Jobs } from '../../core/jobs/jobs.ts';
import type { Work } from '../../core/jobs/work.ts';
import { sleep, waitFor } from './processes.ts';

export interface WorkStage {
  /** Work that stands still in its middle until it is let go on. */
  readonly work: Work;
  /** Lets it come to its end, from now on without standing still. */
  readonly goOn: () => void;
  /** Names of what the work has put somewhere that is not its result. */
  readonly left: () => readonly string[];
  /** Whether its result is there and right. */
  readonly isThere: () => boolean;
  readonly close: () => Promise<void>;
}

/** A cancelled job has let go of everything within 200 ms: ten beats, and a few for what else the machine does. */
const beatMs = 20;
const seenBeats = 10 + 5;

interface Attempt {
  readonly signal: AbortSignal;
  isOver: boolean;
}

/** Time as this process gets it: a machine that is busy elsewhere delays the beats as it delays the work. */
async function beatsUntil(isOver: () => boolean): Promise<number> {
  let beats = 0;
  while (!isOver()) {
    await sleep(beatMs);
    beats += 1;
  }
  return beats;
}

/** Notes how a work is run, and lets nothing pass that no job may do. */
function watched(work: Work): { readonly work: Work; readonly attempts: Attempt[]; readonly faults: string[] } {
  const attempts: Attempt[] = [];
  const faults: string[] = [];
  const isRunning = () => attempts.some(({ isOver }) => !isOver);
  const run: Work['run'] = async (signal, onProgress) => {
    if (isRunning()) faults.push('two attempts at a time');
    const attempt: Attempt = { signal, isOver: false };
    attempts.push(attempt);
    await work.run(signal, onProgress).finally(() => {
      attempt.isOver = true;
    });
  };
  const discard = async () => {
    if (isRunning()) faults.push('cleared away under its hands');
    await work.discard();
  };
  return { work: { ...work, run, discard }, attempts, faults };
}

/** What every kind of long work has to do as a job, whatever it is counted in. */
export function describeWork(open: () => Promise<WorkStage>): void {
  let stage: WorkStage;
  let jobs: Jobs;
  let seen: ReturnType<typeof watched>;
  let ends: string[];

  beforeEach(async () => {
    stage = await open();
    jobs = new Jobs();
    seen = watched(stage.work);
    ends = [];
    let ended: readonly Job[] = [];
    jobs.state.subscribe(() => {
      const { value } = jobs.state;
      expect(() => jobsStateSchema.parse(value)).not.toThrow();
      for (const { amount, total } of [...value.jobs, ...value.ended])
        if (total !== null && amount > total) seen.faults.push(`${amount} of ${total}`);
      for (const job of value.ended) if (!ended.includes(job)) ends.push(job.status);
      ended = value.ended;
    });
  });

  afterEach(async () => {
    jobs.dispose();
    await settled();
    await stage.close();
    expect(seen.faults).toEqual([]);
    for (const { signal } of seen.attempts) expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  const job = () => jobs.state.value.jobs[0];
  const inTheMiddle = () => waitFor('it is in its middle', () => (job()?.amount ?? 0) > 0);
  const settled = () => waitFor('the attempt is over', () => seen.attempts.every(({ isOver }) => isOver));

  it('ends once, with all of it done, and lets go of everything it listened to', async () => {
    const id = jobs.start(seen.work);
    await inTheMiddle();
    expect(jobs.start(seen.work)).toBe(id);
    stage.goOn();
    await waitFor('it has ended', () => ends.length > 0);
    await settled();
    expect(ends).toEqual(['done']);
    const [ended] = jobs.state.value.ended;
    expect(ended).toMatchObject({ id, status: 'done', amount: ended?.total ?? ended?.amount, allows: [], rate: 0 });
    expect(jobs.state.value.jobs).toEqual([]);
    expect([stage.isThere(), stage.left()]).toEqual([true, []]);
    expect(() => jobs.pause(id)).toThrow(expect.objectContaining({ code: 'job/not-found' }));
  });

  it('sees within 200 ms that it is cancelled, and leaves nothing', async () => {
    const id = jobs.start(seen.work);
    await inTheMiddle();
    expect(job()?.allows).toContain('cancel');
    const cleared = jobs.cancel(id);
    expect([ends, jobs.state.value.jobs]).toEqual([['stopped'], []]);
    expect(await beatsUntil(() => seen.attempts.every(({ isOver }) => isOver))).toBeLessThanOrEqual(seenBeats);
    await cleared;
    expect([stage.isThere(), stage.left(), ends]).toEqual([false, [], ['stopped']]);
  });

  it('is done anew when it is wanted again while what it left is still cleared away', async () => {
    const id = jobs.start(seen.work);
    await inTheMiddle();
    const cleared = jobs.cancel(id);
    stage.goOn();
    jobs.start(seen.work);
    expect(jobs.state.value.ended).toEqual([]);
    await cleared;
    await waitFor('it has ended', () => ends.length > 1);
    expect([ends, stage.isThere(), stage.left()]).toEqual([['stopped', 'done'], true, []]);
  });

  it('keeps what it has done while it is paused, or says that it cannot be', async () => {
    const id = jobs.start(seen.work);
    await inTheMiddle();
    if (!job()?.allows.includes('pause')) {
      expect(() => jobs.pause(id)).toThrow(expect.objectContaining({ code: 'job/not-now' }));
      expect(job()?.status).toBe('running');
      return;
    }
    jobs.pause(id);
    const paused = job();
    expect(paused).toMatchObject({ status: 'paused', allows: ['resume', 'cancel'], rate: 0, leftMs: null });
    // No moment lies between the two: the attempt before has not let go yet.
    stage.goOn();
    jobs.resume(id);
    expect(job()).toMatchObject({ status: 'running', amount: paused?.amount });
    await waitFor('it has ended', () => ends.length > 0);
    expect([ends, stage.isThere(), stage.left()]).toEqual([['done'], true, []]);
  });
}
