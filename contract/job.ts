import * as z from 'zod';
import { appErrorSchema } from './error-shape.ts';
import { modelPurposeSchema } from './model.ts';
import type { Shape } from './shape.ts';

/** What work is counted in. `part`: a piece of a long text; `entry`: one of many things, such as a file of a folder. */
export const workUnits = ['byte', 'page', 'part', 'entry'] as const;
export const workUnitSchema = z.enum(workUnits);
export type WorkUnit = z.infer<typeof workUnitSchema>;

/** What is being done: the work itself, or making sure of what came out. Each stage counts from 0 to the total. */
export const jobStageSchema = z.enum(['working', 'checking']);
export type JobStage = z.infer<typeof jobStageSchema>;

export const jobRequestSchema = z.enum(['pause', 'resume', 'cancel']);
export type JobRequest = z.infer<typeof jobRequestSchema>;

const aboutModel = { modelId: z.string(), purpose: modelPurposeSchema };

/** What a job does, and to what. */
export const jobTaskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model-download'), ...aboutModel }),
  z.strictObject({ kind: z.literal('fast-copy'), ...aboutModel }),
  z.strictObject({ kind: z.literal('sight-download'), modelId: z.string() }),
]);
export type JobTask = Shape<typeof jobTaskSchema>;

const job = {
  /** Names the work: what is tried again keeps it. */
  id: z.string(),
  task: jobTaskSchema,
  /** For a person; it may come from outside. */
  title: z.string(),
  stage: jobStageSchema,
  unit: workUnitSchema,
  amount: z.number().min(0),
  /** Never less than the amount; null while nobody knows it. */
  total: z.number().min(0).nullable(),
  /** Units a second over the last seconds; 0 when nothing moves. */
  rate: z.number().min(0),
  /** Milliseconds to the end of the stage at that rate; null when that cannot be told. */
  leftMs: z.number().min(0).nullable(),
  /** Host that the work gets its bytes from, for the person to see. */
  source: z.string().nullable(),
  /** What can be asked of it now, as the work itself states. */
  allows: z.array(jobRequestSchema),
};

/**
 * Long work that core owns: it survives the window that started it. It ends once: `done`, `stopped` by the person, or
 * `failed`; a failed one can be tried again, which makes it run anew.
 */
export const jobSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...job, status: z.enum(['running', 'paused', 'done', 'stopped']), error: z.null() }),
  z.strictObject({ ...job, status: z.literal('failed'), error: appErrorSchema }),
]);
export type Job = Shape<typeof jobSchema>;

/** Most ends that are remembered. */
export const endedJobLimit = 20;

export const jobsStateSchema = z.strictObject({
  /** Jobs of which something can be asked: running, paused or failed. */
  jobs: z.array(jobSchema),
  /** The last ones that are done or stopped, the newest last. */
  ended: z.array(jobSchema).max(endedJobLimit),
});
export type JobsState = Shape<typeof jobsStateSchema>;
