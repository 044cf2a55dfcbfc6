import type { Job } from '../../contract/job.ts';

/** A download that is half done, with ten seconds left. */
export const runningJob = {
  id: 'j',
  task: { kind: 'model-download', purpose: 'chat', modelId: 'm' },
  title: 'M',
  status: 'running',
  stage: 'working',
  unit: 'byte',
  amount: 1e9,
  total: 2e9,
  rate: 1e8,
  leftMs: 10_000,
  source: null,
  allows: ['pause', 'cancel'],
  error: null,
} as const satisfies Job;
