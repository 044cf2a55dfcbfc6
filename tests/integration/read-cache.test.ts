import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadCache } from '../../core/files/read-cache.ts';
import { readFile } from '../../core/files/read-file.ts';
import { reader } from '../support/document-reader.ts';

describe('a document that was read a moment ago', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-cache-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const { signal } = new AbortController();

  it('is not read again, whoever names it, until its content, what is said of it, or the chats change', async () => {
    const cache = new ReadCache();
    const path = join(folder, 'old.txt');
    writeFileSync(path, 'Маяк построен в 1892 году.');
    const read = (options: object = {}) => readFile(path, { ...reader, cache, ...options }, signal, () => {});
    const first = await read();
    // Without a reader nothing can be read but what is known.
    const none = { node: '/nonexistent' };
    expect(await read(none)).toEqual(first);
    await expect(read({ ...none, encoding: 'koi8-r' })).rejects.toThrow();
    cache.clear();
    await expect(read(none)).rejects.toThrow();
    await read();
    writeFileSync(path, 'Маяк построен в 1893 году.');
    await expect(read(none)).rejects.toThrow();
    cache.dispose();
  });
});
