import type { Disposable } from '../../contract/disposable.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { CatalogueRow, Job } from '../../contract/model.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Fetch } from './http-file.ts';
import { removeParts, type TransferProgress, transferModel } from './transfer.ts';

export interface ModelDownloadsOptions {
  readonly folder: string;
  readonly fetch: Fetch;
  readonly onInstalled: (row: CatalogueRow, path: string) => void;
}

interface Running {
  readonly row: CatalogueRow;
  readonly abort: AbortController;
  job: Job;
}

const reportMs = 200;
/** Speed is taken over this time, so that it neither jumps nor lags. */
const rateMs = 3000;

/** Downloads as jobs: they go on while windows close, can be paused, and continue after a restart. */
export class ModelDownloads implements Disposable {
  readonly state = new StateSource<{ readonly jobs: readonly Job[] }>({ jobs: [] });
  readonly #options: ModelDownloadsOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: ModelDownloadsOptions) {
    this.#options = options;
  }

  /** Starts or continues the download of a row; answers the id of its job. */
  start(row: CatalogueRow): string {
    const id = `download:${row.id}`;
    const known = this.#running.get(id);
    if (known !== undefined && (known.job.status === 'running' || known.job.status === 'checking')) return id;
    const running: Running = {
      row,
      abort: new AbortController(),
      job: {
        id,
        kind: 'model-download',
        purpose: row.purpose,
        modelId: row.id,
        title: row.name,
        status: 'running',
        doneBytes: known?.job.doneBytes ?? 0,
        totalBytes: row.bytes,
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
    this.start(this.#need(id).row);
  }

  /** Stops a download and removes what it left. */
  async cancel(id: string): Promise<void> {
    const running = this.#need(id);
    running.abort.abort();
    this.#running.delete(id);
    this.#publish();
    await removeParts(running.row, this.#options.folder);
  }

  /** Stops everything; part files stay for the next start. */
  dispose(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  async #run(running: Running): Promise<void> {
    const { row, abort } = running;
    let rate = new Rate();
    let reportedAt = 0;
    const onProgress = ({ doneBytes: exactBytes, checking, source }: TransferProgress) => {
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
      const { folder, fetch, onInstalled } = this.#options;
      const path = await transferModel({ row, folder, fetch, signal: abort.signal, onProgress });
      onInstalled(row, path);
      this.#change(running, { status: 'done', doneBytes: row.bytes, bytesPerSecond: 0 });
      this.#running.delete(running.job.id);
      this.#publish();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#change(running, { status: 'failed', bytesPerSecond: 0, error: withoutBug(error) });
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

function withoutBug(error: unknown): AppErrorShape {
  const shape = toErrorShape(error);
  if (shape.code !== 'app/internal') return shape;
  return { code: 'download/interrupted', message: shape.message, action: 'try-again', retry: { afterMs: 2000 } };
}
