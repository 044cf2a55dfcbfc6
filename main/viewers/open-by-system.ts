import { spawn } from 'node:child_process';

/** What refuses a file ends soon; what still runs by then is the viewer itself. */
const patienceMs = 4000;

/**
 * Opens a file by what a Linux desktop has for it, in a process that outlives Beckon; answers why not, or nothing. Electron's own way
 * waits for that process in main's thread: without a desktop environment it is the viewer, and all of Beckon stood still until it was closed.
 */
export function openBySystem(
  path: string,
  environment: NodeJS.ProcessEnv,
  patience: number = patienceMs,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('xdg-open', [path], { env: environment, detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(''), patience);
    const settle = (refused: string) => {
      clearTimeout(timer);
      resolve(refused);
    };
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(code === 0 ? '' : `xdg-open ended with ${code ?? signal}`));
    child.unref();
  });
}
