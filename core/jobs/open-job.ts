import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Job, JobRequest } from '../../contract/job.ts';
import { Pace } from './pace.ts';
import type { Work, WorkProgress } from './work.ts';

type Status =
  | { readonly is: 'running' | 'paused' | 'done' | 'stopped' }
  | { readonly is: 'failed'; error: AppErrorShape };

const reportMs = 200;
const retryAfterMs = 2000;

/** One job from its start to its end, over all its attempts, of which one at most is under way. */
export class OpenJob {
  readonly #now: () => number;
  readonly #onChange: () => void;
  #work: Work;
  #status: Status = { is: 'running' };
  #progress: WorkProgress = { amount: 0, stage: 'working', source: null };
  #total: number | null;
  #pace = new Pace();
  #reportedAt = Number.NEGATIVE_INFINITY;
  #abort = new AbortController();
  #settled: Promise<void>;

  /** `after`: what must be over before the work may begin. `onChange` is called when the job looks different. */
  constructor(work: Work, after: Promise<void>, now: () => number, onChange: () => void) {
    this.#work = work;
    this.#total = work.total;
    this.#settled = after;
    this.#now = now;
    this.#onChange = onChange;
  }

  get is(): Status['is'] {
    return this.#status.is;
  }

  get hasEnded(): boolean {
    return this.is === 'done' || this.is === 'stopped';
  }

  get allows(): readonly JobRequest[] {
    if (this.hasEnded) return [];
    return this.is === 'running' ? this.#work.allows[this.#progress.stage] : ['resume', 'cancel'];
  }

  describe(): Job {
    const { id, task, title, unit } = this.#work;
    const { stage, source, amount } = this.#progress;
    const total = this.#total;
    const isRunning = this.is === 'running';
    const rate = isRunning ? this.#pace.rate : 0;
    const leftMs = isRunning ? this.#pace.leftMs(amount, total) : null;
    const allows = [...this.allows];
    const job = { id, task, title, unit, stage, amount, total, rate, leftMs, source, allows };
    const status = this.#status;
    return status.is === 'failed'
      ? { ...job, status: 'failed', error: status.error }
      : { ...job, status: status.is, error: null };
  }

  /** Starts the work, or goes on with it once the attempt before has let go. */
  run(work: Work = this.#work): void {
    this.#work = work;
    this.#abort = new AbortController();
    this.#pace = new Pace();
    this.#total = work.total ?? this.#total;
    this.#progress = { ...this.#progress, amount: this.#keptAmount(), stage: 'working' };
    const { signal } = this.#abort;
    this.#settled = this.#settled.then(() => this.#attempt(signal));
    this.#become({ is: 'running' });
  }

  pause(): void {
    this.#abort.abort();
    this.#become({ is: 'paused' });
  }

  /** Is stopped for everybody at once; resolves when the work has let go and what it left is removed. */
  async stop(): Promise<void> {
    this.#become({ is: 'stopped' });
    this.#abort.abort();
    await this.#settled;
    await this.#work.discard();
  }

  /** Lets the work stop where it is, and tells nobody any more. */
  abandon(): void {
    this.#status = { is: 'stopped' };
    this.#abort.abort();
  }

  /** What the next attempt goes on from, as far as that is known before it tells. */
  #keptAmount(): number {
    const { amount, stage } = this.#progress;
    const isKept = stage === 'working' && this.#work.allows.working.includes('pause');
    return isKept ? Math.min(amount, this.#total ?? amount) : 0;
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.hasEnded) return;
    try {
      await this.#work.run(signal, (progress) => {
        if (!signal.aborted) this.#take(progress);
      });
      if (this.hasEnded) return;
      // What was paused a moment too late is done all the same.
      this.#progress = { ...this.#progress, amount: this.#total ?? this.#progress.amount };
      this.#become({ is: 'done' });
    } catch (error) {
      if (!signal.aborted) this.#become({ is: 'failed', error: failureOf(error, this.#work) });
    }
  }

  #take({ amount, total, stage, source }: WorkProgress): void {
    this.#total = total ?? this.#total;
    const within = Math.max(0, Math.min(Math.round(amount), this.#total ?? Number.POSITIVE_INFINITY));
    const isOtherStage = stage !== this.#progress.stage;
    if (isOtherStage) this.#pace = new Pace();
    const now = this.#now();
    this.#pace.add(now, within);
    this.#progress = { amount: within, stage, source: source ?? this.#progress.source };
    if (!isOtherStage && now - this.#reportedAt < reportMs) return;
    this.#reportedAt = now;
    this.#onChange();
  }

  #become(status: Status): void {
    this.#status = status;
    this.#onChange();
  }
}

/** Work that fails by what no person knows a sentence for fails as what it is. */
function failureOf(error: unknown, { failsAs }: Work): AppErrorShape {
  const shape = toErrorShape(error);
  if (shape.code !== 'app/internal' && shape.code !== 'app/not-connected') return shape;
  return { code: failsAs, message: shape.message, action: 'try-again', retry: { afterMs: retryAfterMs } };
}
