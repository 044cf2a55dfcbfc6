import { closeSync, constants, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { dateAndTime } from '../steps/template.ts';

const mostBytes = 1_000_000;
const mostNumbers = 1000;
/** Names that some systems keep for devices, whatever their ending. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** The name that a template comes to; nothing but the day and the time is filled in, as every system can have them in a name. */
export function noteNameOf(template: string, now: Date): string {
  const { date, time } = dateAndTime(now);
  const name = template.replaceAll('{date}', date).replaceAll('{time}', time.replace(':', '-'));
  return name.trim().replace(deviceName, '_$&');
}

/**
 * Writes a text into a new file of the folder of notes, whole or not at all, and over no other: one whose name is taken gets a
 * number. Answers its name. Throws `step/not-added` and `disk/full`.
 */
export function writeNewNote(folder: string, name: string, text: string, step: number): string {
  const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (bytes.length > mostBytes) throw new Error('it is too large');
    return writeFirstFree(folder, name, bytes);
  } catch (error) {
    const known = withDiskFull(error);
    if (known instanceof AppError) throw known;
    throw new AppError('step/not-added', String(error), { values: { file: name, step } }, error);
  }
}

function writeFirstFree(folder: string, name: string, bytes: Buffer): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; number <= mostNumbers; number += 1) {
    const tried = number === 1 ? name : `${stem} ${number}${ending}`;
    if (writeIfFree(join(folder, tried), bytes)) return tried;
  }
  throw new Error('all its numbers are taken');
}

/** False where something has that name, be it a link that leads nowhere. */
function writeIfFree(path: string, bytes: Buffer): boolean {
  let open: number;
  try {
    open = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(open, bytes);
    fsyncSync(open);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(open);
  }
}
