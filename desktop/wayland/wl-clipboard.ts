import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { selectionLimitBytes } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import type { SelectionName } from './data-control.ts';

/** An owner that is alive hands its text over within a few milliseconds. */
const readLimitMs = 1000;

/** The folder of PATH that has a program; null when none has. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not there.
    }
  }
  return null;
}

/**
 * The bytes of a selection as one type, by `wl-paste` (wl-clipboard): a transfer needs a file descriptor passed over the
 * socket, which Node cannot do. Only where data-control is there: without it `wl-paste` opens a window that takes the
 * focus. Throws `capture/helper-missing`, `capture/not-answering`, `capture/too-large`.
 */
export function readSelection(name: SelectionName, type: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
  const program = findProgram('wl-paste', env);
  if (program === null) throw new AppError('capture/helper-missing', 'wl-paste is not installed');
  const args = [...(name === 'primary' ? ['--primary'] : []), '--no-newline', '--type', type];
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const fail = (error: AppError) => {
      child.kill('SIGKILL');
      reject(error);
    };
    const limit = setTimeout(
      () => fail(new AppError('capture/not-answering', `no text within ${readLimitMs} ms`)),
      readLimitMs,
    );
    child.on('error', (error) => fail(new AppError('capture/not-answering', String(error))));
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      parts.push(part);
      if (bytes > selectionLimitBytes)
        fail(
          new AppError('capture/too-large', `more than ${bytes} bytes`, {
            values: { limitBytes: selectionLimitBytes },
          }),
        );
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      if (code === 0) resolve(Buffer.concat(parts));
      else reject(new AppError('capture/not-answering', `wl-paste ended with ${code}`));
    });
  });
}
