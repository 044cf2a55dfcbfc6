import { fstatSync } from 'node:fs';
import process from 'node:process';
import { readStream } from './read-stream.ts';

/** A shell without a terminal (cron, a desktop's key binding) gives an open device or socket that never ends. */
const firstByteMs = 150;

/** `if-piped`: beside a question. `wanted`: it is the question. `typed-too`: asked for by name, from a terminal as well. */
export type InputUse = 'if-piped' | 'wanted' | 'typed-too';

/**
 * What was piped in, whole: a pipe or a file is read to its end, however slow it is. What may be open without anybody who
 * writes to it gets a moment, unless it is wanted.
 */
export async function readStandardInput(use: InputUse, onWaiting: () => void): Promise<Buffer> {
  const kind = kindOfInput();
  if (kind === 'none' || (kind === 'terminal' && use !== 'typed-too')) return Buffer.alloc(0);
  const patient = use !== 'if-piped' || kind === 'pipe';
  return readStream(process.stdin, { onWaiting, ...(patient ? {} : { firstByteMs }) });
}

function kindOfInput(): 'none' | 'terminal' | 'pipe' | 'other' {
  if (process.stdin.isTTY) return 'terminal';
  try {
    const stats = fstatSync(0);
    if (stats.isDirectory()) return 'none';
    return stats.isFIFO() || stats.isFile() ? 'pipe' : 'other';
  } catch {
    return 'none';
  }
}
