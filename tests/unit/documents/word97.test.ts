import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeOld } from '../../support/encode-old.ts';
import { makeWord97, type Word97, type Word97Piece } from '../../support/make-word97.ts';
import { type ReadParts, readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-word97-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(document: Word97): Promise<ReadParts> {
  const path = join(folder, 'text.doc');
  writeFileSync(path, makeWord97(document));
  return readParts(path);
}

const narrow = (text: string): Word97Piece => ({ bytes: encodeOld(text, 'windows-1252') ?? Buffer.of(), wide: false });
const wide = (text: string): Word97Piece => ({ bytes: Buffer.from(text, 'utf16le'), wide: true });

describe('a document of Word 97 to 2003', () => {
  // “undefined” stood for the euro, and all that followed was told as another part, eight letters too far.
  it('has its euro signs where its text is in bytes, and its parts where they are', async () => {
    const text = 'The fee is €940 – “in gold”.\r';
    const { text: shown } = await read({ pieces: [narrow(`${text}A note of €5.\r`)], textLength: text.length });
    expect(shown).toBe('The fee is €940 – “in gold”.\n\nA note of €5.');
  });

  it('leaves out bytes that are no letter of that encoding', async () => {
    const bytes = Buffer.from('a\x81b\x8dc\x8fd\x90e\x9df\r', 'latin1');
    expect((await read({ pieces: [{ bytes, wide: false }] })).text).toBe('abcdef');
  });

  // “undefined” stood where a word may be parted, in the middle of the word.
  it.each([
    ['bytes', narrow],
    ['UTF-16', wide],
  ])('shows no mark where a word may be parted, and a hyphen where it may not, in %s', async (_, piece) => {
    const { text } = await read({ pieces: [piece('Harbour\x1fmaster, twenty\x1esix\r')] });
    expect(text).toBe('Harbourmaster, twenty-six');
  });

  it('joins pieces of both kinds', async () => {
    const { text } = await read({ pieces: [narrow('Key 4471 €\r'), wide('钥匙在抽屉里\r'), narrow('End.\r')] });
    expect(text.split(/\n+/)).toEqual(['Key 4471 €', '钥匙在抽屉里', 'End.']);
  });

  it.each([
    ['bytes', narrow],
    ['UTF-16', wide],
  ])('leaves out what was deleted, and tells rows, of which a cell may be empty, in %s', async (_, piece) => {
    const text = 'Lamp\x07\x07Oil\x07\x07kept gone\r';
    const [rowEnd, deleted] = [text.indexOf('Oil') + 4, text.indexOf(' gone')];
    const { text: shown } = await read({ pieces: [piece(text)], rowEnd, deleted: [deleted, deleted + 5] });
    expect(shown).toBe('Lamp |  | Oil\n\nkept');
  });

  it('shows what a field came to, and loses nothing behind one that does not end', async () => {
    const { text } = await read({
      pieces: [narrow('See \x13PAGEREF \x13x\x15\x14page 3\x15 and \x13lost the rest\r')],
    });
    expect(text).toBe('See page 3 and lost the rest');
  });

  it('says that it has a password, or that its table is missing', async () => {
    const pieces = [narrow('Text\r')];
    await expect(read({ pieces, flags: 0x100 })).rejects.toMatchObject({ code: 'file/locked' });
    await expect(read({ pieces, flags: 0x200 })).rejects.toMatchObject({ code: 'file/damaged' });
  });
});
