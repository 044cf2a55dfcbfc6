import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import { valuesOf } from '../../../core/database/damage-report.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

const detail = { thinking: '', error: null, receipt: null, state: 'complete' } as const;

describe('what a copy has and the chat file has not', () => {
  let folder: string;
  let path: string;

  /** Each chat is a title and two questions with their answers. */
  function ask(titles: readonly string[]) {
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    for (const title of titles) {
      const { conversationId, answerId } = conversations.ask(null, title, null);
      conversations.updateAnswer(answerId, { ...detail, text: `answer to ${title}` });
      const more = conversations.ask(conversationId, `more of ${title}`, null);
      conversations.updateAnswer(more.answerId, { ...detail, text: `answer to more of ${title}` });
    }
    conversations.dispose();
    database.close();
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-taken-back-'));
    path = join(folder, 'beckon.db');
    ask(['one', 'two', 'three']);
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function change(sql: string) {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    database.exec(sql);
    database.close();
  }

  function opened(isDamaged = true) {
    const { database, damaged } = openDatabase(path, { isDamaged });
    const texts = database.prepare('SELECT text FROM messages ORDER BY conversation_id, position').all();
    const chats = Number(database.prepare('SELECT count(*) AS n FROM conversations').get()?.['n']);
    database.close();
    if (damaged === null) throw new Error('no damage was found');
    return { texts: texts.map(({ text }) => String(text)), chats, values: valuesOf(damaged), report: damaged };
  }

  // The copy had all of them, and it was said that there was no copy with chats.
  it('is taken back where every message is gone and the chats stand', () => {
    ask(['four']);
    change('DELETE FROM messages');
    const { texts, values, report } = opened();
    expect(texts).toHaveLength(12);
    expect(report).toMatchObject({ kept: 3, titles: 1, certain: false, fromCopy: 3 });
    expect(values).toMatchObject({ context: 'keptAndTitles', here: 'copyUnsure' });
  });

  // Nothing is missing, it was said: sixty messages were, and the copy had nearly all.
  it.each([
    ['every third', 'number % 3 = 0'],
    ['every question', "role = 'user'"],
    ['all but the first of each chat', 'position > 1'],
    ['the last of each chat', 'position = 4'],
    ['those of one chat', "conversation_id = (SELECT id FROM conversations WHERE title = 'two')"],
  ])('is taken back where messages are gone: %s', (_, which) => {
    ask(['four']);
    change(
      `DELETE FROM messages WHERE conversation_id <> (SELECT id FROM conversations WHERE title = 'four') AND ${which}`,
    );
    const { texts, report } = opened();
    expect(texts).toHaveLength(16);
    expect(report).toMatchObject({ kept: 4, total: 4, certain: false });
  });

  it.each([
    ['from the middle of a chat', 'position IN (2, 3)'],
    ['from the end of a chat, an answer alone', 'position = 4'],
    ['all of a chat', 'position > 0'],
  ])('cannot be told where there is none: that nothing is missing is not said of messages gone %s', (_, which) => {
    rmSync(join(folder, 'backups'), { recursive: true });
    change(
      `DELETE FROM messages WHERE ${which} AND conversation_id = (SELECT id FROM conversations WHERE title = 'two')`,
    );
    expect(opened().values['here']).toBe('unsure');
  });

  it('stays away where a person removed it: with its chat, or by wording a question anew', () => {
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    database.exec("DELETE FROM conversations WHERE title = 'one'");
    const [two] = conversations.list('two', 1);
    if (two === undefined) throw new Error('the chat is gone');
    const [first] = conversations.get(two.id).messages;
    conversations.ask(two.id, 'two, worded anew', first?.id ?? null);
    conversations.dispose();
    database.close();
    const { texts } = opened();
    expect(texts.filter((text) => /one$|two$/.test(text))).toEqual([]);
    expect(texts).toContain('two, worded anew');
    expect(texts.filter((text) => text.endsWith('three'))).toHaveLength(4);
  });

  // Sixty-five chats of the newer copy were not taken, and no copy was named.
  it('is taken back into an older copy that lies in the place of the file', () => {
    const latest = join(folder, 'backups', 'latest.db');
    renameSync(latest, join(folder, 'day.db'));
    ask(['four', 'five']);
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
    ask(['six']);
    copyFileSync(join(folder, 'day.db'), path);
    const { texts, values, report } = opened(false);
    expect(texts).toHaveLength(20);
    expect(report).toMatchObject({ was: 'older', kept: 5, fromCopy: 2, certain: false });
    expect(values['here']).toBe('copyUnsure');
  });

  it('is taken back beside chats of another origin whose numbers are the same', () => {
    const latest = join(folder, 'backups', 'latest.db');
    copyFileSync(latest, join(folder, 'kept.db'));
    rmSync(path);
    rmSync(join(folder, 'backups'), { recursive: true });
    ask(['other']);
    careFor({ path, fullCheck: true, copyAfterMs: 0 });
    copyFileSync(join(folder, 'kept.db'), latest);
    const { texts, report } = opened(false);
    expect(texts).toHaveLength(16);
    expect(report).toMatchObject({ kept: 4, total: 4 });
  });

  // Of each chat something was read from a copy, it was said, although all stood in the file.
  it('is not needed where the head of the file alone is broken: all that is here was read from the file', () => {
    ask(['four']);
    const bytes = readFileSync(path);
    bytes[0] = 0x54;
    writeFileSync(path, bytes);
    const { texts, chats, values, report } = opened(false);
    expect({ texts: texts.length, chats }).toEqual({ texts: 16, chats: 4 });
    expect(report).toMatchObject({ fromCopy: 0, kept: 4 });
    expect(values['here']).toBe('unsure');
  });

  it('is told as titles alone where no copy has the messages: a file that was not empty was called so', () => {
    rmSync(join(folder, 'backups'), { recursive: true });
    change('DELETE FROM messages; PRAGMA secure_delete = ON; VACUUM');
    const { chats, values } = opened();
    expect(chats).toBe(3);
    expect(values).toMatchObject({ context: 'kept', here: 'nothingButTitles', titles: 3 });
  });
});
