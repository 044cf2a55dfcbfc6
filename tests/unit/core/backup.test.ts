import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isBackedUp } from '../../../core/backup/backed-up.ts';
import { commitRestore, isEmptyProfile, stageRestore } from '../../../core/backup/restore.ts';
import { writeBackup } from '../../../core/backup/write-backup.ts';
import { checkRestored } from '../../../core/database/check-restored.ts';
import { migrations, newestVersion } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { putInPlace, stageOf } from '../../../core/pending-restore.ts';
import { ownProfile } from '../../../core/profile/owner.ts';
import { contentsOf, fillProfile, namesIn, rowsOf, verifyReceipts } from '../../support/full-profile.ts';

const parent = mkdtempSync(join(tmpdir(), 'beckon-backup-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

function folder(): string {
  return mkdtempSync(join(parent, 'profile-'));
}

function filled(version?: number, said?: string): string {
  const profile = folder();
  fillProfile(profile, version, said);
  return profile;
}

const quiet = { onProgress: () => {}, signal: new AbortController().signal, checkDatabase: checkRestored };

async function backedUp(profile: string): Promise<string> {
  const to = join(folder(), 'all.beckon');
  await writeBackup({ profile, to, version: '0.1.0', now: 5, ...quiet });
  return to;
}

/** Restores as the command does, and answers the folder of what was there. */
async function restored(from: string, profile: string): Promise<string | null> {
  const now = new Date();
  await stageRestore({ profile, from, now, ...quiet });
  commitRestore(profile, now);
  return putInPlace(profile);
}

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

describe('a backup', () => {
  it('brings back every row and every file elsewhere, with a log of receipts that verifies, and no key', async () => {
    const profile = filled();
    const from = await backedUp(profile);
    expect(statSync(from).mode & 0o777).toBe(0o600);
    expect(readFileSync(from, 'latin1')).not.toContain('secret-key');
    const other = folder();
    expect(await restored(from, other)).toBeNull();
    expect(contentsOf(other)).toEqual(contentsOf(profile));
    expect(Object.keys(contentsOf(other)).length).toBeGreaterThan(15);
    expect(verifyReceipts(other)).toEqual(verifyReceipts(profile));
    expect(verifyReceipts(other)).toMatchObject({ lines: 2, fault: null });
    expect(namesIn(other, '').filter((name) => /keys|author/.test(name))).toEqual([]);
    expect(existsSync(stageOf(other))).toBe(false);
    const { database, damaged } = openDatabase(join(other, 'beckon.db'));
    expect(damaged).toBeNull();
    database.close();
  });

  it.each(migrations.map(({ version }) => version))(
    'of a profile of version %i of the database holds after it was brought to the newest, and so does one made before',
    async (version) => {
      const profile = filled(version);
      const before = await backedUp(profile);
      const fromBefore = folder();
      await restored(before, fromBefore);
      openDatabase(join(profile, 'beckon.db')).database.close();
      const after = await backedUp(profile);
      const fromAfter = folder();
      await restored(after, fromAfter);
      expect(contentsOf(fromAfter)).toEqual(contentsOf(profile));
      const made = ({ 'table search_source': _, ...rows }: Readonly<Record<string, string>>) => rows;
      // Each profile that is brought over version 6 gets a name of its own, and its log of receipts begins with when.
      const [one, other] = [made(contentsOf(fromBefore)), made(contentsOf(profile))];
      const taken = version < 10 ? ['table receipt_log'] : [];
      for (const table of Object.keys(other))
        if (!taken.includes(table)) expect([table, one[table]]).toEqual([table, other[table]]);
      expect(verifyReceipts(fromBefore).fault).toBeNull();
      expect(verifyReceipts(fromAfter).fault).toBeNull();
      expect(readdirSync(fromBefore).filter((name) => name.includes('.backup-v'))).toEqual([]);
    },
  );

  it('keeps what was there, which opens as a profile of its own, and puts its keys away', async () => {
    const [profile, here] = [filled(), filled(newestVersion, 'other')];
    const was = contentsOf(here);
    const kept = await restored(await backedUp(profile), here);
    expect(kept).toMatch(/before-restore-/);
    expect(contentsOf(here)).toEqual(contentsOf(profile));
    expect(contentsOf(kept ?? '')).toEqual(was);
    expect(verifyReceipts(kept ?? '').fault).toBeNull();
    const { database, damaged } = openDatabase(join(kept ?? '', 'beckon.db'));
    expect(damaged).toBeNull();
    database.close();
    // A backup may name another address for the server that a key is for.
    expect([existsSync(join(here, 'keys.json')), existsSync(join(kept ?? '', 'keys.json'))]).toEqual([false, true]);
    expect([existsSync(join(here, 'author.json')), existsSync(join(kept ?? '', 'author.json'))]).toEqual([true, true]);
  });

  it('is gone on with from every point at which putting it in place can be killed', async () => {
    const [profile, here] = [filled(), filled(newestVersion, 'other')];
    const [was, from] = [contentsOf(here), await backedUp(profile)];
    const now = new Date();
    await stageRestore({ profile: here, from, now, ...quiet });
    const keptIn = commitRestore(here, now);
    const goes = readdirSync(here).filter((name) => !['author.json', 'restore'].includes(name));
    const comes = readdirSync(join(stageOf(here), 'new'));
    // Out first, then a mark, then in.
    const points = [
      ...goes.map((_, at) => ({ out: at, isCleared: false, in: 0 })),
      { out: goes.length, isCleared: false, in: 0 },
      ...comes.map((_, at) => ({ out: goes.length, isCleared: true, in: at })),
      { out: goes.length, isCleared: true, in: comes.length },
    ];
    for (const point of points) {
      const killed = join(folder(), 'killed');
      cpSync(here, killed, { recursive: true });
      mkdirSync(join(killed, keptIn));
      for (const name of goes.slice(0, point.out)) renameSync(join(killed, name), join(killed, keptIn, name));
      if (point.isCleared) writeFileSync(join(stageOf(killed), 'cleared'), '');
      for (const name of comes.slice(0, point.in)) renameSync(join(stageOf(killed), 'new', name), join(killed, name));
      ownProfile(killed)?.dispose();
      expect(contentsOf(killed), JSON.stringify(point)).toEqual(contentsOf(profile));
      expect(contentsOf(join(killed, keptIn)), JSON.stringify(point)).toEqual(was);
    }
  });

  it('that was not made ready is forgotten by the next who opens the profile', async () => {
    const here = filled(newestVersion, 'other');
    const was = contentsOf(here);
    await stageRestore({ profile: here, from: await backedUp(filled()), now: new Date(), ...quiet });
    ownProfile(here)?.dispose();
    expect([contentsOf(here), existsSync(stageOf(here))]).toEqual([was, false]);
  });

  it('is not taken for older than the copies of the chats that were there', async () => {
    const here = filled(newestVersion, 'other');
    mkdirSync(join(here, 'backups'));
    openDatabase(join(here, 'beckon.db')).database.exec(`VACUUM INTO '${join(here, 'backups', 'latest.db')}'`);
    const small = folder();
    fillProfile(small, newestVersion, 'few', 2);
    await restored(await backedUp(small), here);
    const { database, damaged } = openDatabase(join(here, 'beckon.db'));
    database.close();
    expect(damaged).toBeNull();
    expect(contentsOf(here)).toEqual(contentsOf(small));
  });

  it('is made of chats as they are at one moment, while others are written', async () => {
    const profile = filled();
    const { database } = openDatabase(join(profile, 'beckon.db'));
    const from = await backedUp(profile);
    database.exec("INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c-2', 'Later', 2, 2)");
    database.close();
    const other = folder();
    await restored(from, other);
    expect(rowsOf(join(other, 'beckon.db'))['table conversations']).toMatch(/^1 /);
  });

  it('tells what is empty, and takes what it cannot read for something', () => {
    const empty = folder();
    expect(isEmptyProfile(empty)).toBe(true);
    openDatabase(join(empty, 'beckon.db')).database.close();
    expect(isEmptyProfile(empty)).toBe(true);
    expect(isEmptyProfile(filled())).toBe(false);
    writeFileSync(join(empty, 'beckon.db'), 'no database at all, but somebody’s file');
    expect(isEmptyProfile(empty)).toBe(false);
  });

  it('that is cancelled or has no room leaves nothing behind', async () => {
    const profile = filled();
    for (const at of [1, 2, 4, 6]) {
      const [to, running] = [join(folder(), 'all.beckon'), new AbortController()];
      let count = 0;
      const onProgress = () => {
        count += 1;
        if (count === at) running.abort();
      };
      expect(await writeBackup({ profile, to, version: '1', now: 1, onProgress, signal: running.signal })).toBeNull();
      expect(readdirSync(join(to, '..'))).toEqual([]);
    }
    const nowhere = writeBackup({ profile, to: join(folder(), 'no', 'all.beckon'), version: '1', now: 1, ...quiet });
    await expect(nowhere).rejects.toMatchObject({ code: 'export/not-written' });
    await expect(backedUp(folder())).rejects.toMatchObject({ code: 'backup/nothing' });
  });

  it('never goes through a link, and leaves out what is no file', async () => {
    const profile = filled();
    writeFileSync(join(parent, 'private.json'), '"not of the profile"');
    symlinkSync(join(parent, 'private.json'), join(profile, 'atoms', 'link.json'));
    rmSync(join(profile, 'rules.json'));
    symlinkSync(join(parent, 'private.json'), join(profile, 'rules.json'));
    symlinkSync(parent, join(profile, 'atoms', 'up'));
    expect(readFileSync(await backedUp(profile), 'utf8')).not.toContain('not of the profile');
  });
});

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
