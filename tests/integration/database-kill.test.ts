import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careFor } from '../../core/database/care.ts';
import { migrations } from '../../core/database/migrations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { fillProfile, rowsOf } from '../support/full-profile.ts';
import { sleep } from '../support/processes.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const messages = 20_000;
const kills = 8;

describe('kill -9 of the process that', () => {
  const random = seededRandom(testSeed());
  let folder: string;
  let path: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-database-kill-'));
    write(join(folder, 'new.db'), migrations.length);
    write(join(folder, 'old.db'), migrations.length - 1);
  });

  beforeEach(() => {
    const place = mkdtempSync(join(folder, 'profile-'));
    path = join(place, 'beckon.db');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Chats as a version of the schema holds them. */
  function write(file: string, version: number): void {
    const { database } = openDatabase(file, { migrations: migrations.slice(0, version) });
    database.exec(
      "INSERT INTO conversations (id, title, created_at, updated_at, deleted_at) VALUES ('c-1', 'Old', 1, 1, NULL); BEGIN",
    );
    const insert = database.prepare(
      "INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES (?, 'c-1', ?, 'user', ?, 'complete', 1)",
    );
    for (let number = 0; number < messages; number += 1)
      insert.run(`m-${number}`, number, `Message ${number} of an old chat. ${'The tide turns at noon. '.repeat(20)}`);
    database.exec('COMMIT');
    database.close();
  }

  function start(script: string, ...args: readonly string[]): ChildProcess {
    return spawn(nodeExecutable, [join(checkout, script), ...args], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  }

  /** How long the work takes when nobody interrupts it, in milliseconds. */
  async function time(child: ChildProcess): Promise<number> {
    const begun = performance.now();
    await once(child, 'exit');
    return performance.now() - begun;
  }

  async function killWithin(child: ChildProcess, ms: number): Promise<void> {
    const ended = once(child, 'exit');
    await sleep((ms * random(100)) / 100);
    child.kill('SIGKILL');
    await ended;
  }

  function count(file: string): number {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      expect(Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})).toEqual(['ok']);
      return Number(database.prepare('SELECT count(*) AS n FROM messages').get()?.['n']);
    } finally {
      database.close();
    }
  }

  it('copies the database never leaves a half copy under the name of a good one', async () => {
    copyFileSync(join(folder, 'new.db'), path);
    const latest = join(path, '..', 'backups', 'latest.db');
    const job = JSON.stringify({ path, fullCheck: true, copyAfterMs: 0 });
    const ms = await time(start('core/database/care-entry.ts', job));
    expect(count(latest)).toBe(messages);
    for (let round = 0; round < kills; round += 1) {
      rmSync(latest, { force: true });
      await killWithin(start('core/database/care-entry.ts', job), ms);
      if (existsSync(latest)) expect(count(latest)).toBe(messages);
      expect(count(path)).toBe(messages);
    }
    expect(careFor({ path, fullCheck: false, copyAfterMs: 0 }).status).toBe('sound');
    const left = readdirSync(join(path, '..', 'backups')).filter((name) => name.startsWith('draft'));
    expect(left, 'drafts of those that were killed').toEqual([]);
  });

  it('mends a damaged file leaves the damaged or the mended one, and the next goes on', async () => {
    copyFileSync(join(folder, 'new.db'), path);
    const ms = await time(start('tests/fakes/open-database.ts', path, 'damaged'));
    for (let round = 0; round < kills; round += 1) {
      await killWithin(start('tests/fakes/open-database.ts', path, 'damaged'), ms);
      expect(existsSync(path) || readdirSync(join(path, '..')).some((name) => name.includes('.salvaged-'))).toBe(true);
    }
    const { database, damaged } = openDatabase(path, { isDamaged: true });
    database.close();
    expect(damaged).toMatchObject({ total: 1, kept: 1, lostMessages: 0 });
    expect(count(path)).toBe(messages);
    const left = readdirSync(join(path, '..')).filter((name) => /salvaging|salvaged/.test(name));
    expect(left).toEqual([]);
  });

  it.each(migrations.map(({ version }) => version).slice(0, -1))(
    'brings a profile of version %i up to date leaves, once it is opened again, every row that it has where nobody interrupts',
    { timeout: 120_000 },
    async (version) => {
      const old = mkdtempSync(join(folder, 'old-'));
      fillProfile(old, version, 'kept', 6000);
      const file = join(old, 'beckon.db');
      copyFileSync(file, path);
      const ms = await time(start('tests/fakes/open-database.ts', path));
      const whole = keptRows(path, version);
      expect(Object.keys(whole).length).toBeGreaterThan(5);
      for (let round = 0; round < 4; round += 1) {
        copyFileSync(file, path);
        for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
        await killWithin(start('tests/fakes/open-database.ts', path), ms);
        const { database, damaged } = openDatabase(path);
        database.close();
        expect(damaged).toBeNull();
        expect(keptRows(path, version)).toEqual(whole);
      }
    },
  );

  /** All rows, but for those that say when and by whom the file was brought up to date. */
  function keptRows(file: string, version: number): Readonly<Record<string, string>> {
    const own = ['table search_source', ...(version < 10 ? ['table receipt_log'] : [])];
    return Object.fromEntries(Object.entries(rowsOf(file)).filter(([name]) => !own.includes(name)));
  }

  it('brings an old file up to date leaves the old schema or the new, with every message', async () => {
    copyFileSync(join(folder, 'old.db'), path);
    const ms = await time(start('tests/fakes/open-database.ts', path));
    for (let round = 0; round < kills; round += 1) {
      copyFileSync(join(folder, 'old.db'), path);
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      await killWithin(start('tests/fakes/open-database.ts', path), ms);
      const { database, damaged } = openDatabase(path);
      database.close();
      expect(damaged).toBeNull();
      expect(count(path)).toBe(messages);
    }
  });
});
