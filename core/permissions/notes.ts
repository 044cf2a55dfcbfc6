import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';

/** Largest file that is still added to, and the most that is added at once, in bytes. */
const largestBytes = 50_000_000;
const mostAtOnce = 1_000_000;

/**
 * Adds a text to the end of a file of the folder of notes, on lines of its own, and makes the file where it is not there. A link, a
 * file with another name elsewhere, and what is no file are not written to. Throws `step/not-added` and `disk/full`.
 */
export function addToNotes(folder: string, file: string, text: string, step: number): void {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
  let open: number | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    open = openSync(join(folder, file), O_RDWR | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0), 0o600);
    const stats = fstatSync(open);
    const { size, nlink } = stats;
    const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
    if (!stats.isFile() || nlink > 1 || bytes.length > mostAtOnce || size + bytes.length > largestBytes)
      throw new Error('it may not be added to');
    const last = Buffer.alloc(1);
    const isWithinLine = size > 0 && readSync(open, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    writeSync(open, isWithinLine ? Buffer.concat([Buffer.from('\n'), bytes]) : bytes);
    fsyncSync(open);
  } catch (error) {
    const known = withDiskFull(error);
    if (known instanceof AppError) throw known;
    throw new AppError('step/not-added', String(error), { values: { file, step } }, error);
  } finally {
    if (open !== null) closeSync(open);
  }
}
