import { statfs } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';

/** Kept free beside a model, so that one never fills the disk to the last byte. */
const spareBytes = 200 * 1024 * 1024;

/** Bytes that are free beside `folder`. */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Rejects with `download/disk-full` when so many bytes, and some to spare, do not fit beside `folder`. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const freeBytes = await freeSpace(folder);
  const needBytes = bytes + spareBytes;
  if (freeBytes >= needBytes) return;
  throw new AppError('download/disk-full', `needs ${needBytes} bytes, ${freeBytes} are free`, {
    values: { needBytes, freeBytes },
    action: 'free-space',
  });
}
