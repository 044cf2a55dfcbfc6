import { expect, it } from 'vitest';
import type { Job } from '../../../contract/job.ts';
import { starterStep } from '../../../renderer/overlay/starter-step.ts';

it('offers for the first model what helps: to pause it, to go on, to try again, or nothing while it is checked', () => {
  const jobs = [
    { status: 'running', allows: ['pause', 'cancel'] },
    { status: 'paused', allows: ['resume', 'cancel'] },
    { status: 'failed', allows: ['resume', 'cancel'] },
    { status: 'running', stage: 'checking', allows: ['cancel'] },
  ] as const;
  const steps = jobs.map((job) => starterStep(job as unknown as Job, false));
  expect(steps).toEqual(['pause', 'resume', 'retry', null]);
  expect([starterStep(null, true), starterStep(null, false)]).toEqual(['retry', null]);
});
