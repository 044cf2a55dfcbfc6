import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const littleEndianSums = 0x377f0682;
const bigEndianSums = 0x377f0683;
const headerBytes = 32;
const frameHeaderBytes = 24;

/** Where in a write-ahead log the newest form of each page stands. */
export interface WalPages {
  readonly pageSize: number;
  /** Holds the pages that were committed before the first damaged frame: what SQLite itself takes. */
  readonly pages: ReadonlyMap<number, number>;
  /** Holds the pages of every frame of this log, also past a damaged one, where SQLite throws them away. */
  readonly all: ReadonlyMap<number, number>;
  /** A frame is damaged although a later transaction was committed: a death alone leaves only the end unfinished. */
  readonly isBroken: boolean;
}

/** Whether the log beside a file, if there is one, can be read to its end. */
export function stateOfLog(path: string): 'none' | 'whole' | 'unreadable' | 'broken' {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return 'none';
  const file = openSync(`${path}-wal`, 'r');
  try {
    const log = readWal(file);
    return log === null ? 'unreadable' : log.isBroken ? 'broken' : 'whole';
  } finally {
    closeSync(file);
  }
}

/** Reads a log frame by frame; null for what is no log (format: sqlite.org/fileformat2.html, section 4). */
export function readWal(file: number): WalPages | null {
  const head = Buffer.alloc(headerBytes);
  if (readSync(file, head, 0, headerBytes, 0) < headerBytes) return null;
  const magic = head.readUInt32BE(0);
  const pageSize = head.readUInt32BE(8);
  if (magic !== littleEndianSums && magic !== bigEndianSums) return null;
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return null;
  const sums = new Sums(magic === bigEndianSums);
  sums.add(head.subarray(0, 24));
  if (!sums.equal(head, 24)) return null;
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  const all = new Map<number, number>();
  let isWhole = true;
  let isBroken = false;
  const frame = Buffer.alloc(frameHeaderBytes + pageSize);
  const end = fstatSync(file).size;
  for (let at = headerBytes; at + frame.length <= end; at += frame.length) {
    if (readSync(file, frame, 0, frame.length, at) < frame.length) break;
    // A frame of an earlier log, behind the end of this one, or one whose head is broken: then others of this log follow.
    if (frame.compare(head, 16, 24, 8, 16) !== 0) {
      isWhole = false;
      continue;
    }
    const isCommit = frame.readUInt32BE(4) !== 0;
    all.set(frame.readUInt32BE(0), at + frameHeaderBytes);
    if (!isWhole) {
      isBroken ||= isCommit;
      continue;
    }
    sums.add(frame.subarray(0, 8));
    sums.add(frame.subarray(frameHeaderBytes));
    isWhole = sums.equal(frame, 16);
    if (!isWhole) continue;
    pending.set(frame.readUInt32BE(0), at + frameHeaderBytes);
    // A frame that tells the size of the file ends a transaction.
    if (!isCommit) continue;
    for (const [number, place] of pending) pages.set(number, place);
    pending.clear();
  }
  return { pageSize, pages, all, isBroken };
}

class Sums {
  readonly #bigEndian: boolean;
  #one = 0;
  #other = 0;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  add(bytes: Buffer): void {
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const left = this.#bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
      const right = this.#bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
      this.#one = (this.#one + left + this.#other) >>> 0;
      this.#other = (this.#other + right + this.#one) >>> 0;
    }
  }

  equal(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#one && bytes.readUInt32BE(at + 4) === this.#other;
  }
}
