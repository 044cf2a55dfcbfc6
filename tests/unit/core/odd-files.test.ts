import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

describe('what lies in the place of the chat file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-odd-'));
    path = join(folder, 'beckon.db');
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    for (const question of ['one', 'two', 'three']) conversations.ask(null, question, null);
    conversations.dispose();
    database.close();
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What is there after it was opened, and whether it can be written to. */
  function opened(): { readonly questions: readonly unknown[]; readonly mended: boolean } {
    const { database, damaged } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    conversations.ask(null, 'asked after', null);
    const rows = database.prepare("SELECT text FROM messages WHERE role = 'user' ORDER BY number").all();
    conversations.dispose();
    database.close();
    return { questions: rows.map(({ text }) => text), mended: damaged !== null };
  }

  const whole = { questions: ['one', 'two', 'three', 'asked after'], mended: true };

  // Core waited for somebody to write into the pipe, for ever, and so did every command.
  it('may be a pipe, which is not waited for: the chats come from their copy', () => {
    rmSync(path);
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    expect(opened()).toEqual(whole);
  });

  it.each([
    ['nowhere', 'is-not-there'],
    ['to itself', 'beckon.db'],
  ])('may be a link that leads %s: the chats come from their copy', (_, target) => {
    rmSync(path);
    symlinkSync(target, path);
    expect(opened()).toEqual(whole);
  });

  it.each([
    ['the format to write', 18, 3],
    ['the format to read', 19, 9],
    ['the format of the schema', 47, 99],
  ])('may have a number in its head that cannot be: %s', (_, at, value) => {
    const bytes = readFileSync(path);
    bytes[at] = value;
    writeFileSync(path, bytes);
    expect(opened()).toEqual(whole);
  });

  // The next question took all chats along, and the doctor had called the file sound.
  it('may have a trigger of somebody else’s, which is never run', () => {
    const database = new DatabaseSync(path);
    database.exec(`CREATE TRIGGER evil AFTER INSERT ON conversations BEGIN
      DELETE FROM messages WHERE conversation_id <> new.id; DELETE FROM conversations WHERE id <> new.id; END`);
    database.close();
    expect(opened()).toEqual(whole);
  });

  const change = (sql: string) => {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    database.exec(sql);
    database.close();
  };
  const chats = () => {
    const { database, damaged } = openDatabase(path);
    const rows = database.prepare(
      'SELECT title, id IN (SELECT conversation_id FROM messages) AS filled FROM conversations',
    );
    const titles = rows.all().map(({ title, filled }) => `${title}${filled === 1 ? '' : ' (empty)'}`);
    database.close();
    return { titles, kept: damaged?.kept, total: damaged?.total };
  };

  // The messages stood in the file and in no list, and the file was called sound.
  it('may lack the chats of messages: they are in the list again', () => {
    change("DELETE FROM conversations WHERE title = 'two'");
    expect(chats()).toMatchObject({ kept: 3, total: 3 });
  });

  it('may lack all chats, of which those come back that have messages and not what was deleted since the copy', () => {
    const { database } = openDatabase(path);
    database.exec("DELETE FROM conversations WHERE title = 'two'");
    database.close();
    change('DROP TABLE conversations');
    const { titles, kept, total } = chats();
    expect({ titles: [...titles].sort(), kept, total }).toEqual({ titles: ['one', 'three'], kept: 2, total: 2 });
  });

  it('may hold titles without messages, which are not counted as chats that are here', () => {
    rmSync(join(folder, 'backups'), { recursive: true });
    change("DELETE FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE title <> 'one')");
    change('UPDATE search_source SET changes = 0');
    const bytes = readFileSync(path);
    bytes[18] = 3;
    writeFileSync(path, bytes);
    expect(chats()).toMatchObject({ kept: 1, total: 3 });
  });
});
