import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program to its end with its output shown; resolves with its exit code, which is 128 and the signal's number where
 * a signal ended it, as in a shell. Signals are passed on. With `onError` its standard error goes there instead.
 */
export function run(command, args, { onError, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onError === undefined ? 'inherit' : ['inherit', 'inherit', 'pipe'];
    const child = spawn(command, args, { stdio, ...options });
    child.stderr?.setEncoding('utf8').on('data', onError);
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** What a program prints; null when it cannot be run or fails. */
export function read(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  return result.status === 0 ? result.stdout.trim() : null;
}
