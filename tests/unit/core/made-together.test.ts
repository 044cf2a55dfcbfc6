import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { openFolders } from '../../../core/profile/folders.ts';

const rounds = 60;
const others = 3;

/** Makes the folders of round after round, level by level, each as soon as the round before is over for everybody. */
const other = `
const { workerData: { root, rounds, parties, shared } } = require('node:worker_threads');
const { mkdirSync } = require('node:fs');
const arrived = new Int32Array(shared);
for (let round = 0; round < rounds; round += 1) {
  Atomics.add(arrived, 0, 1);
  while (Atomics.load(arrived, 0) < (round + 1) * parties);
  for (const folder of ['', '/a', '/a/b', '/a/b/c', '/a/b/c/logs']) {
    try { mkdirSync(root + '/' + round + folder, { mode: 0o700 }); } catch {}
  }
}`;

it('a profile is made though others make it at the same moment: a command said that it may not write there', async () => {
  const root = mkdtempSync(join(tmpdir(), 'beckon-made-together-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const shared = new SharedArrayBuffer(4);
  const arrived = new Int32Array(shared);
  const parties = others + 1;
  const workers = Array.from(
    { length: others },
    () => new Worker(other, { eval: true, workerData: { root, rounds, parties, shared } }),
  );
  for (let round = 0; round < rounds; round += 1) {
    Atomics.add(arrived, 0, 1);
    while (Atomics.load(arrived, 0) < (round + 1) * parties);
    const profile = join(root, String(round), 'a', 'b', 'c');
    openFolders({ BECKON_PROFILE: profile, BECKON_MODELS: join(root, 'models') });
    expect(statSync(profile).mode & 0o777).toBe(0o700);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
});
