import { createHash, type Hash } from 'node:crypto';
import { constants, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BackupProgress } from '../../contract/backup.ts';
import { AppError } from '../../contract/errors.ts';
import { firstLine, lastLineBytes, type Manifest, manifestLimitBytes, readManifest } from './manifest.ts';

const pieceBytes = 1_000_000;

export interface ReadWork {
  readonly from: string;
  readonly onProgress: (progress: BackupProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads a backup from its first byte to its last and writes what is in it into a new folder, every file flushed and held against
 * its hash. Nothing in a backup is packed or names a place, so that it can become no more than its own size. Throws
 * `backup/none`, `backup/newer`, `backup/damaged`, the abort reason, and what the file system throws.
 */
export async function unpackBackup({ from, onProgress, signal }: ReadWork, into: string): Promise<Manifest> {
  const file = basename(from);
  const opened = await openPlain(from, file);
  try {
    const { manifest, at, hash } = await head(opened, file);
    const { size } = await opened.stat();
    const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, at + lastLineBytes);
    if (total !== size) throw damaged(file, `${size} bytes instead of ${total}`);
    let done = at;
    for (const { name, bytes, sha256 } of manifest.files) {
      const path = join(into, ...name.split('/'));
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const own = createHash('sha256');
      const target = await open(path, 'wx', 0o600);
      try {
        for (let left = bytes; left > 0; ) {
          signal.throwIfAborted();
          const piece = await readExactly(opened, Math.min(left, pieceBytes), done, file);
          hash.update(piece);
          own.update(piece);
          await target.writeFile(piece);
          left -= piece.length;
          done += piece.length;
          onProgress({ done, total });
        }
        await target.sync();
      } finally {
        await target.close();
      }
      if (own.digest('hex') !== sha256) throw damaged(file, `${name} is not what was backed up`);
    }
    const last = (await readExactly(opened, lastLineBytes, done, file)).toString('latin1');
    if (last !== `end ${hash.digest('hex')}\n`) throw damaged(file, 'the last line does not fit');
    return manifest;
  } finally {
    await opened.close();
  }
}

/** Never waits: a pipe or a device is refused. */
async function openPlain(path: string, file: string): Promise<FileHandle> {
  const opened = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw new AppError('file/not-found', String(error), { values: { file } }, error);
  });
  if ((await opened.stat()).isFile()) return opened;
  await opened.close();
  throw none(file);
}

/** The first two lines, where they end, and the hash of them. */
async function head(
  opened: FileHandle,
  file: string,
): Promise<{ readonly manifest: Manifest; readonly at: number; readonly hash: Hash }> {
  const { size } = await opened.stat();
  const start = await readExactly(opened, Math.min(size, firstLine.length), 0, file);
  const version = /^beckon backup (\d{1,6})\n?/.exec(start.toString('latin1'))?.[1];
  if (version === undefined) throw none(file);
  if (Number(version) > 1) throw new AppError('backup/newer', `format ${version}`, { values: { file, version } });
  if (start.toString('latin1') !== firstLine) throw none(file);
  let text = Buffer.alloc(0);
  while (!text.includes(10)) {
    const at = firstLine.length + text.length;
    const more = Math.min(64_000, size - at);
    if (more <= 0 || text.length > manifestLimitBytes) throw damaged(file, 'its contents are not told');
    text = Buffer.concat([text, await readExactly(opened, more, at, file)]);
  }
  const line = text.subarray(0, text.indexOf(10) + 1);
  const hash = createHash('sha256').update(firstLine).update(line);
  return { manifest: readManifest(line.toString('utf8'), file), at: firstLine.length + line.length, hash };
}

async function readExactly(opened: FileHandle, bytes: number, at: number, file: string): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  for (let read = 0; read < bytes; ) {
    const { bytesRead } = await opened.read(buffer, read, bytes - read, at + read);
    if (bytesRead === 0) throw damaged(file, 'it ends too soon');
    read += bytesRead;
  }
  return buffer;
}

function none(file: string): AppError {
  return new AppError('backup/none', `${file} does not begin like a backup`, { values: { file } });
}

function damaged(file: string, what: string): AppError {
  return new AppError('backup/damaged', what, { values: { file } });
}
