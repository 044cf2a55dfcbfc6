import type { Bomb } from './bomb.ts';
import { factBytes } from './zip-bombs.ts';

/** Where the header of a compound file says what ([MS-CFB] 2.2). */
const at = {
  sectorShift: 30,
  miniShift: 32,
  fatCount: 44,
  firstFolder: 48,
  miniCutoff: 56,
  firstMini: 60,
  miniCount: 64,
  firstDifat: 68,
  difatCount: 72,
  difat: 76,
} as const;
const sectorBytes = 512;
const sector = (index: number) => (index + 1) * sectorBytes;

type Break = (file: Buffer) => void;

/** Breaks of the container, which has no protection against loops of its own. */
const breaks: Readonly<Record<string, Break>> = {
  'sectors-in-a-ring': (file) => file.writeUInt32LE(0, firstFat(file)),
  'all-sectors-lead-to-the-first': (file) => file.fill(0, firstFat(file), firstFat(file) + sectorBytes),
  'each-sector-leads-to-itself': (file) => {
    for (let index = 0; index < sectorBytes / 4; index += 1) file.writeUInt32LE(index, firstFat(file) + index * 4);
  },
  'folders-in-themselves': (file) =>
    everyFolder(file, (entry) => {
      for (const link of [68, 72, 76]) file.writeUInt32LE(1, entry + link);
    }),
  'streams-of-four-gigabytes': (file) => everyFolder(file, (entry) => file.writeUInt32LE(0xfffffff0, entry + 120)),
  'streams-that-begin-nowhere': (file) => everyFolder(file, (entry) => file.writeUInt32LE(0x0fffffff, entry + 116)),
  'table-of-tables-in-a-ring': (file) => {
    file.writeUInt32LE(0, at.firstDifat);
    file.writeUInt32LE(0xffffffff, at.difatCount);
  },
  'sectors-of-two-gigabytes': (file) => file.writeUInt16LE(31, at.sectorShift),
  'small-sectors-of-none': (file) => file.writeUInt16LE(63, at.miniShift),
  'more-tables-than-bytes': (file) => file.writeUInt32LE(0x7fffffff, at.fatCount),
  'small-table-in-a-ring': (file) => {
    file.writeUInt32LE(0, at.firstMini);
    file.writeUInt32LE(0xffffffff, at.miniCount);
    file.writeUInt32LE(0xffffffff, at.miniCutoff);
  },
  'folder-nowhere': (file) => file.writeUInt32LE(0xfffffff0, at.firstFolder),
};

/** What the records inside say of their lengths. */
const lengths: Break = (file) => {
  for (let index = sectorBytes * 4; index + 4 < file.length; index += 997) file.writeUInt32LE(0x7ffffff0, index);
};

export const oldBombs: readonly Bomb[] = [
  'doc-libreoffice-en.doc',
  'xls-xlwt-zh.xls',
  'ppt-libreoffice-zh.ppt',
].flatMap((file) =>
  Object.entries({ ...breaks, 'lengths-of-two-gigabytes': lengths }).map(([name, change]) => ({
    name: `${name}.${file.split('.').at(-1)}`,
    make: () => {
      const bytes = Buffer.from(factBytes(file));
      change(bytes);
      return bytes;
    },
  })),
);

function firstFat(file: Buffer): number {
  return sector(file.readUInt32LE(at.difat));
}

/** The entries of the first sector of folders. */
function everyFolder(file: Buffer, change: (entry: number) => void): void {
  const first = sector(file.readUInt32LE(at.firstFolder));
  for (let entry = first; entry < first + sectorBytes; entry += 128) change(entry);
}
