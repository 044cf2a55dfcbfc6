import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';

/** A file inside a zip archive (a wheel is one). Sizes and offsets in bytes; archives over 4 GB are refused. */
export interface ZipMember {
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly deflated: boolean;
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const longestTail = 66_000;
const largestDirectory = 4 * 1024 * 1024;

/** Finds the one member whose name fits a pattern; `*` stands for part of a name. Format: APPNOTE 6.3, sections 4.3 and 4.4. */
export async function findZipMember(path: string, pattern: string): Promise<ZipMember> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, longestTail));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = lastIndexOfUint32(tail, endSignature);
    if (end < 0) throw broken('no directory');
    const length = tail.readUInt32LE(end + 12);
    const offset = tail.readUInt32LE(end + 16);
    if (length > largestDirectory || offset + length > size) throw broken('directory out of bounds');
    const directory = Buffer.alloc(length);
    await file.read(directory, 0, length, offset);
    const expression = new RegExp(`(^|/)${pattern.split('*').map(escapeExpression).join('[^/]*')}$`);
    const member = readEntries(directory).find(({ name }) => expression.test(name));
    if (member === undefined) throw broken(`no member ${pattern}`);
    return member;
  } finally {
    await file.close();
  }
}

/** The unpacked bytes of a member, as a stream. */
export async function readZipMember(path: string, member: ZipMember): Promise<Readable> {
  const file = await open(path, 'r');
  const header = Buffer.alloc(30);
  await file.read(header, 0, header.length, member.headerOffset);
  await file.close();
  if (header.readUInt32LE(0) !== localSignature) throw broken('member out of place');
  const start = member.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const raw = createReadStream(path, { start, end: start + member.compressedSize - 1 });
  if (!member.deflated) return raw;
  const inflate = createInflateRaw();
  raw.on('error', (error) => inflate.destroy(error));
  return raw.pipe(inflate);
}

function readEntries(directory: Buffer): ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === entrySignature) {
    const method = directory.readUInt16LE(at + 10);
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    if (method !== 0 && method !== 8) throw broken(`method ${method}`);
    members.push({
      name,
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      deflated: method === 8,
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

function lastIndexOfUint32(buffer: Buffer, value: number): number {
  for (let at = buffer.length - 22; at >= 0; at -= 1) if (buffer.readUInt32LE(at) === value) return at;
  return -1;
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function broken(why: string): AppError {
  return new AppError('download/interrupted', `package cannot be read: ${why}`, { action: 'try-again' });
}
