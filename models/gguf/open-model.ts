import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { notAModel } from './layout.ts';

/** A regular file, open for reading. Whoever has it closes it. */
export interface OpenModel {
  readonly handle: FileHandle;
  readonly bytes: number;
  /** Tells one content of the file from another, by size and time. */
  readonly stamp: string;
}

/** A disk that is gone answers nothing, ever; one that sleeps needs some seconds. */
const answerLimitMs = 10_000;
const kinds: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'model/no-permission',
  EPERM: 'model/no-permission',
  // A link to itself, or a chain of links without end.
  ELOOP: 'model/link-broken',
  // The disk answers, and cannot read.
  EIO: 'model/disk-silent',
  ESTALE: 'model/disk-silent',
  ETIMEDOUT: 'model/disk-silent',
};

/**
 * Opens a model file. Nothing is waited for: a pipe without a writer opens at once and is refused like any other thing that
 * is no regular file. Errors: `model/file-missing`, `model/link-broken`,
 * `model/no-permission`, `model/not-a-model`, `model/disk-silent`.
 */
export async function openModel(path: string): Promise<OpenModel> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
  const handle = await answered(open(path, flags), (late) => late.close()).catch(refusal);
  try {
    const stat = await answered(handle.stat()).catch(refusal);
    if (!stat.isFile()) throw notAModel('it is not a file');
    return { handle, bytes: stat.size, stamp: `${stat.size} ${stat.mtimeMs}` };
  } catch (error) {
    void handle.close().catch(() => {});
    throw error;
  }
}

/** What a disk answers in time, or `model/disk-silent`; `undo` gets what comes later. */
export async function answered<Value>(
  asked: Promise<Value>,
  undo: (late: Value) => unknown = () => {},
  limitMs = answerLimitMs,
): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    asked.then(undo).catch(() => {});
    reject(new AppError('model/disk-silent', `no answer in ${limitMs} ms`, { action: 'choose-model' }));
  }, limitMs);
  try {
    return await Promise.race([asked, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function refusal(error: unknown): never {
  throw fileError(error);
}

/** What the system said of a model file, by a cause that names no path. */
export function fileError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  // A socket, and a device that nothing drives, cannot even be opened.
  if (code === 'ENXIO' || code === 'ENODEV' || code === 'EISDIR') return notAModel('it is not a file');
  return new AppError(kinds[code] ?? 'model/file-missing', `the system says ${code}`, { action: 'choose-model' });
}
