import type { ChildProcess } from 'node:child_process';
import * as z from 'zod';
import type { Disposable } from '../../contract/disposable.ts';
import { startProgram } from '../../process/start-program.ts';
import type { Log } from '../ports.ts';
import { type CareJob, lastCopy, lastFullCheck } from './care.ts';

export interface CaretakerOptions {
  readonly path: string;
  readonly node: string;
  readonly entry: string;
  readonly log: Log;
  /** The file was left open by a process that died: it is read whole soon. */
  readonly wasLeftOpen: boolean;
  /** Called, at a moment when no transaction is open, when the file turned out to be damaged. */
  readonly onDamaged: () => void;
  /** Called when the disk gave errors. */
  readonly onFailing: () => void;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const firstMs = 60_000;
const afterDeathMs = 8000;
const everyMs = hourMs / 2;
const copyAfterMs = 4 * hourMs;
const timeLimitMs = 10 * 60_000;
/** A person at a terminal waits for it. */
const atTheEndMs = 10_000;

const resultSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('damaged'), detail: z.string() }),
  z.strictObject({ status: z.literal('failing'), detail: z.string() }),
  z.strictObject({ status: z.literal('sound'), copied: z.boolean() }),
  z.strictObject({ status: z.literal('failed'), detail: z.string() }),
]);

/** Has the database checked and copied now and then, by a process of its own that core never waits for. */
export class Caretaker implements Disposable {
  readonly #options: CaretakerOptions;
  #timer: NodeJS.Timeout | null = null;
  #child: ChildProcess | null = null;
  #disposed = false;

  constructor(options: CaretakerOptions) {
    this.#options = options;
  }

  /** From now on until disposal. */
  start(): void {
    this.#later(this.#options.wasLeftOpen ? afterDeathMs : firstMs, this.#options.wasLeftOpen);
  }

  /** For a process that ends soon: a copy, when the newest is more than a day old. */
  async beforeEnd(): Promise<void> {
    if (this.#disposed || Date.now() - lastCopy(this.#options.path) < dayMs) return;
    await this.run({ path: this.#options.path, fullCheck: false, copyAfterMs: dayMs }, atTheEndMs);
  }

  /** One round. Never fails: what could not be done is tried at the next. */
  run(job: CareJob, limitMs = timeLimitMs): Promise<void> {
    const { node, entry, log, onDamaged, onFailing } = this.#options;
    const child = startProgram({ node, entry, args: [JSON.stringify(job)], network: 'on' });
    this.#child = child;
    return new Promise((resolve) => {
      const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
      child.on('message', (message) => {
        const { data: result } = resultSchema.safeParse(message);
        const detail = result === undefined || result.status === 'sound' ? '' : result.detail;
        log.write('database-care', { status: result?.status ?? 'unknown', detail });
        if (result?.status === 'damaged' && !this.#disposed) onDamaged();
        if (result?.status === 'failing') onFailing();
      });
      child.once('close', () => {
        clearTimeout(limit);
        this.#child = null;
        resolve();
      });
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }

  #later(ms: number, suspicious: boolean): void {
    this.#timer = setTimeout(async () => {
      const { path } = this.#options;
      await this.run({ path, copyAfterMs, fullCheck: suspicious || Date.now() - lastFullCheck(path) > dayMs });
      if (!this.#disposed) this.#later(everyMs, false);
    }, ms);
    this.#timer.unref();
  }
}
