import { type ChildProcess, spawn } from 'node:child_process';
import { isAlive, processTree, sleep } from '../../tests/support/processes.ts';

/** A program that waits for its keys; dispose it to end it and everything it started. */
export interface Subject {
  readonly name: string;
  readonly pid: number;
  /** Keys that bring it up and send it away, as keysym names joined by `+`. */
  readonly keys: string;
  readonly dismiss: string;
  stop(): Promise<void>;
}

/** Ends a process and all it started: asked first, then by force. */
export async function endTree(pid: number, patienceMs = 3000): Promise<void> {
  const pids = processTree(pid).map((entry) => entry.pid);
  if (isAlive(pid)) process.kill(pid, 'SIGTERM');
  const end = Date.now() + patienceMs;
  while (Date.now() < end && pids.some(isAlive)) await sleep(25);
  for (const each of pids) if (isAlive(each)) process.kill(each, 'SIGKILL');
  while (pids.some(isAlive)) await sleep(10);
}

/** Starts a program with no output of its own; a program that is missing or ends at once is an error. */
export async function startQuietly(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn(command, args, { env, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
  });
  if (child.pid === undefined) throw new Error(`${command} has no process id`);
  return child as ChildProcess & { readonly pid: number };
}
