import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

const nowhere = { targetId: null, editable: false, needsFocus: false } as const;
describe('a value of the wrong kind', () => {
  let folder: string;
  let path: string;
  let conversationId: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-values-'));
    path = join(folder, 'beckon.db');
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    const about = {
      kind: 'selection',
      text: 'the tide table',
      application: null,
      title: null,
      positions: null,
      ...nowhere,
    } as const;
    const asked = conversations.ask(null, 'When is the tide?', null, { attachments: [about], action: null });
    conversationId = asked.conversationId;
    const detail = { thinking: '', error: null, receipt: null };
    conversations.updateAnswer(asked.answerId, { ...detail, text: 'At noon.', state: 'complete' });
    conversations.rename(conversationId, 'Tides');
    conversations.ask(null, 'Something else', null);
    conversations.dispose();
    database.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes as no Beckon can: its tables take only values of their kind. */
  function write(sql: string): void {
    const edit = (statements: string) => {
      const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
      database.enableDefensive?.(false);
      database.exec(statements);
      database.close();
    };
    edit(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(replace(sql, ' STRICT', ''), 'NOT NULL', '') WHERE type = 'table'",
    );
    edit(`PRAGMA ignore_check_constraints = ON; ${sql}`);
  }

  it.each([
    ['bytes in the place of an answer', "UPDATE messages SET text = x'4174206e6f6f6e2e'", 'At noon.'],
    [
      'bytes that are no text',
      "UPDATE messages SET text = x'fffe41', state = 'odd' WHERE role = 'assistant'",
      '\ufffd\ufffdA',
    ],
  ])('%s keeps the message in its place, with what can be read of it, and is told', (_, sql, text) => {
    write(sql);
    const { database, damaged } = openDatabase(path, { isDamaged: true });
    const conversations = new Conversations(database, () => {});
    const { title, messages } = conversations.get(conversationId);
    expect(title).toBe('Tides');
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(messages[1]).toMatchObject({ text, state: 'cut' });
    expect(damaged).toMatchObject({ total: 2, kept: 2 });
    expect(damaged?.lostMessages).toBeGreaterThan(0);
    conversations.dispose();
    database.close();
  });

  it.each([
    ['its title', "UPDATE conversations SET title = x'5469646573'"],
    ['the time it was made', "UPDATE conversations SET created_at = 'yesterday'"],
    ['the time it was changed', "UPDATE conversations SET updated_at = x'00'"],
    ['a text that went along', "UPDATE attachments SET text = x'7468652074696465207461626c65', words = 'many'"],
  ])('in a chat (%s) loses nothing else of it', (_, sql) => {
    write(sql);
    const { database } = openDatabase(path, { isDamaged: true });
    const conversations = new Conversations(database, () => {});
    const { title, updatedAt, messages } = conversations.get(conversationId);
    expect(title).toBe('Tides');
    expect(updatedAt).toBeGreaterThan(1e12);
    expect(messages.map(({ text }) => text)).toEqual(['When is the tide?', 'At noon.']);
    expect(conversations.attachmentsOf(conversationId).get(messages[0]?.id ?? '')?.[0]?.text).toBe('the tide table');
    conversations.dispose();
    database.close();
  });
});
