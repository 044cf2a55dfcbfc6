import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetRestore, stageRestore } from '../../core/backup/restore.ts';
import { checkRestored } from '../../core/database/check-restored.ts';
import { newestVersion } from '../../core/database/migrations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { stageOf } from '../../core/pending-restore.ts';
import { ownProfile } from '../../core/profile/owner.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { contentsOf, fillProfile, verifyReceipts } from '../support/full-profile.ts';
import { sleep } from '../support/processes.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const kills = 20;
const messages = 5000;

describe('kill -9', () => {
  const random = seededRandom(testSeed());
  const root = mkdtempSync(join(tmpdir(), 'beckon-backup-kill-'));
  const [mine, theirs, place] = [join(root, 'mine'), join(root, 'theirs'), join(root, 'place')];
  const backup = join(place, 'all.beckon');

  beforeAll(async () => {
    for (const folder of [mine, theirs, place]) mkdirSync(folder, { mode: 0o700 });
    fillProfile(mine, newestVersion, 'mine', messages);
    fillProfile(theirs, newestVersion, 'theirs', messages);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** What the command does, without what a command has to load first. */
  function does(script: string): ChildProcess {
    return spawn(nodeExecutable, ['--input-type=module', '-e', script], { cwd: checkout, stdio: 'ignore' });
  }

  const quiet = '{ onProgress: () => {}, signal: new AbortController().signal, checkDatabase: checkRestored }';
  const backUp = () =>
    does(`import { checkRestored } from './core/database/check-restored.ts';
      import { writeBackup } from './core/backup/write-backup.ts';
      await writeBackup({ profile: ${JSON.stringify(mine)}, to: ${JSON.stringify(backup)}, version: '1', now: 1, ...${quiet} });`);
  const restore = (profile: string) =>
    does(`import { checkRestored } from './core/database/check-restored.ts';
      import { putInPlace } from './core/pending-restore.ts';
      import { commitRestore, stageRestore } from './core/backup/restore.ts';
      import { ownProfile } from './core/profile/owner.ts';
      const profile = ${JSON.stringify(profile)};
      ownProfile(profile);
      await stageRestore({ profile, from: ${JSON.stringify(backup)}, now: new Date(), ...${quiet} });
      commitRestore(profile, new Date());
      putInPlace(profile);`);

  /** How long a command takes from its first change on disk to its end, in milliseconds. */
  async function takes(command: () => ChildProcess, begun: () => boolean): Promise<number> {
    const child = command();
    const ended = once(child, 'exit');
    while (!begun() && child.exitCode === null) await sleep(1);
    const at = performance.now();
    expect((await ended)[0]).toBe(0);
    return performance.now() - at;
  }

  /** Ends a command at a random moment of its work. */
  async function killed(command: () => ChildProcess, begun: () => boolean, workMs: number): Promise<void> {
    const child = command();
    const ended = once(child, 'exit');
    while (!begun() && child.exitCode === null) await sleep(1);
    await sleep(random(Math.ceil(workMs * 1.5)));
    child.kill('SIGKILL');
    await ended;
  }

  it('of a backup leaves a whole one or none, never a part under its name', async () => {
    const command = backUp;
    const begun = () => readdirSync(place).length > 0;
    const workMs = await takes(command, begun);
    const work = { onProgress: () => {}, signal: new AbortController().signal, checkDatabase: checkRestored };
    let whole = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      rmSync(backup, { force: true });
      await killed(command, begun, workMs);
      if (!existsSync(backup)) continue;
      whole += 1;
      const here = mkdtempSync(join(root, 'read-'));
      await stageRestore({ profile: here, from: backup, now: new Date(), ...work });
      forgetRestore(here);
      rmSync(here, { recursive: true });
    }
    // The next one clears away what those left.
    await takes(command, begun);
    expect(readdirSync(place)).toEqual(['all.beckon']);
    process.stderr.write(`backup: ${workMs.toFixed(0)} ms, ${whole} of ${kills} were whole\n`);
  });

  it('of a restore leaves all of what was there or all of what was restored, whoever opens the profile next', async () => {
    const [was, restored] = [contentsOf(theirs), contentsOf(mine)];
    const profile = join(root, 'profile');
    const anew = () => {
      rmSync(profile, { recursive: true, force: true });
      cpSync(theirs, profile, { recursive: true });
    };
    anew();
    const command = () => restore(profile);
    const begun = () => existsSync(stageOf(profile));
    const workMs = await takes(command, begun);
    expect(contentsOf(profile)).toEqual(restored);
    let done = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      anew();
      await killed(command, begun, workMs);
      ownProfile(profile)?.dispose();
      const now = contentsOf(profile);
      const isRestored = now['rules.json'] === restored['rules.json'];
      expect(now).toEqual(isRestored ? restored : was);
      expect(existsSync(stageOf(profile))).toBe(false);
      if (isRestored) {
        done += 1;
        const [kept] = readdirSync(profile).filter((name) => name.startsWith('before-restore-'));
        expect(contentsOf(join(profile, kept ?? ''))).toEqual(was);
      }
      const { database, damaged } = openDatabase(join(profile, 'beckon.db'));
      database.close();
      expect([damaged, verifyReceipts(profile).fault]).toEqual([null, null]);
    }
    process.stderr.write(`restore: ${workMs.toFixed(0)} ms, ${done} of ${kills} were restored\n`);
  });
});
