import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commitRestore, isEmptyProfile, stageRestore } from '../../../core/backup/restore.ts';
import { writeBackup } from '../../../core/backup/write-backup.ts';
import { migrations, newestVersion } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { stageOf } from '../../../core/pending-restore.ts';
import { ownProfile } from '../../../core/profile/owner.ts';
import { backedUp, filled, folder, parent, quiet, restored } from '../../support/backups.ts';
import { nodeExecutable } from '../../support/beckon-app.ts';
import { contentsOf, fillProfile, namesIn, rowsOf, verifyReceipts } from '../../support/full-profile.ts';

afterAll(() => rmSync(parent, { recursive: true, force: true }));

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
    // What was agreed to is the person's, as their actions are.
    expect(readFileSync(join(other, 'grants.json'))).toEqual(readFileSync(join(profile, 'grants.json')));
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

  it('that was agreed to is put in its place by the program that the next Beckon starts with', async () => {
    const [profile, here] = [filled(), filled(newestVersion, 'other')];
    const now = new Date();
    await stageRestore({ profile: here, from: await backedUp(profile), now, ...quiet });
    commitRestore(here, now);
    const entry = join(import.meta.dirname, '..', '..', '..', 'core', 'restore-entry.ts');
    expect(spawnSync(nodeExecutable, [entry, here]).status).toBe(0);
    expect(contentsOf(here)).toEqual(contentsOf(profile));
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
