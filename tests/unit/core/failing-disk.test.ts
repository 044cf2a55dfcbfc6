import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whyReadOnly } from '../../../core/database/read-only.ts';
import { withDiskFull } from '../../../core/disk-full.ts';
import { isDamage } from '../../../core/queries.ts';

/** As SQLite and Node tell it. */
const sqlite = (errcode: number, message = 'disk I/O error') => Object.assign(new Error(message), { errcode });
const system = (code: string) => Object.assign(new Error(`${code}: i/o error, read`), { code });

describe('a disk that gives errors', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-failing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['a page that cannot be read', sqlite(266)],
    ['a page that comes in part', sqlite(522)],
    ['a change that cannot be kept', sqlite(1034)],
    ['an error of the system itself', system('EIO')],
  ])('is told as one, and is neither a full disk nor damage that would be mended: %s', (_, error) => {
    expect(withDiskFull(error)).toMatchObject({ code: 'disk/failing' });
    expect(isDamage(error)).toBe(false);
    // Chats are not shown as read-only, and nothing is left behind.
    expect(whyReadOnly(join(folder, 'beckon.db'), error)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is told apart from a full one, which SQLite also tells as an error of the disk', () => {
    for (const error of [sqlite(13, 'database or disk is full'), sqlite(4874), sqlite(6410), system('ENOSPC')])
      expect(withDiskFull(error)).toMatchObject({ code: 'disk/full' });
    expect(withDiskFull(sqlite(11, 'malformed'))).toMatchObject({ errcode: 11 });
    expect(withDiskFull('text')).toBe('text');
    expect(withDiskFull(undefined)).toBeUndefined();
  });
});
