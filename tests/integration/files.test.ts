import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReaderPart } from '../../contract/reader.ts';
import { openFile } from '../../core/files/open-file.ts';
import { readSections } from '../../core/files/read-sections.ts';
import { readerLimits } from '../../core/files/reader-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { corpus, MadeFiles, read, reader, readerIds, whyNotRead } from '../support/document-reader.ts';
import { makePdf } from '../support/pdf.ts';
import { makeFormPdf } from '../support/pdf-form.ts';
import { pagePositions } from '../support/positions.ts';
import { waitFor } from '../support/processes.ts';

const never = new AbortController().signal;
/** What a busy machine has to do beside a reader is no matter of these cases. */
const unhurried = { ...readerLimits, clockMs: 120_000 };

describe('a file', () => {
  let files: MadeFiles;

  beforeAll(() => {
    files = new MadeFiles();
  });

  afterAll(() => files.remove());

  it.each([
    ['lighthouse-en.pdf', 'pdf', 'built in 1892 by Ilse Brandt', 2, 'the keeper counted 388 birds'],
    ['lighthouse-zh.pdf', 'pdf', '灯塔看守人记下了三百八十八只鸟', 2, '马、鱼、黄色的龙和见证人'],
    ['gb18030.txt', 'text', '灯塔建于一八九二年', 2, '第二行'],
    ['windows-1252.txt', 'text', 'The tower “stands” 41 mètres tall', 1, 'café'],
  ])('is read with its pages or lines: %s', async (name, kind, text, count, last) => {
    const file = await read(join(corpus, name));
    expect(file).toMatchObject({ name, kind, extent: { read: count, total: count } });
    expect(file.text).toContain(text);
    const { positions } = file;
    const start = positions.unit === 'page' ? (positions.sections[1]?.start ?? 0) : file.text.indexOf(last);
    expect(file.text.slice(start)).toContain(last);
  });

  it.each([
    ['handbook-zh.docx', 'document', '看守人是林梅', { unit: 'paragraph' }],
    ['stock-en.xlsx', 'spreadsheet', 'Brass key', { unit: 'row', read: 12, total: 12 }],
    ['review-zh.odp', 'presentation', '把塔刷成白色', { unit: 'slide', read: 5, total: 5 }],
  ])('of an office program is read in a process that may open nothing else: %s', async (name, kind, text, extent) => {
    const file = await read(join(corpus, 'office', name));
    expect(file).toMatchObject({ name, kind, extent });
    expect(file.text).toContain(text);
    expect(file.notes.length).toBeGreaterThan(0);
  });

  it('of a Chinese font that is not in it is read by the tables that come along', async () => {
    const file = await read(files.write('song.pdf', makePdf(['你好，世界。', '第二页。'])));
    expect(file.text).toBe('你好，世界。\n\n第二页。');
    expect(file.positions).toEqual(pagePositions([0, 8]));
  });

  it('that is a filled-in form is read with what was filled in and what was written beside it', async () => {
    const lines = [
      { label: 'Name', value: 'Marta Berg' },
      { label: 'Registration', value: 'KX-4471' },
      { label: 'Resident', value: true },
      { label: 'Visitor', value: false },
    ];
    const path = files.write('form.pdf', makeFormPdf(lines, { by: 'Ana', text: 'The rent must be 940, not 904.' }));
    const { text } = await read(path);
    const plain = text.replaceAll(/\n+/g, '\n');
    expect(plain).toBe(
      'Name Marta Berg\nRegistration KX-4471\n[x] Resident\n[ ] Visitor\n[Ana: The rent must be 940, not 904.]',
    );
  });

  it('is read by a symbolic link, and with any line ends and a mark at its beginning', async () => {
    const path = files.write('table.csv', '\uFEFFname,height\r\nMendel,41\rBrandt,12\n');
    symlinkSync(path, join(files.folder, 'link.csv'));
    expect(await read(join(files.folder, 'link.csv'))).toMatchObject({
      name: 'link.csv',
      kind: 'table',
      text: '# link\n\nname | height\nMendel | 41\nBrandt | 12',
      extent: { unit: 'row', read: 3, total: 3 },
    });
  });

  it('of two thousand pages is read whole, by more than one process', async () => {
    const line = 'The keeper notes the wind, the tide and the ships that pass.';
    const pages = Array.from({ length: 2000 }, (_, index) => `Page ${index + 1}. ${line}\n${line}\n${line}`);
    const path = files.write('many.pdf', makePdf(pages));
    const file = await read(path, { ...reader, limits: { ...unhurried, timeMs: 4000 } });
    expect(file.extent).toEqual({ unit: 'page', read: 2000, total: 2000 });
    const { positions } = file;
    expect(positions.unit).toBe('page');
    for (const page of [1, 17, 999, 2000])
      expect(file.text.slice(positions.sections[page - 1]?.start)).toMatch(`Page ${page}. The`);
  });

  it.each([
    ['pages.pdf', () => makePdf(['One.', 'Two.', 'Three.', 'Four.'])],
    ['log.txt', () => Array.from({ length: 3000 }, (_, index) => `Line ${index + 1} of the log.`).join('\n')],
    ['book.md', () => '# A\n\nOne.\n\n## B\n\nTwo.\n\n# C\n\nThree.\n'],
  ])('is gone on with by another process after a stop, at the very section: %s', async (name, make) => {
    const path = files.write(name, make());
    const sections = async (resume: string | null, most = Number.POSITIVE_INFINITY) => {
      const file = await openFile(path);
      const found: Extract<ReaderPart, { type: 'section' }>[] = [];
      try {
        for await (const part of readSections(file, resume, reader, never)) {
          if (part.type === 'section') found.push(part);
          if (found.length >= most) break;
        }
      } finally {
        await file.handle.close();
      }
      return found;
    };
    const [whole, begun] = [await sections(null), await sections(null, 2)];
    expect(whole.length).toBeGreaterThan(2);
    expect([...begun, ...(await sections(begun.at(-1)?.resume ?? null))]).toEqual(whole);
  });

  it('whose reader was taken over and gives sections without end is refused', async () => {
    const entry = join(checkout, 'tests', 'fakes', 'endless-reader.ts');
    expect(await whyNotRead(files.write('endless.txt', 'x'), { ...reader, entry })).toBe('file/too-large');
  });

  it('that takes too long keeps the pages that were read, and the count of those that were not', async () => {
    const dense = Array.from(
      { length: 40 },
      (_, line) => `Line ${line} of a page that is full of words and takes its time.`,
    );
    const path = files.write('dense.pdf', makePdf(Array.from({ length: 6000 }, () => dense.join('\n'))));
    const { extent, text } = await read(path, {
      ...reader,
      limits: { ...unhurried, timeMs: 60_000 },
      stopAfterMs: 200,
    });
    expect(extent.total).toBe(6000);
    expect(extent.read).toBeGreaterThan(0);
    expect(extent.read).toBeLessThan(6000);
    expect(text.split('Line 0 of').length - 1).toBe(extent.read);
  });

  it('of very many pages without text takes one process, not six', async () => {
    const entry = join(checkout, 'tests', 'fakes', 'blank-pages-reader.ts');
    const { counting, starts } = countedReader(files);
    expect(await whyNotRead(files.write('blank.pdf', makePdf([''])), { ...counting, entry })).toBe('file/pdf-no-text');
    expect(starts()).toBe(1);
  });

  it('leaves no process behind', async () => {
    await waitFor('every reader ended', () => readerIds().length === 0);
  });

  it('is read by a process that connects nowhere, opens nothing else and starts nothing', () => {
    const traces = join(files.folder, 'traces');
    mkdirSync(traces);
    // A PDF that asks for things: an address to open, a script, a file to send.
    const wishes =
      '/OpenAction<</S/URI/URI(http://192.0.2.1/)>>/AA<</WC<</S/JavaScript/JS(app.launchURL\\("http://192.0.2.1/"\\))>>>>';
    const pdf = makePdf(['Wishes.']).toString('latin1').replace('<</Type/Catalog', `<</Type/Catalog${wishes}`);
    const path = files.write('wishes.pdf', Buffer.from(pdf, 'latin1'));
    const code = `
      import { readFile } from '${checkout}/core/files/read-file.ts';
      const reader = ${JSON.stringify(reader)};
      const { text } = await readFile('${path}', reader, new AbortController().signal, () => {});
      process.stdout.write(text);
      process.exit(0);`;
    const trace = [
      '-ff',
      '--seccomp-bpf',
      '-qq',
      '-e',
      'trace=connect,socket,open,openat,execve',
      '-o',
      join(traces, 'trace'),
    ];
    const asked = spawnSync('strace', [...trace, nodeExecutable, '--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    expect(asked.stdout).toBe('Wishes.');
    const all = readdirSync(traces).map((name) => readFileSync(join(traces, name), 'utf8'));
    // Threads of the reader have traces of their own, without the line that began it.
    const main = all.find((text) => text.includes('documents/reader/entry.ts') && text.includes('"--permission"'));
    if (main === undefined) throw new Error('the reader was not seen');
    expect(all.join('\n')).not.toMatch(/connect\(.*AF_INET/);
    const opened = [...main.slice(main.lastIndexOf('execve(')).matchAll(/open(?:at)?\((?:AT_FDCWD, )?"([^"]+)"(.*)/g)];
    expect(opened.length).toBeGreaterThan(20);
    const outside = opened.filter(
      ([, name = '', rest = '']) =>
        !rest.includes('= -1') &&
        !name.startsWith(checkout) &&
        !/^\/(etc|proc|dev|sys|lib|usr|root\/\.cache)/.test(name),
    );
    expect(outside.map(([line]) => line)).toEqual([]);
    expect(opened.filter(([, , rest = '']) => /O_(WRONLY|RDWR|CREAT)/.test(rest) && !rest.includes('= -1'))).toEqual(
      [],
    );
  });
});

/** The reader with a record of how often it was started. */
function countedReader(files: MadeFiles): { readonly counting: typeof reader; readonly starts: () => number } {
  const record = files.write('starts', '');
  const node = files.write('counting-node', `#!/bin/sh\necho >> '${record}'\nexec '${reader.node}' "$@"\n`);
  chmodSync(node, 0o755);
  return { counting: { ...reader, node }, starts: () => readFileSync(record, 'utf8').length };
}
