import { Worker } from 'node:worker_threads';
import { templateFailed } from './limits.ts';

/** What the checking thread says: that it begins, and how it went. */
export type TemplateVerdict =
  | { readonly type: 'ready' }
  | { readonly type: 'fits' }
  /** More is written than a chat can need, or deeper gone. */
  | { readonly type: 'too-much' };

/** From when the thread is ready; real templates take some milliseconds. */
const checkMs = 5000;
/** To load the library it renders with: without a verdict, each use has its own limit still. */
const startMs = 30_000;
const heapMegabytes = 192;

/**
 * Renders sample chats with a template in a thread that is ended when it takes too long or too much memory. `entry` is the
 * file that runs `answerTemplateChecks` where it is not the main thread. Rejects with `model/template`.
 */
export async function checkTemplate(template: string, entry: string): Promise<void> {
  const worker = new Worker(entry, {
    workerData: { template },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32 },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let timer = setTimeout(resolve, startMs);
  worker.on('message', ({ type }: TemplateVerdict) => {
    if (type === 'fits') resolve();
    else if (type === 'too-much') reject(templateFailed('it writes or nests far more than messages need'));
    else {
      clearTimeout(timer);
      timer = setTimeout(() => reject(templateFailed(`it did not end within ${checkMs} ms`)), checkMs);
    }
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') reject(templateFailed('it needs too much memory'));
    else resolve();
  });
  worker.on('exit', () => resolve());
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    // Its end is not waited for: a single step of a program may take long.
    void worker.terminate();
  }
}
