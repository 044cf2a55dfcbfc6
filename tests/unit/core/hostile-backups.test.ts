import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isBackedUp } from '../../../core/backup/backed-up.ts';
import { stageRestore } from '../../../core/backup/restore.ts';
import { newestVersion } from '../../../core/database/migrations.ts';
import { stageOf } from '../../../core/pending-restore.ts';
import { backedUp, filled, folder, parent, quiet } from '../../support/backups.ts';
import { contentsOf } from '../../support/full-profile.ts';

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** A backup with other contents whose hashes fit, as somebody makes one who knows the format. */
function forged(from: string, change: (manifest: Made, files: Map<string, Buffer>) => void): string {
  const bytes = readFileSync(from);
  const first = bytes.indexOf(10) + 1;
  const second = bytes.indexOf(10, first) + 1;
  const manifest = JSON.parse(bytes.toString('utf8', first, second)) as Made;
  const files = new Map<string, Buffer>();
  let at = second;
  for (const { name, bytes: length } of manifest.files) {
    files.set(name, bytes.subarray(at, at + length));
    at += length;
  }
  change(manifest, files);
  for (const file of manifest.files) {
    const content = files.get(file.name);
    if (content !== undefined) Object.assign(file, { bytes: content.length, sha256: sha256(content) });
  }
  const all = Buffer.concat([
    bytes.subarray(0, first),
    Buffer.from(`${JSON.stringify(manifest)}\n`),
    ...manifest.files.map(({ name }) => files.get(name) ?? Buffer.alloc(0)),
  ]);
  const to = join(folder(), 'forged.beckon');
  writeFileSync(to, Buffer.concat([all, Buffer.from(`end ${sha256(all)}\n`)]));
  return to;
}

