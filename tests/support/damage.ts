import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from './random.ts';

/** A database that was left open: the file, and its log with the newest changes. */
export interface DamagePlace {
  readonly path: string;
  readonly random: Random;
  /** A log that belongs to another database. */
  readonly foreignLog: string;
}

const pageSize = 4096;

function change({ path }: DamagePlace, edit: (bytes: Buffer) => unknown, suffix = ''): void {
  const bytes = readFileSync(path + suffix);
  const edited = edit(bytes);
  writeFileSync(path + suffix, Buffer.isBuffer(edited) ? edited : bytes);
}

function garbage(bytes: Buffer, from: number, to: number, random: Random): void {
  for (let at = from; at < Math.min(to, bytes.length); at += 1) bytes[at] = random(256);
}

const pagesOf = (bytes: Buffer) => Math.floor(bytes.length / pageSize);
/** A page beyond the first, which holds the header. */
const anyPage = (bytes: Buffer, random: Random) => pageSize * (1 + random(pagesOf(bytes) - 1));

/** Ways in which a file on a disk goes bad. The log is emptied into the file before those that are about the file alone. */
export const fileDamage: Readonly<Record<string, (place: DamagePlace) => void>> = {
  'one page of zeros': (place) =>
    change(place, (bytes) => {
      const at = anyPage(bytes, place.random);
      bytes.fill(0, at, at + pageSize);
    }),
  'a flipped bit in what the tables are': (place) =>
    change(place, (bytes) => {
      const names = [
        ...['title', 'updated_at', 'conversation_id', 'changes', 'CREATE TABLE messages', 'AFTER INSERT'],
        ...['old.state', 'seen_at', 'new.number', 'words_per_second', 'INTO unindexed', 'application TEXT'],
      ];
      const name = names[place.random(names.length)] ?? '';
      const at = bytes.indexOf(name);
      if (at < 0) throw new Error(`no ${name} in the first pages`);
      bytes[at] = (bytes[at] ?? 0) ^ 0x80;
    }),
  'five pages of zeros': (place) =>
    change(place, (bytes) => {
      for (let count = 0; count < 5; count += 1) {
        const at = anyPage(bytes, place.random);
        bytes.fill(0, at, at + pageSize);
      }
    }),
  'a page of garbage': (place) =>
    change(place, (bytes) => {
      const at = anyPage(bytes, place.random);
      garbage(bytes, at, at + pageSize, place.random);
    }),
  'a sector of zeros': (place) =>
    change(place, (bytes) => {
      const at = 512 * place.random(bytes.length / 512);
      bytes.fill(0, at, at + 512);
    }),
  'a block of 32 KB of zeros': (place) =>
    change(place, (bytes) => {
      const at = anyPage(bytes, place.random);
      bytes.fill(0, at, Math.min(at + 32_768, bytes.length));
    }),
  'one to three flipped bits': (place) =>
    change(place, (bytes) => {
      for (let count = 0; count <= place.random(3); count += 1) {
        const at = place.random(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << place.random(8));
      }
    }),
  'the heads of ten pages flipped': (place) =>
    change(place, (bytes) => {
      for (let count = 0; count < 10; count += 1) {
        const at = anyPage(bytes, place.random);
        for (let byte = 0; byte < 8; byte += 1) bytes[at + byte] = (bytes[at + byte] ?? 0) ^ 0xff;
      }
    }),
  'cut at any place': ({ path, random }) => truncateSync(path, 1 + random(statSync(path).size - 1)),
  'cut to nothing': ({ path }) => truncateSync(path, 0),
  'a header of zeros': (place) => change(place, (bytes) => bytes.fill(0, 0, 100)),
  'a first page of zeros': (place) => change(place, (bytes) => bytes.fill(0, 0, pageSize)),
  'another page size in the header': (place) => change(place, (bytes) => bytes.writeUInt16BE(1024, 16)),
  'a wrong schema version': (place) => change(place, (bytes) => bytes.writeUInt32BE(0x7fff0000, 60)),
  'two pages that changed places': (place) =>
    change(place, (bytes) => {
      const [one, other] = [anyPage(bytes, place.random), anyPage(bytes, place.random)];
      const kept = Buffer.from(bytes.subarray(one, one + pageSize));
      bytes.copy(bytes, one, other, other + pageSize);
      kept.copy(bytes, other);
    }),
  'a page written over another': (place) =>
    change(place, (bytes) => {
      const [one, other] = [anyPage(bytes, place.random), anyPage(bytes, place.random)];
      bytes.copy(bytes, one, other, other + pageSize);
    }),
  '512 bytes slipped in': (place) =>
    change(place, (bytes) => {
      const at = anyPage(bytes, place.random);
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(512), bytes.subarray(at)]);
    }),
  'a last third of garbage': (place) =>
    change(place, (bytes) => garbage(bytes, Math.floor((bytes.length * 2) / 3), bytes.length, place.random)),
  'line ends of a text transfer': (place) =>
    change(place, (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')),
  'a text in its place': ({ path }) =>
    writeFileSync(path, 'this is not a database, whatever its name says\n'.repeat(90)),
  'garbage in its place': (place) => change(place, (bytes) => garbage(bytes, 0, bytes.length, place.random)),
  'a folder in its place': ({ path }) => {
    rmSync(path);
    mkdirSync(path);
  },
  "another program's database in its place": ({ path }) => {
    rmSync(path);
    const other = new DatabaseSync(path);
    other.exec('PRAGMA application_id = 42; CREATE TABLE things (name TEXT)');
    other.close();
  },
  'a file that is gone': ({ path }) => rmSync(path),
};

/** Ways in which the log beside a file that was left open goes bad. */
export const logDamage: Readonly<Record<string, (place: DamagePlace) => void>> = {
  'a log that is gone': ({ path }) => rmSync(`${path}-wal`),
  'a log of garbage': (place) => change(place, (bytes) => garbage(bytes, 0, bytes.length, place.random), '-wal'),
  'a log that was cut': ({ path, random }) => truncateSync(`${path}-wal`, random(statSync(`${path}-wal`).size)),
  'a log with a flipped byte': (place) =>
    change(
      place,
      (bytes) => {
        const at = place.random(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      },
      '-wal',
    ),
  'a log with the head of a frame broken': (place) =>
    change(
      place,
      (bytes) => {
        const frames = Math.floor((bytes.length - 32) / (24 + pageSize));
        // One near the end, with whole transactions behind it.
        const at = 32 + (24 + pageSize) * Math.floor(frames / 2) + 8;
        garbage(bytes, at, at + 8, place.random);
      },
      '-wal',
    ),
  "another file's log": ({ path, foreignLog }) => copyFileSync(foreignLog, `${path}-wal`),
  'an index of the log that is garbage': ({ path, random }) => {
    const bytes = Buffer.alloc(32_768);
    garbage(bytes, 0, bytes.length, random);
    writeFileSync(`${path}-shm`, bytes);
  },
  'a folder in place of the index of the log': ({ path }) => {
    rmSync(`${path}-shm`, { force: true });
    mkdirSync(`${path}-shm`);
  },
  'a file that is gone beside its log': ({ path }) => rmSync(path),
  'an empty file beside its log': ({ path }) => truncateSync(path, 0),
  'a page of zeros beside a log': (place) =>
    change(place, (bytes) => {
      const at = anyPage(bytes, place.random);
      bytes.fill(0, at, at + pageSize);
    }),
};

/** Copies a database as it lies on the disk, with its log. */
export function copyFiles(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}
