import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LogSync } from '../../../core/database/log-sync.ts';

let waits: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
let failings = 0;
const sync = () => new Promise<void>((resolve, reject) => waits.push({ end: resolve, fail: reject }));
const made = () => new LogSync('the log', { onFailing: () => (failings += 1), sync });
const settled = () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => {
  waits = [];
  failings = 0;
});

/** Whether it has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await settled();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

test('fifty changes wait for the disk twice: the first, and the others together', async () => {
  const log = made();
  for (let change = 0; change < 50; change += 1) log.committed();
  const all = log.synced();
  expect(waits).toHaveLength(1);
  waits[0]?.end();
  expect(await isDone(all)).toBe(false);
  expect(waits).toHaveLength(2);
  waits[1]?.end();
  expect(await isDone(all)).toBe(true);
  expect(log.isBehind).toBe(false);
});

test('a wait that began before a change does not count for it', async () => {
  const log = made();
  log.committed();
  log.committed();
  const both = log.synced();
  waits[0]?.end();
  await settled();
  log.committed();
  const third = log.synced();
  waits[1]?.end();
  expect(await isDone(both)).toBe(true);
  expect(await isDone(third)).toBe(false);
  waits[2]?.end();
  expect(await isDone(third)).toBe(true);
});

test('nothing waits where nothing was changed', async () => {
  const log = made();
  expect(await isDone(log.synced())).toBe(true);
  expect(waits).toHaveLength(0);
});

test('a disk that takes nothing is told to whoever waits, and to who looks after the disk', async () => {
  const log = made();
  log.committed();
  const told = expect(log.synced()).rejects.toThrow('input/output error');
  waits[0]?.fail(new Error('input/output error'));
  await settled();
  expect(failings).toBe(1);
  expect(log.isBehind).toBe(true);
  waits[1]?.fail(new Error('input/output error'));
  await told;
  // What was not taken is tried again with the next change.
  log.committed();
  waits[2]?.end();
  await settled();
  expect(log.isBehind).toBe(false);
});

test('a log that SQLite took away is on the disk with the database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-log-sync-'));
  try {
    const log = new LogSync(join(folder, 'gone-wal'), { onFailing: () => (failings += 1) });
    log.committed();
    await log.synced();
    expect(log.isBehind).toBe(false);
    expect(failings).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
