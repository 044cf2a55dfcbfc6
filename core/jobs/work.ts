import type { neededValues } from '../../contract/error-values.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { JobRequest, JobStage, JobTask, WorkUnit } from '../../contract/job.ts';

export interface WorkProgress {
  /** How much of this stage is done, in the unit of the work. */
  readonly amount: number;
  /** Where the total is only known on the way, or has changed. */
  readonly total?: number;
  readonly stage: JobStage;
  /** Host that the bytes come from; null when they come from none. */
  readonly source: string | null;
}

/** Something long that core does, whatever it is counted in. */
export interface Work {
  /** Work of one id is one job: it never runs twice at a time. */
  readonly id: string;
  readonly task: JobTask;
  /** For a person. */
  readonly title: string;
  readonly unit: WorkUnit;
  /** Null while nobody knows it. */
  readonly total: number | null;
  /** What can be asked of it while it runs. Work that can be paused keeps what it has done, and goes on from there. */
  readonly allows: Readonly<Record<JobStage, readonly Exclude<JobRequest, 'resume'>[]>>;
  /** What is said when it fails by anything but an error that a person knows. */
  readonly failsAs: Exclude<ErrorCode, keyof typeof neededValues>;
  /**
   * Does it, from where an earlier try stopped when it can. Rejects within 200 ms when `signal` aborts, and touches nothing
   * any more once it has settled.
   */
  run(signal: AbortSignal, onProgress: (progress: WorkProgress) => void): Promise<void>;
  /** Removes what work that was stopped has left; never called while it runs. */
  discard(): Promise<void>;
}
