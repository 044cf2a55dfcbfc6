import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import { Caretaker } from '../../../core/database/caretaker.ts';
import { type OpenedDatabase, openDatabase } from '../../../core/database/open-database.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';

const hourMs = 3_600_000;

describe('copies of the chats', () => {
  let folder: string;
  let path: string;
  let open: OpenedDatabase;
  let conversations: Conversations;
  const copy = (name: string) => join(folder, 'backups', `${name}.db`);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-care-'));
    path = join(folder, 'beckon.db');
    open = openDatabase(path);
    conversations = new Conversations(open.database, () => {});
  });

  afterEach(() => {
    conversations.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const care = (fullCheck = false) => careFor({ path, fullCheck, copyAfterMs: 4 * hourMs });
  function questionsIn(file: string): string[] {
    const database = new DatabaseSync(file, { readOnly: true });
    const rows = database.prepare("SELECT text FROM messages WHERE role = 'user' ORDER BY number").all();
    database.close();
    return rows.map(({ text }) => String(text));
  }
  /** Lets time pass for the copies that there are. */
  function age(hours: number): void {
    for (const name of ['latest', 'day', 'week']) {
      if (!existsSync(copy(name))) continue;
      const at = new Date(statSync(copy(name)).mtimeMs - hours * hourMs);
      utimesSync(copy(name), at, at);
    }
  }

  it('are not made of nothing, nor again when nothing changed, nor too soon', () => {
    expect(care()).toEqual({ status: 'sound', copied: false });
    conversations.ask(null, 'one', null);
    expect(care()).toEqual({ status: 'sound', copied: true });
    conversations.ask(null, 'two', null);
    expect(care()).toEqual({ status: 'sound', copied: false });
    age(5);
    expect(care()).toEqual({ status: 'sound', copied: true });
    age(5);
    expect(care()).toEqual({ status: 'sound', copied: false });
    expect(questionsIn(copy('latest'))).toEqual(['one', 'two']);
  });

  it('are three: the last, one of about a day and one of about a week ago, for their owner alone', () => {
    for (let hour = 0; hour < 24 * 30; hour += 6) {
      conversations.ask(null, `asked in hour ${hour}`, null);
      care();
      age(6);
    }
    const ages = ['latest', 'day', 'week'].map((name) => (Date.now() - statSync(copy(name)).mtimeMs) / hourMs);
    expect(ages[0]).toBeLessThan(7);
    expect(ages[1]).toBeGreaterThan(6);
    expect(ages[1]).toBeLessThan(24 + 12);
    expect(ages[2]).toBeGreaterThan(24);
    expect(ages[2]).toBeLessThan(24 * 16);
    for (const name of ['latest', 'day', 'week']) expect(statSync(copy(name)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'backups')).mode & 0o077).toBe(0);
  });

  it('hold nothing of what was deleted before, on no page', () => {
    const { conversationId } = conversations.ask(null, 'a secret of mine', null);
    conversations.ask(null, 'something else', null);
    open.database.prepare('DELETE FROM conversations WHERE id = ?').run(conversationId);
    care();
    expect(readFileSync(copy('latest')).includes('a secret of mine')).toBe(false);
    open.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes('a secret of mine')).toBe(false);
  });

  it('are not made of a damaged file, and one that went bad itself is made anew', () => {
    for (let chat = 0; chat < 40; chat += 1) conversations.ask(null, `chat ${chat} ${'x'.repeat(600)}`, null);
    care();
    writeFileSync(copy('latest'), readFileSync(copy('latest')).fill(0x5a, 4096, 20_000));
    age(5);
    expect(care(true)).toMatchObject({ status: 'sound', copied: true });
    open.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const good = questionsIn(copy('latest'));
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 4096 * 5, 4096 * 6));
    age(5);
    expect(care(true)).toMatchObject({ status: 'damaged' });
    expect(questionsIn(copy('latest'))).toEqual(good);
  });

  it('tell when a text changed by itself, which no check of the tables finds', () => {
    const said = `${'As agreed on the telephone. '.repeat(4)}The amount is `;
    conversations.ask(null, `${said}1000`, null);
    care();
    open.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('1000')] = 0x39;
    conversations.dispose();
    open.database.close();
    writeFileSync(path, bytes);
    open = openDatabase(path);
    conversations = new Conversations(open.database, () => {});
    expect(questionsIn(path)).toEqual([`${said}9000`]);
    expect(care(true)).toMatchObject({ status: 'damaged' });
    open.database.close();
    open = openDatabase(path, { isDamaged: true });
    expect(open.damaged).toMatchObject({ kept: 1, fromCopy: 1, lostMessages: 0 });
    expect(questionsIn(path)).toEqual([`${said}1000`]);
    expect(care(true)).toMatchObject({ status: 'sound' });
  });

  it('are made by a process of its own at the end of a command, once a day, and damage is told by it', async () => {
    conversations.ask(null, 'one', null);
    let damaged = 0;
    const written: string[] = [];
    const caretaker = new Caretaker({
      path,
      node: nodeExecutable,
      entry: join(checkout, 'core', 'database', 'care-entry.ts'),
      log: { write: (event, fields) => written.push(`${event} ${fields?.['status']}`) },
      wasLeftOpen: false,
      onFailing: () => {},
      onDamaged: () => {
        damaged += 1;
      },
    });
    await caretaker.beforeEnd();
    await caretaker.beforeEnd();
    expect(written).toEqual(['database-care sound']);
    expect(questionsIn(copy('latest'))).toEqual(['one']);
    open.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    writeFileSync(path, readFileSync(path).fill(0, 4096 * 3, 4096 * 4));
    await caretaker.run({ path, fullCheck: true, copyAfterMs: hourMs });
    expect(damaged).toBe(1);
    caretaker.dispose();
  });
});
