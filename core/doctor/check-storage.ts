import { statfsSync } from 'node:fs';
import type { DoctorLine } from '../../contract/doctor.ts';
import { type ErrorCode, toErrorShape } from '../../contract/errors.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { line } from './line.ts';

const lowDiskBytes = 2 * 1024 ** 3;

export function checkDisk({ profile }: DoctorParts): DoctorLine {
  const { bavail, bsize } = statfsSync(profile);
  const freeBytes = bavail * bsize;
  if (freeBytes < lowDiskBytes)
    return line('disk', 'warning', { freeBytes }, { code: 'disk/full', message: 'little space', action: 'free-space' });
  return line('disk', 'ok', { freeBytes });
}

/** One line for each thing to know about the chats: what is missing from them, and that nothing new is stored. */
export function checkDatabase({ database, chatsClosed, notices }: DoctorParts): readonly DoctorLine[] {
  if (chatsClosed !== null) return [line('database', 'failed', {}, chatsClosed)];
  try {
    const count = database.prepare('SELECT count(*) AS count FROM conversations WHERE deleted_at IS NULL').get();
    const values = { count: Number(count?.['count'] ?? 0) };
    const found = notices().filter(({ code }) => /^(database|disk)\//.test(code));
    if (found.length === 0) return [line('database', 'ok', values)];
    return found.map((notice) =>
      line('database', 'warning', values, { code: notice.code as ErrorCode, message: '', values: notice.values }),
    );
  } catch (error) {
    return [line('database', 'failed', {}, toErrorShape(error))];
  }
}

/** While rules cannot be read, nothing leaves this machine that one of them could forbid. */
export function checkRules({ rules }: DoctorParts): DoctorLine {
  const { error, count } = rules();
  return error === null ? line('rules', 'ok', { count }) : line('rules', 'failed', {}, error);
}
