import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeEpub } from '../../support/make-zip.ts';
import { readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-ends-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const book = makeEpub(['<h1>One</h1><p>The tower stands.</p>']);

/** The book with a comment of so many bytes, as its last record says. */
function withComment(count: number): Buffer {
  const whole = Buffer.concat([book, Buffer.alloc(count, 0x2e)]);
  whole.writeUInt16LE(count, book.length - 2);
  return whole;
}

async function read(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return (await readParts(path)).text;
}

describe('a packed document whose file has another end than it says', () => {
  it.each([
    ['nothing changed', book],
    ['a comment', withComment(40)],
    ['a comment of which one byte is gone', withComment(40).subarray(0, -1)],
    ['a comment that is gone', withComment(65_535).subarray(0, book.length)],
    ['a blank line behind it', Buffer.concat([book, Buffer.from('\r\n')])],
    ['a page of a server behind it', Buffer.concat([book, Buffer.from('<html>saved</html>'.repeat(2000))])],
  ])('is read with %s', async (_, bytes) => {
    expect(await read('book.epub', bytes)).toContain('The tower stands.');
  });

  it('is damaged where its last record itself is cut', async () => {
    await expect(read('cut.epub', book.subarray(0, -3))).rejects.toMatchObject({ code: 'file/damaged' });
  });
});
