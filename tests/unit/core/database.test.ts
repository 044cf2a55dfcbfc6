import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { versionOf } from '../../../core/database/migrate.ts';
import { migrations, newestVersion } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { openFolders } from '../../../core/profile/folders.ts';
import { ownProfile } from '../../../core/profile/owner.ts';

describe('the database file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-db-'));
    path = join(folder, 'beckon.db');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function fill(count: number): void {
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    for (let index = 0; index < count; index += 1)
      conversations.ask(null, `question ${index} ${'x'.repeat(500)}`, null);
    conversations.dispose();
    database.close();
  }

  const others = (part: string) => readdirSync(folder).filter((name) => name.includes(part));

  it.each(migrations.map(({ version }) => version).filter((version) => version < newestVersion))(
    'of version %i is brought to the newest with its data and a backup',
    async (version) => {
      const old = openDatabase(path, { migrations: migrations.slice(0, version) });
      old.database.exec(
        "INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c1', 'Old', 1, 1); INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES ('m1', 'c1', 1, 'user', 'an old question', 'complete', 1)",
      );
      if (version > 1 && version < 6)
        old.database.exec("INSERT INTO message_search (rowid, text) VALUES (1, 'an old question')");
      old.database.close();
      const { database, damaged } = openDatabase(path);
      expect(versionOf(database)).toBe(newestVersion);
      expect(damaged).toBeNull();
      const conversations = new Conversations(database, () => {});
      expect(conversations.get('c1').messages).toMatchObject([{ text: 'an old question' }]);
      expect((await conversations.search('old question', 5)).length).toBe(1);
      conversations.dispose();
      database.close();
      const backup = new DatabaseSync(join(folder, others(`.backup-v${version}-`)[0] ?? ''), { readOnly: true });
      expect(backup.prepare('SELECT text FROM messages').all()).toMatchObject([{ text: 'an old question' }]);
      backup.close();
    },
  );

  it('of a newer version is refused and stays as it was, byte for byte', () => {
    fill(3);
    const newer = new DatabaseSync(path);
    newer.exec(
      `PRAGMA user_version = ${newestVersion + 1}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE`,
    );
    newer.close();
    const before = readFileSync(path);
    expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: 'database/newer' }));
    const probe = new DatabaseSync(path, { readOnly: true });
    expect(Number(probe.prepare('SELECT count(*) AS n FROM messages').get()?.['n'])).toBe(6);
    probe.close();
    // Only the two bytes of the header that say how the file is journalled may differ.
    const after = readFileSync(path);
    after.copy(before, 18, 18, 20);
    expect(after.subarray(100)).toEqual(before.subarray(100));
  });

  it.each(['flipped bytes', 'garbage', 'an empty page in the middle'])(
    'with %s is set aside, and the last good copy is used',
    (kind) => {
      const old = openDatabase(path, { migrations: migrations.slice(0, 2) });
      old.database.exec("INSERT INTO conversations VALUES ('c1', 'Old', 1, 1, NULL)");
      old.database.close();
      fill(400);
      const bytes = readFileSync(path);
      if (kind === 'garbage') bytes.fill(0x5a);
      else if (kind === 'flipped bytes')
        for (let at = 4096; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      else bytes.fill(0, 8192, 16_384);
      writeFileSync(path, bytes);
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      const { database, damaged } = openDatabase(path);
      expect(damaged).toMatchObject({ restored: true });
      expect(readFileSync(damaged?.asideFile ?? '')).toEqual(bytes);
      expect(database.prepare("SELECT title FROM conversations WHERE id = 'c1'").all()).toMatchObject([
        { title: 'Old' },
      ]);
      database.close();
    },
  );

  it('that is damaged with no copy is set aside and a fresh one begun', () => {
    writeFileSync(path, 'this is not a database, whatever its name says'.repeat(200));
    const { database, damaged } = openDatabase(path);
    expect(damaged).toMatchObject({ restored: false });
    expect(existsSync(damaged?.asideFile ?? '')).toBe(true);
    expect(versionOf(database)).toBe(newestVersion);
    database.close();
  });

  it('keeps three backups, not more', () => {
    for (let round = 0; round < 5; round += 1) {
      const at = new Date(2026, 0, 1 + round);
      const old = openDatabase(path, { migrations: migrations.slice(0, 2), now: () => at });
      old.database.exec('PRAGMA user_version = 1; DROP TABLE message_search');
      old.database.close();
    }
    expect(others('.backup-').length).toBeLessThanOrEqual(3);
  });
});

describe('a profile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-profile-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has one owner, and the next one as soon as that lets go', () => {
    const first = ownProfile(folder);
    expect(first).not.toBeNull();
    expect(ownProfile(folder)).toBeNull();
    first?.dispose();
    const second = ownProfile(folder);
    expect(second).not.toBeNull();
    second?.dispose();
  });

  it('is made for its owner alone, and is a named error without a home or without the right to write', () => {
    const { profile } = openFolders({ HOME: folder });
    expect(statSync(profile).mode & 0o077).toBe(0);
    for (const home of ['/nonexistent', '/'])
      expect(() => openFolders({ HOME: home })).toThrow(expect.objectContaining({ code: 'profile/no-home' }));
    // Who has named a profile was told to name one.
    const named = join(folder, 'named');
    expect(openFolders({ HOME: '/nonexistent', BECKON_PROFILE: named })).toMatchObject({
      profile: named,
      models: join(named, 'models'),
    });
    const file = join(folder, 'file');
    writeFileSync(file, 'not a folder');
    expect(() => openFolders({ BECKON_PROFILE: join(file, 'inside') })).toThrow(
      expect.objectContaining({ code: 'profile/not-writable' }),
    );
  });
});
