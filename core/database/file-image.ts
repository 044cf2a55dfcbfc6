import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { readWal } from './wal-frames.ts';

const magic = 'SQLite format 3\0';
/** What SQLite takes by itself, and so the size of every file that Beckon made. */
export const usualPageSize = 4096;
const largestFreelist = 1_000_000;

/**
 * What of the log beside a file is taken: what was committed, nothing (the file as it was before), or all that stands in it,
 * past a damaged place too.
 */
export type LogUse = 'with-log' | 'without-log' | 'whole-log';

/**
 * The pages of a database file as they are on the disk, with those of its write-ahead log over them, read without SQLite:
 * what a broken header or a broken tree hides from SQLite is still here. Page numbers begin with 1.
 */
export class FileImage {
  readonly pageSize: number;
  /** Bytes of a page that hold data. */
  readonly usableSize: number;
  readonly pageCount: number;
  /** Null when only the log is left. */
  readonly #file: number | null;
  readonly #log: number | null = null;
  readonly #logged: ReadonlyMap<number, number>;

  /** `pageSize` is believed instead of what the header tells. */
  constructor(path: string, { log, pageSize: given }: { readonly log: LogUse; readonly pageSize?: number }) {
    this.#file = existsSync(path) ? openSync(path, 'r') : null;
    const head = this.#read(this.#file, 0, 100);
    const fromHead = given ?? (head === null ? null : pageSizeOf(head));
    let logged: ReadonlyMap<number, number> = new Map();
    let pageSize = fromHead;
    if (log !== 'without-log' && existsSync(`${path}-wal`)) {
      this.#log = openSync(`${path}-wal`, 'r');
      const wal = readWal(this.#log);
      // A log of other pages belongs to another file.
      if (wal !== null && (fromHead === null || wal.pageSize === fromHead)) {
        pageSize = wal.pageSize;
        logged = log === 'whole-log' ? wal.all : wal.pages;
      }
    }
    this.pageSize = pageSize ?? usualPageSize;
    this.#logged = logged;
    const reserved = fromHead === null ? 0 : (head?.[20] ?? 0);
    this.usableSize = this.pageSize - (reserved < 64 ? reserved : 0);
    const inFile = this.#file === null ? 0 : Math.ceil(fstatSync(this.#file).size / this.pageSize);
    let last = inFile;
    for (const number of logged.keys()) last = Math.max(last, number);
    this.pageCount = last;
  }

  /** One page; null for what is past the end or cannot be read from the disk. A page that was cut is filled with zeros. */
  page(number: number): Buffer | null {
    const inLog = this.#logged.get(number);
    if (inLog !== undefined && this.#log !== null) return this.#read(this.#log, inLog, this.pageSize);
    return this.#read(this.#file, (number - 1) * this.pageSize, this.pageSize);
  }

  /** Numbers of pages that are no longer in use: what stands on them was deleted. */
  freePages(): ReadonlySet<number> {
    const free = new Set<number>();
    const head = this.page(1);
    if (head === null || pageSizeOf(head) === null) return free;
    let trunk = head.readUInt32BE(32);
    while (trunk > 0 && trunk <= this.pageCount && !free.has(trunk) && free.size < largestFreelist) {
      free.add(trunk);
      const page = this.page(trunk);
      if (page === null) break;
      const leaves = Math.min(page.readUInt32BE(4), this.pageSize / 4 - 2);
      for (let index = 0; index < leaves; index += 1) free.add(page.readUInt32BE(8 + index * 4));
      trunk = page.readUInt32BE(0);
    }
    return free;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    if (this.#log !== null) closeSync(this.#log);
  }

  #read(file: number | null, at: number, length: number): Buffer | null {
    if (file === null) return null;
    const buffer = Buffer.alloc(length);
    try {
      return readSync(file, buffer, 0, length, at) > 0 ? buffer : null;
    } catch {
      return null;
    }
  }
}

/** The page size that the header of a file tells; null when there is no such header. */
export function pageSizeOf(head: Buffer): number | null {
  if (head.length < 100 || head.toString('latin1', 0, 16) !== magic) return null;
  const told = head.readUInt16BE(16);
  const size = told === 1 ? 65_536 : told;
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0 ? size : null;
}
