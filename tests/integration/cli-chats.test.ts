import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { cliEntry, nodeExecutable, readySettings, writeSettings } from '../support/beckon-app.ts';

describe('beckon doctor beside chats', () => {
  let profile: string;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-chats-'));
    writeSettings(profile, { ...readySettings, language: 'system' });
    const { database } = openDatabase(join(profile, 'beckon.db'));
    const conversations = new Conversations(database, () => {});
    conversations.ask(null, 'Where is the lighthouse?', null);
    conversations.dispose();
    database.close();
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  function beckon(command: string, language = 'C.UTF-8') {
    return spawnSync(nodeExecutable, [cliEntry, command], {
      env: { ...process.env, BECKON_PROFILE: profile, LANG: language, DISPLAY: undefined },
      input: '',
      encoding: 'utf8',
    });
  }

  it('of a newer Beckon says that, and all else it can tell: it said nothing else', () => {
    const newer = new DatabaseSync(join(profile, 'beckon.db'));
    newer.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
    newer.close();
    const before = readFileSync(join(profile, 'beckon.db')).subarray(100);
    const { status, stdout, stderr } = beckon('doctor');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/failed +The chat database cannot be read\n +Your chats were written by a newer Beckon/);
    expect(stdout).toMatch(/Runs on Node/);
    expect(stdout).toMatch(/of disk are free/);
    expect(beckon('doctor', 'zh_CN.UTF-8').stdout).toContain('磁盘');
    expect(beckon('history')).toMatchObject({ status: 1, stderr: expect.stringContaining('a newer Beckon') });
    expect(readFileSync(join(profile, 'beckon.db')).subarray(100)).toEqual(before);
  });

  it('of one chat counts one', () => {
    expect(beckon('doctor').stdout).toMatch(/1 chat stored\n/);
  });
});
