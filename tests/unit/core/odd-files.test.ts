import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

/** Only root may keep a file from all changes, and only on some disks. */
function canBeKept(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-kept-'));
  try {
    writeFileSync(join(folder, 'tried'), '');
    const kept = spawnSync('chattr', ['+i', join(folder, 'tried')]).status === 0;
    spawnSync('chattr', ['-i', join(folder, 'tried')]);
    if (!kept)
      process.stderr.write('skipped, a file cannot be kept from all changes here: that takes root and chattr\n');
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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

  // A command hung for a minute and a half, and then another Beckon was said to use the profile.
  it.each(['-journal', '-wal', '-shm'])(
    'may have a pipe beside it, or a link, under the name of what SQLite opens: %s',
    (suffix) => {
      rmSync(path + suffix, { force: true });
      expect(spawnSync('mkfifo', [path + suffix]).status).toBe(0);
      expect(opened()).toMatchObject({ questions: whole.questions });
      rmSync(path + suffix, { force: true });
      symlinkSync('nowhere', path + suffix);
      expect(opened().questions).toEqual([...whole.questions, 'asked after']);
      rmSync(path + suffix, { force: true });
      symlinkSync(folder, path + suffix);
      expect(opened().questions).toEqual([...whole.questions, 'asked after', 'asked after']);
    },
  );

  it('may be damaged where nothing can be written: what can be read is shown, and what is missing is told', () => {
    const bytes = readFileSync(path);
    const [from, to] = [bytes.indexOf('two'), bytes.length];
    for (let page = 4096; page < to; page += 4096) if (page !== from - (from % 4096)) bytes.fill(0, page, page + 4096);
    writeFileSync(path, bytes);
    const { database, damaged, readOnly } = openDatabase(path, { mayWrite: false });
    expect(database.prepare('SELECT count(*) AS n FROM conversations').get()).toEqual({ n: 3 });
    expect({ readOnly, stored: damaged?.stored, kept: damaged?.kept }).toEqual({
      readOnly: 'not-writable',
      stored: false,
      kept: 3,
    });
    database.close();
    expect(readFileSync(path)).toEqual(bytes);
  });

  // Something inside went wrong, it was said, and no chat was shown.
  it.runIf(canBeKept())('may be kept from all changes: it is read, damaged or not', () => {
    for (const damage of [false, true]) {
      if (damage) {
        const bytes = readFileSync(path);
        bytes[0] = 0x54;
        writeFileSync(path, bytes);
      }
      expect(spawnSync('chattr', ['+i', path]).status).toBe(0);
      try {
        const { database, damaged, readOnly } = openDatabase(path);
        expect(database.prepare('SELECT count(*) AS n FROM conversations').get()).toEqual({ n: 3 });
        expect({ damage: damaged !== null, readOnly }).toEqual({ damage, readOnly: 'not-writable' });
        database.close();
      } finally {
        spawnSync('chattr', ['-i', path]);
      }
    }
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
