import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careFor } from '../../../core/database/care.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import { writeChats } from '../../support/chat-file.ts';
import { fillLog } from '../../support/noted-calls.ts';

const pageBytes = 4096;
const chats = 12;
/** Tables of which one is on either side of each exchange: the messages, and what says how new a file is. */
const told: ReadonlySet<string> = new Set(['messages', 'search_source']);

/**
 * Pages of one table that lie in the places of another one's, as a disk or a copying program leaves them that puts blocks
 * back in a wrong order: each is whole by itself.
 */
describe('a chat file whose pages were exchanged', () => {
  let folder: string;
  let file: Buffer;
  let texts: readonly string[];
  let places: readonly { readonly name: string; readonly page: number }[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-exchanged-'));
    writeChats(
      folder,
      Array.from({ length: chats }, (_, at) => ({ title: `Question ${at}?`, answer: `Answer ${at}. `.repeat(90) })),
    );
    const path = join(folder, 'beckon.db');
    const { database } = openDatabase(path);
    fillLog(new Receipts(database, { write: () => {} }), 12);
    texts = messagesOf(database);
    // The journal goes with its last page into the file.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    places = pagesOf(path);
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
    file = readFileSync(path);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function messagesOf(database: DatabaseSync): readonly string[] {
    return database
      .prepare('SELECT text FROM messages ORDER BY number')
      .all()
      .map(({ text }) => String(text));
  }

  /** A page of rows of each table. */
  function pagesOf(path: string): readonly { readonly name: string; readonly page: number }[] {
    const database = new DatabaseSync(path, { readOnly: true });
    const rows = database
      .prepare("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 1 ORDER BY name")
      .all();
    database.close();
    const bytes = readFileSync(path);
    return rows.map(({ name, rootpage }) => {
      const root = Number(rootpage);
      const start = (root - 1) * pageBytes;
      // An inner page (5) leads to its leaves, of which the last stands in its head.
      return { name: String(name), page: bytes[start] === 5 ? bytes.readUInt32BE(start + 8) : root };
    });
  }

  function exchange(one: number, other: number): Buffer {
    const bytes = Buffer.from(file);
    const [from, to] = [(one - 1) * pageBytes, (other - 1) * pageBytes];
    bytes.set(file.subarray(to, to + pageBytes), from);
    bytes.set(file.subarray(from, from + pageBytes), to);
    return bytes;
  }

  function opened(bytes: Buffer, withCopy: boolean): readonly string[] {
    const other = mkdtempSync(join(folder, 'round-'));
    const path = join(other, 'beckon.db');
    writeFileSync(path, bytes);
    if (withCopy) cpSync(join(folder, 'backups'), join(other, 'backups'), { recursive: true });
    const { database } = openDatabase(path);
    const found = messagesOf(database);
    database.close();
    rmSync(other, { recursive: true, force: true });
    return found;
  }

  it.each([
    ['with a copy', true],
    ['without one', false],
  ])('is opened with its messages and none that nobody wrote, %s', (_, withCopy) => {
    const wrong: string[] = [];
    for (const [at, one] of places.entries())
      for (const other of places.slice(at + 1).filter(({ name }) => told.has(name) || told.has(one.name))) {
        const which = `${one.name} ${one.page} with ${other.name} ${other.page}`;
        try {
          const found = opened(exchange(one.page, other.page), withCopy);
          const foreign = found.filter((text) => !texts.includes(text));
          if (foreign.length > 0) wrong.push(`${which}: ${foreign.length} such as ${foreign[0]?.slice(0, 70)}`);
          const lost = texts.filter((text) => !found.includes(text)).length;
          if (lost > 0) wrong.push(`${which}: ${lost} lost`);
        } catch (error) {
          wrong.push(`${which}: ${String(error)}`);
        }
      }
    expect(places.length).toBeGreaterThan(6);
    expect(wrong).toEqual([]);
  });
});
