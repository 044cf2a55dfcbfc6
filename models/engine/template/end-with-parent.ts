import { Worker } from 'node:worker_threads';

const lookMs = 250;

/** Runs on a thread of its own: the one that works hears of nothing. Where the parent keeps its number, it is asked for. */
const watch = `
const { parentPort } = require('node:worker_threads');
const parent = process.ppid;
let timer;
function isGone() {
  if (process.ppid !== parent) return true;
  try { process.kill(parent, 0); } catch (error) { return error.code === 'ESRCH'; }
  return false;
}
parentPort.on('message', (works) => {
  clearInterval(timer);
  if (works) timer = setInterval(() => isGone() && process.kill(process.pid, 'SIGKILL'), ${lookMs});
});
`;

/**
 * Gives a function that does work, and ends this process in the middle of it once the process that started this one is gone:
 * what a template does may never end, and a process that does nothing else hears no channel close.
 */
export function endsWithParent(): <Value>(work: () => Value) => Value {
  const thread = new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } });
  thread.unref();
  return (work) => {
    thread.postMessage(true);
    try {
      return work();
    } finally {
      thread.postMessage(false);
    }
  };
}