interface Made {
  files: { name: string; bytes: number; sha256: string }[];
  [name: string]: unknown;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a file that is no backup, or not the one that was written', () => {
  it('is refused wherever it was cut and whichever byte was changed, and nothing here is touched', async () => {
    const [from, here] = [await backedUp(filled()), filled(newestVersion, 'other')];
    const was = contentsOf(here);
    const whole = readFileSync(from);
    const tried = join(folder(), 'tried.beckon');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (at, isCut) => {
        writeFileSync(tried, whole);
        if (isCut) truncateSync(tried, at);
        else writeFileSync(tried, changedAt(whole, at));
        await expect(stageRestore({ profile: here, from: tried, now: new Date(), ...quiet })).rejects.toMatchObject({
          code: expect.stringMatching(/^backup\/(?:damaged|none|newer)$/),
        });
        expect(existsSync(stageOf(here))).toBe(false);
      }),
      { numRuns: 60 },
    );
    expect(contentsOf(here)).toEqual(was);
  });

  it('is refused in words for each way to do harm', async () => {
    const from = await backedUp(filled());
    const put = (name: string, content: string | Buffer) => (manifest: Made, files: Map<string, Buffer>) => {
      if (!files.has(name)) manifest.files.push({ name, bytes: 0, sha256: '' });
      files.set(name, Buffer.from(content));
    };
    const withRows = (sql: string) => (_: Made, files: Map<string, Buffer>) => {
      const path = join(folder(), 'beckon.db');
      writeFileSync(path, files.get('beckon.db') ?? '');
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
      files.set('beckon.db', readFileSync(path));
    };
    const hostile: readonly (readonly [string, string, (manifest: Made, files: Map<string, Buffer>) => void])[] = [
      ['leads up', 'backup/damaged', put('atoms/../../escaped.json', '{}')],
      ['leads away', 'backup/damaged', put('/tmp/escaped.json', '{}')],
      ['leads up on Windows', 'backup/damaged', put('atoms\\..\\..\\escaped.json', '{}')],
      ['a hidden file', 'backup/damaged', put('atoms/.hidden.json', '{}')],
      ['keys', 'backup/damaged', put('keys.json', '{}')],
      ['the signing key', 'backup/damaged', put('author.json', '{}')],
      ['a program', 'backup/damaged', put('models/x.gguf', 'x')],
      ['what is run', 'backup/damaged', put('chromium/Preferences', 'x')],
      ['two of one name', 'backup/damaged', (made) => void made.files.push(...made.files.slice(-1))],
      ['two that some systems take for one', 'backup/damaged', put('atoms/FIGURES.json', '{}')],
      ['too large a file', 'backup/damaged', put('rules.json', Buffer.alloc(5_000_000, 32))],
      [
        'too many files',
        'backup/damaged',
        (made) => {
          for (let at = 0; at < 20_001; at += 1)
            made.files.push({ name: `atoms/${at}.json`, bytes: 0, sha256: sha256(Buffer.alloc(0)) });
        },
      ],
      ['settings that are none', 'backup/damaged', put('settings.json', '{"theme":')],
      ['another program’s database', 'backup/damaged', withRows('PRAGMA application_id = 7')],
      ['a newer database', 'database/newer', withRows('PRAGMA user_version = 4000')],
      ['a database of no version', 'backup/damaged', withRows('PRAGMA user_version = 0')],
      [
        'a trigger that acts later',
        'backup/damaged',
        withRows('CREATE TRIGGER bad AFTER INSERT ON messages BEGIN DELETE FROM conversations; END'),
      ],
      ['a view in the place of a table', 'backup/damaged', withRows('CREATE VIEW bad AS SELECT 1')],
      ['a table without its column', 'backup/damaged', withRows('ALTER TABLE messages DROP COLUMN receipt')],
      ['rows that belong to none', 'backup/damaged', withRows('PRAGMA foreign_keys = OFF; DELETE FROM conversations')],
      ['no database at all', 'backup/damaged', put('beckon.db', 'SQLite format 3\0 but not')],
      ['more than it says', 'backup/damaged', (made) => void Object.assign(made, { more: 1 })],
      ['less than it says', 'backup/damaged', (made) => void delete made['counts']],
    ];
    for (const [what, code, change] of hostile) {
      const here = filled(newestVersion, 'other');
      const was = contentsOf(here);
      const trying = stageRestore({ profile: here, from: forged(from, change), now: new Date(), ...quiet });
      await expect(trying, what).rejects.toMatchObject({ code });
      expect(contentsOf(here), what).toEqual(was);
      expect(existsSync(stageOf(here)), what).toBe(false);
    }
    expect(readdirSync(parent).filter((name) => name.includes('escaped'))).toEqual([]);
  });

  it('is refused for what it begins like, and a bomb for what it says', async () => {
    const [here, place] = [folder(), folder()];
    const from = await backedUp(filled());
    const trying = (name: string) =>
      stageRestore({ profile: here, from: join(place, name), now: new Date(), ...quiet });
    writeFileSync(
      join(place, 'newer'),
      readFileSync(from, 'latin1').replace('beckon backup 1', 'beckon backup 2'),
      'latin1',
    );
    writeFileSync(join(place, 'zip'), 'PK\x03\x04');
    writeFileSync(join(place, 'empty'), '');
    writeFileSync(join(place, 'endless'), `beckon backup 1\n${'{'.repeat(9_000_000)}`);
    // As large as a disk, and nothing in it.
    writeFileSync(join(place, 'bomb'), readFileSync(from));
    truncateSync(join(place, 'bomb'), 8e12);
    await expect(trying('newer')).rejects.toMatchObject({ code: 'backup/newer' });
    await expect(trying('zip')).rejects.toMatchObject({ code: 'backup/none' });
    await expect(trying('empty')).rejects.toMatchObject({ code: 'backup/none' });
    await expect(trying('endless')).rejects.toMatchObject({ code: 'backup/damaged' });
    await expect(trying('bomb')).rejects.toMatchObject({ code: expect.stringMatching(/disk\/full|backup\/damaged/) });
    await expect(trying('gone')).rejects.toMatchObject({ code: 'file/not-found' });
    await expect(stageRestore({ profile: here, from: place, now: new Date(), ...quiet })).rejects.toMatchObject({
      code: 'backup/none',
    });
    expect(readdirSync(here)).toEqual([]);
  });

  it('has no other names than those of a profile', () => {
    for (const name of [
      'beckon.db',
      'settings.json',
      'atoms/a.json',
      'atoms/removed/a.2026.json',
      'atom-versions/a.json/12.json',
    ])
      expect(isBackedUp(name), name).toBe(true);
    for (const name of [
      '',
      '.',
      '..',
      'atoms',
      'atoms/',
      'atoms/..',
      'atoms/removed/../../x',
      'beckon.db-wal',
      'atoms/a/b.json',
      'settings.json/x',
      'restore/ready.json',
      'atoms/a\0.json',
    ])
      expect(isBackedUp(name), name).toBe(false);
  });
});

function changedAt(whole: Buffer, at: number): Buffer {
  const changed = Buffer.from(whole);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
