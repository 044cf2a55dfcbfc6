import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';

/** Pieces are gathered to writes of this many characters. */
const writeAt = 64_000;

/**
 * Writes a file whole or not at all, readable by its owner alone: beside its place first, and there only when it is complete.
 * Answers false when `signal` ended it. Throws `disk/…` and `export/not-written`.
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<boolean> {
  const draft = join(dirname(path), `.${basename(path).slice(0, 60)}.${randomUUID().slice(0, 8)}.part`);
  let file: FileHandle | null = null;
  try {
    file = await open(draft, 'wx', 0o600);
    await writePieces(file, pieces, signal);
    await file.sync();
    await file.close();
    file = null;
    if (signal.aborted) return false;
    await rename(draft, path);
    return true;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await file?.close().catch(() => {});
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function writePieces(
  file: FileHandle,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  let waiting = '';
  for (const piece of pieces) {
    const isText = typeof piece === 'string';
    if (isText) waiting += piece;
    if (isText && waiting.length < writeAt) continue;
    await file.writeFile(waiting);
    if (!isText) await file.writeFile(piece);
    waiting = '';
    // Others are answered between two writes, and one of them may say that it is enough.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
  }
  await file.writeFile(waiting);
}

function asRefusal(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const told = withDiskFull(error);
  if (told instanceof AppError) return told;
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  return new AppError('export/not-written', String(error), {}, error);
}
