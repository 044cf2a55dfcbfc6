import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContextChip } from '../../contract/context.ts';
import { fileChipLimit } from '../../contract/document.ts';
import type { Attachment } from '../../core/attachment.ts';
import { Files } from '../../core/files/files.ts';
import { corpus, reader, readerIds } from '../support/document-reader.ts';
import { makePdf } from '../support/pdf.ts';
import { waitFor } from '../support/processes.ts';

describe('the chips of files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-chips-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function start(standing = 0) {
    const chips = new Map<string, ContextChip>();
    const texts = new Map<string, Attachment>();
    const seen: ContextChip['status'][] = [];
    const files = new Files({
      ...reader,
      now: () => 1,
      onChip: (chip, attachment) => {
        seen.push(chip.status);
        chips.set(chip.id, chip);
        if (attachment !== null) texts.set(chip.id, attachment);
      },
      chipCount: () => standing,
      stands: (id) => chips.has(id),
    });
    return { files, chips, texts, seen };
  }

  it('show that they are read, and end in a text with its positions', async () => {
    const { files, texts, seen } = start();
    const [chip] = await files.add([join(corpus, 'lighthouse-en.pdf')], true);
    expect(seen[0]).toBe('reading');
    expect(chip).toMatchObject({ kind: 'file', status: 'ready', title: 'lighthouse-en.pdf', file: { kind: 'pdf' } });
    expect(chip?.words).toBeGreaterThan(30);
    expect(texts.get(chip?.id ?? '')).toMatchObject({ kind: 'file', positions: { unit: 'page', total: 2 } });
  });

  it('can be asked with while they are read, and stop the question when they fail', async () => {
    const { files, chips } = start();
    const done = files.add([join(corpus, 'gb18030.txt'), join(corpus, 'locked.pdf')], true);
    const [first = '', second = ''] = [...chips.keys()];
    await files.settled([first]);
    expect(chips.get(first)?.status).toBe('ready');
    await expect(files.settled([second])).rejects.toMatchObject({ code: 'file/pdf-password' });
    expect((await done).map(({ status }) => status)).toEqual(['ready', 'failed']);
  });

  // The chip said that its encoding was a guess, and nobody could say which it is.
  it('of texts whose encoding is a guess are read again in another one, and no others are', async () => {
    const { files, chips, texts } = start();
    const path = join(folder, 'old.txt');
    writeFileSync(path, Buffer.from('a4a3a4a4a5a6a4d5', 'hex'));
    const [chip] = await files.add([path], true);
    const id = chip?.id ?? '';
    expect(chip?.file?.notes).toMatchObject([{ note: 'encoding-guessed' }]);
    await files.readAs(id, 'big5');
    expect(texts.get(id)?.text).toBe('不中它孔');
    expect(chips.get(id)).toMatchObject({
      status: 'ready',
      file: { notes: [{ note: 'encoding-chosen', encoding: 'big5' }] },
    });
    await Promise.all([files.readAs(id, 'ibm850'), files.readAs(id, 'euc-jp')]);
    expect(texts.get(id)?.text).toBe(new TextDecoder('euc-jp').decode(Buffer.from('a4a3a4a4a5a6a4d5', 'hex')));
    const [plain] = await files.add([join(corpus, 'lighthouse-en.pdf')], true);
    await expect(files.readAs(plain?.id ?? '', 'big5')).rejects.toMatchObject({ code: 'file/not-found' });
  });

  it('are gone at once when they are taken away, with their process', async () => {
    const { files, chips, seen } = start();
    const path = join(folder, 'many.pdf');
    writeFileSync(path, makePdf(Array.from({ length: 3000 }, () => 'Words of one page of many.')));
    const done = files.add([path], true);
    await waitFor('the reader runs', () => readerIds().length > 0);
    files.cancel([...chips.keys()][0] ?? '');
    await done;
    expect(seen).not.toContain('failed');
    await waitFor('the reader ended', () => readerIds().length === 0, 1000);
  });

  it('are ten at most, and what is left out is said', async () => {
    const { files } = start(fileChipLimit - 1);
    const paths = ['a.txt', 'b.txt', 'c.txt'].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, 'some words');
    const chips = await files.add(paths, true);
    expect(chips.map(({ status }) => status)).toEqual(['ready', 'failed']);
    expect(chips[1]?.cause).toMatchObject({ code: 'file/too-many', values: { limit: fileChipLimit, count: 2 } });
  });
});
