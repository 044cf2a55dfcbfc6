import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { endedJobLimit, type Job, type JobRequest, type JobsState } from '../../contract/job.ts';
import { StateSource } from '../../wire/state-source.ts';
import { OpenJob } from './open-job.ts';
import type { Work } from './work.ts';

/** Long work as the person sees it: it goes on while windows close, and can be asked what it allows. */
export class Jobs implements Disposable {
  readonly state = new StateSource<JobsState>({ jobs: [], ended: [] });
  readonly #now: () => number;
  readonly #open = new Map<string, OpenJob>();
  /** What stopped work still clears away, by the id of the work. */
  readonly #clearing = new Map<string, Promise<void>>();
  #ended: readonly Job[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isBusy(): boolean {
    return [...this.#open.values()].some((job) => job.is === 'running');
  }

  /** Starts or continues work; answers the id of its job. */
  start(work: Work): string {
    const known = this.#open.get(work.id);
    if (known?.is === 'running') return work.id;
    const job = known ?? this.#create(work);
    this.#ended = this.#ended.filter(({ id }) => id !== work.id);
    job.run(work);
    return work.id;
  }

  /** Throws `job/not-found` and `job/not-now`, as the others do; what is paused already stays so. */
  pause(id: string): void {
    const job = this.#need(id);
    if (job.is === 'paused') return;
    need(job, 'pause');
    job.pause();
  }

  resume(id: string): void {
    const job = this.#need(id);
    if (job.is !== 'running') job.run();
  }

  /** Ends work and removes what it left; resolves when that is done. */
  async cancel(id: string): Promise<void> {
    const job = this.#need(id);
    need(job, 'cancel');
    const stopped = job.stop();
    const clearing = stopped.catch(() => {});
    this.#clearing.set(id, clearing);
    await clearing;
    if (this.#clearing.get(id) === clearing) this.#clearing.delete(id);
    await stopped;
  }

  /** Stops everything; what can be continued stays for the next start. */
  dispose(): void {
    for (const job of this.#open.values()) job.abandon();
    this.#open.clear();
  }

  #create(work: Work): OpenJob {
    const after = this.#clearing.get(work.id) ?? Promise.resolve();
    const job = new OpenJob(work, after, this.#now, () => this.#changed(work.id, job));
    this.#open.set(work.id, job);
    return job;
  }

  #changed(id: string, job: OpenJob): void {
    if (this.#open.get(id) !== job) return;
    if (job.hasEnded) {
      this.#open.delete(id);
      this.#ended = [...this.#ended, job.describe()].slice(-endedJobLimit);
    }
    this.state.update({ jobs: [...this.#open.values()].map((open) => open.describe()), ended: this.#ended });
  }

  #need(id: string): OpenJob {
    const job = this.#open.get(id);
    if (job === undefined) throw new AppError('job/not-found', `no job ${id}`);
    return job;
  }
}

function need(job: OpenJob, request: JobRequest): void {
  if (!job.allows.includes(request)) throw new AppError('job/not-now', `${request} of a job that is ${job.is}`);
}
