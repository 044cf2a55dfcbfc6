import { expect, it } from 'vitest';
import type { Job } from '../../../contract/model.ts';
import { starterStep } from '../../../renderer/overlay/starter-step.ts';

it('offers for the first model what helps: to pause it, to go on, to try again, or nothing while it is checked', () => {
  const steps = (['running', 'paused', 'failed', 'checking'] as const).map((status) =>
    starterStep({ status } as Job, false),
  );
  expect(steps).toEqual(['pause', 'resume', 'retry', null]);
  expect([starterStep(null, true), starterStep(null, false)]).toEqual(['retry', null]);
});
