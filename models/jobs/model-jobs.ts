import type { Disposable } from '../../contract/disposable.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Job, ModelPurpose } from '../../contract/model.ts';
import { StateSource } from '../../wire/state-source.ts';

export interface WorkProgress {
  readonly doneBytes: number;
  /** Whether everything is there and only has to be put together and checked. */
  readonly checking: boolean;
  /** Host that the bytes come from; null when they come from none. */
  readonly source: string | null;
}

/** Something long that is done for a model. */
export interface ModelWork {
  readonly kind: Job['kind'];
  readonly model: { readonly id: string; readonly name: string; readonly purpose: ModelPurpose };
  readonly totalBytes: number;
  /** Does it, from where an earlier try stopped when it can. Rejects when `signal` aborts. */
  run(signal: AbortSignal, onProgress: (progress: WorkProgress) => void): Promise<void>;
  /** Removes what work that was stopped has left. */
  discard(): Promise<void>;
}

interface Running {
  readonly work: ModelWork;
  readonly abort: AbortController;
  job: Job;
}

const reportMs = 200;
/** Speed is taken over this time, so that it neither jumps nor lags. */
const rateMs = 3000;

/** Long work on models as the person sees it: it goes on while windows close, and can be paused and cancelled. */
export class ModelJobs implements Disposable {
  readonly state = new StateSource<{ readonly jobs: readonly Job[] }>({ jobs: [] });
  readonly #running = new Map<string, Running>();

  /** Starts or continues work; answers the id of its job. Work of the same kind on the same model is the same job. */
  start(work: ModelWork): string {
    const { kind, model, totalBytes } = work;
    const id = `${kind}:${model.id}`;
    const known = this.#running.get(id);
    if (known !== undefined && (known.job.status === 'running' || known.job.status === 'checking')) return id;
    const running: Running = {
      work,
      abort: new AbortController(),
      job: {
        id,
        kind,
        purpose: model.purpose,
        modelId: model.id,
        title: model.name,
        status: 'running',
        doneBytes: known?.job.doneBytes ?? 0,
        totalBytes,
        bytesPerSecond: 0,
        source: null,
        error: null,
      },
    };
    this.#running.set(id, running);
    this.#publish();
    void this.#run(running);
    return id;
  }

  pause(id: string): void {
    const running = this.#need(id);
    running.abort.abort();
    this.#change(running, { status: 'paused', bytesPerSecond: 0 });
  }

  resume(id: string): void {
    this.start(this.#need(id).work);
  }

  /** Stops work and removes what it left. */
  async cancel(id: string): Promise<void> {
    const running = this.#need(id);
    running.abort.abort();
    this.#running.delete(id);
    this.#publish();
    await running.work.discard();
  }

  /** Stops everything; what can be continued stays for the next start. */
  dispose(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  async #run(running: Running): Promise<void> {
    const { work, abort } = running;
    let rate = new Rate();
    let reportedAt = 0;
    const onProgress = ({ doneBytes: exactBytes, checking, source }: WorkProgress) => {
      const now = Date.now();
      const status = checking ? 'checking' : 'running';
      const doneBytes = Math.round(exactBytes);
      if (status !== running.job.status) rate = new Rate();
      rate.add(now, doneBytes);
      if (status === running.job.status && now - reportedAt < reportMs) return;
      reportedAt = now;
      if (!abort.signal.aborted) {
        this.#change(running, {
          status,
          doneBytes,
          bytesPerSecond: rate.perSecond(),
          source: source ?? running.job.source,
        });
      }
    };
    try {
      await work.run(abort.signal, onProgress);
      this.#change(running, { status: 'done', doneBytes: work.totalBytes, bytesPerSecond: 0 });
      this.#running.delete(running.job.id);
      this.#publish();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#change(running, { status: 'failed', bytesPerSecond: 0, error: withoutBug(error, work.kind) });
    }
  }

  #need(id: string): Running {
    const running = this.#running.get(id);
    if (running === undefined) throw new AppError('model/not-found', `no job ${id}`);
    return running;
  }

  #change(running: Running, patch: Partial<Job>): void {
    running.job = { ...running.job, ...patch };
    if (this.#running.get(running.job.id) === running) this.#publish();
  }

  #publish(): void {
    this.state.update({ jobs: [...this.#running.values()].map(({ job }) => job) });
  }
}

class Rate {
  #points: { readonly at: number; readonly bytes: number }[] = [];

  add(at: number, bytes: number): void {
    this.#points.push({ at, bytes });
    while ((this.#points[0]?.at ?? at) < at - rateMs) this.#points.shift();
  }

  perSecond(): number {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return Math.round(((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  }
}

function withoutBug(error: unknown, kind: Job['kind']): AppErrorShape {
  const shape = toErrorShape(error);
  if (shape.code !== 'app/internal' && shape.code !== 'app/not-connected') return shape;
  const code = kind === 'fast-copy' ? 'model/copy-failed' : 'download/interrupted';
  return { code, message: shape.message, action: 'try-again', retry: { afterMs: 2000 } };
}
