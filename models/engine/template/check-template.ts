import { spawn } from 'node:child_process';
import { Patience } from '../patience.ts';
import { templateFailed } from './limits.ts';

/** What the checking process says: that it begins, and how it went. */
export type TemplateVerdict =
  | { readonly type: 'ready' }
  | { readonly type: 'fits' }
  /** More is written than a chat can need, or deeper gone. */
  | { readonly type: 'too-much' };

/** The argument that tells `entry` to answer checks, and nothing else. */
export const checksTemplates = 'check-template';
/** From when the process is ready; real templates take some milliseconds. */
const checkMs = 4000;
/** To load the library it renders with: without a verdict, each use has its own limit still. */
const startMs = 30_000;
/** Beyond it V8 ends the whole process, also where it is that of a thread alone: hence a process. */
const heapMegabytes = 256;

/**
 * Renders sample chats with a template in a process that is ended when it takes too long or too much memory. `entry` is the
 * file that runs `answerTemplateChecks` when it is asked to. Rejects with `model/template`.
 */
export async function checkTemplate(template: string, entry: string): Promise<void> {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, entry, checksTemplates], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isReady = false;
  let patience = new Patience(child.pid ?? null, () => startMs, resolve);
  child.on('message', ({ type }: TemplateVerdict) => {
    if (type === 'fits') resolve();
    else if (type === 'too-much') reject(templateFailed('it writes or nests far more than messages need'));
    else {
      isReady = true;
      patience.dispose();
      const over = () => reject(templateFailed(`it did not end within ${checkMs} ms`));
      patience = new Patience(child.pid ?? null, () => checkMs, over);
    }
  });
  child.on('error', () => resolve());
  // Dead of it: for lack of memory, or at the bottom of the stack.
  child.on('exit', () => (isReady ? reject(templateFailed('it needs too much memory')) : resolve()));
  child.send({ template }, () => {});
  try {
    await promise;
  } finally {
    patience.dispose();
    child.kill('SIGKILL');
  }
}
