import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContextChip } from '../../contract/context.ts';
import { fileChipLimit } from '../../contract/document.ts';
import type { AppError } from '../../contract/errors.ts';
import type { ReaderPart } from '../../contract/reader.ts';
import type { Attachment } from '../../core/attachment.ts';
import { Files } from '../../core/files/files.ts';
import { openFile } from '../../core/files/open-file.ts';
import { type ReadFile, readFile } from '../../core/files/read-file.ts';
import { readSections } from '../../core/files/read-sections.ts';
import { type ReaderOptions, readerLimits } from '../../core/files/reader-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { makePdf } from '../support/pdf.ts';
import { makeFormPdf } from '../support/pdf-form.ts';
import { pagePositions } from '../support/positions.ts';
import { listProcesses, waitFor } from '../support/processes.ts';

const corpus = join(checkout, 'tests', 'corpus', 'documents');
const reader: ReaderOptions = {
  node: nodeExecutable,
  entry: join(checkout, 'documents', 'reader', 'entry.ts'),
  codeFolder: checkout,
};
const never = new AbortController().signal;

describe('a file', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-files-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path: string, options = reader, signal = never): Promise<ReadFile> =>
    readFile(path, options, signal, () => {});
  const why = (path: string, options = reader) =>
    read(path, options).then(
      ({ text }) => `read: ${text.slice(0, 40)}`,
      (error: AppError) => error.code,
    );
  function write(name: string, content: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  function sparse(name: string, begins: string): string {
    const path = write(name, begins);
    truncateSync(path, 5_000_000_000);
    return path;
  }

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

  it('of a Chinese font that is not in it is read by the tables that come along', async () => {
    const file = await read(write('song.pdf', makePdf(['你好，世界。', '第二页。'])));
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
    const path = write('form.pdf', makeFormPdf(lines, { by: 'Ana', text: 'The rent must be 940, not 904.' }));
    const { text } = await read(path);
    const plain = text.replaceAll(/\n+/g, '\n');
    expect(plain).toBe(
      'Name Marta Berg\nRegistration KX-4471\n[x] Resident\n[ ] Visitor\n[Ana: The rent must be 940, not 904.]',
    );
  });

  it('is read by a symbolic link, and with any line ends and a mark at its beginning', async () => {
    const path = write('table.csv', '\uFEFFname,height\r\nMendel,41\rBrandt,12\n');
    symlinkSync(path, join(folder, 'link.csv'));
    expect(await read(join(folder, 'link.csv'))).toMatchObject({
      name: 'link.csv',
      kind: 'table',
      text: 'name,height\nMendel,41\nBrandt,12\n',
      extent: { unit: 'line', read: 3, total: 3 },
    });
  });

  it('of two thousand pages is read whole, by more than one process', async () => {
    const line = 'The keeper notes the wind, the tide and the ships that pass.';
    const pages = Array.from({ length: 2000 }, (_, index) => `Page ${index + 1}. ${line}\n${line}\n${line}`);
    const path = write('many.pdf', makePdf(pages));
    const short = { ...reader, limits: { ...readerLimits, timeMs: 4000 } };
    const file = await read(path, short);
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
    const path = write(name, make());
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
    expect(await why(write('endless.txt', 'x'), { ...reader, entry })).toBe('file/too-large');
  });

  describe('that cannot be read ends in a cause of its own:', () => {
    it.each([
      ['a damaged PDF', () => write('cut.pdf', makePdf(['x']).subarray(0, 300)), 'file/pdf-damaged'],
      ['a PDF of fewer than no pages', () => write('minus.pdf', fewerPages()), 'file/pdf-damaged'],
      ['a PDF with a password', () => join(corpus, 'locked.pdf'), 'file/pdf-password'],
      ['a PDF without text', () => write('scan.pdf', makePdf(['', ''])), 'file/pdf-no-text'],
      ['an empty file', () => write('empty.txt', ''), 'file/empty'],
      ['white space', () => write('white.txt', ' \n\t\n'), 'file/empty'],
      ['bytes', () => write('bytes.txt', Buffer.from(Array.from({ length: 999 }, (_, n) => n % 32))), 'file/binary'],
      ['a zip', () => write('word.docx', 'PK\x03\x04 word/document.xml'), 'file/not-yet'],
      ['a program', () => realpathSync(nodeExecutable), 'file/not-yet'],
      ['more text than is taken', () => write('large.txt', 'word '.repeat(4_100_000)), 'file/too-large'],
      ['a folder', () => folder, 'file/folder'],
      ['a device', () => '/dev/zero', 'file/special'],
      ['a file that gives no bytes', () => '/proc/self/mem', 'file/unreadable'],
      ['five gigabytes of nothing', () => sparse('hole.txt', ''), 'file/binary'],
      ['text and five gigabytes', () => sparse('hole.log', 'word '.repeat(2000)), 'file/too-large'],
      ['a PDF of five gigabytes', () => sparse('hole.pdf', '%PDF-1.7\n'), 'file/too-large'],
      ['what is not there', () => join(folder, 'nothing.txt'), 'file/not-found'],
      ['a file as a folder', () => join(write('plain.txt', 'x'), 'inside.txt'), 'file/not-found'],
      ['a loop of links', () => loop(), 'file/not-found'],
      ['no path', () => '', 'file/no-path'],
      ['a path from nowhere', () => 'plain.txt', 'file/not-found'],
    ])('%s', async (_, make, code) => {
      expect(await why(make())).toBe(code);
    });

    it('a pipe that nobody writes to, and a socket, at once', async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const begun = performance.now();
      expect(await why(pipe)).toBe('file/special');
      const server = createServer().listen(join(folder, 'socket'));
      await new Promise((resolve) => server.once('listening', resolve));
      expect(await why(join(folder, 'socket'))).toBe('file/special');
      server.close();
      expect(performance.now() - begun).toBeLessThan(1000);
    });

    it('one that may not be read', () => {
      const path = write('secret.txt', 'x');
      chmodSync(path, 0);
      chmodSync(folder, 0o755);
      // As root everything may be read: an ordinary user asks.
      const code = `
        import { openFile } from '${checkout}/core/files/open-file.ts';
        if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
        await openFile('${path}').catch((error) => process.stdout.write(error.code));`;
      const asked = spawnSync(nodeExecutable, ['--input-type=module', '-e', code], { encoding: 'utf8' });
      expect(asked.stdout).toBe('file/no-permission');
    });

    it('one that vanishes while it waits for its turn; one that is gone after it was opened is read all the same', async () => {
      const path = write('soon-gone.txt', 'still here');
      const reading = read(path);
      await waitFor('the reader runs', () => readerIds().length > 0);
      rmSync(path);
      expect((await reading).text).toBe('still here');
      expect(await why(path)).toBe('file/not-found');
    });

    it('a process over its time, over its memory, or killed', async () => {
      const pages = Array.from({ length: 3000 }, () => 'Some words of a page that is one of many.');
      const path = write('slow.pdf', makePdf(pages));
      expect(await why(path, { ...reader, limits: { ...readerLimits, timeMs: 250 } })).toBe('file/too-slow');
      const small = { ...reader, limits: { ...readerLimits, memoryBytes: 40 * 1024 * 1024 } };
      expect(await why(path, small)).toBe('file/too-much-memory');
      const killed = why(path);
      const pid = await waitFor('the reader runs', () => readerIds()[0]);
      process.kill(pid, 'SIGKILL');
      expect(await killed).toMatch(/^file\/reader-died$|^read: Some words/);
    });
  });

  it('that takes too long keeps the pages that were read, and the count of those that were not', async () => {
    const dense = Array.from(
      { length: 40 },
      (_, line) => `Line ${line} of a page that is full of words and takes its time.`,
    );
    const path = write('dense.pdf', makePdf(Array.from({ length: 6000 }, () => dense.join('\n'))));
    const { extent, text } = await read(path, { ...reader, limits: { ...readerLimits, timeMs: 1700 } });
    expect(extent.total).toBe(6000);
    expect(extent.read).toBeGreaterThan(0);
    expect(extent.read).toBeLessThan(6000);
    expect(text.split('Line 0 of').length - 1).toBe(extent.read);
  });

  it('of very many pages without text takes the time of one process, not of six', async () => {
    const path = write('blank.pdf', makePdf(Array.from({ length: 60_000 }, () => '')));
    const before = endedChildrenMs();
    expect(await why(path, { ...reader, limits: { ...readerLimits, timeMs: 4000 } })).toBe('file/pdf-no-text');
    expect(endedChildrenMs() - before).toBeLessThan(6500);
  });

  it('leaves no process behind', async () => {
    await waitFor('every reader ended', () => readerIds().length === 0);
  });

  it('is read by a process that connects nowhere, opens nothing else and starts nothing', () => {
    const traces = join(folder, 'traces');
    mkdirSync(traces);
    // A PDF that asks for things: an address to open, a script, a file to send.
    const wishes =
      '/OpenAction<</S/URI/URI(http://192.0.2.1/)>>/AA<</WC<</S/JavaScript/JS(app.launchURL\\("http://192.0.2.1/"\\))>>>>';
    const pdf = makePdf(['Wishes.']).toString('latin1').replace('<</Type/Catalog', `<</Type/Catalog${wishes}`);
    const path = write('wishes.pdf', Buffer.from(pdf, 'latin1'));
    const code = `
      import { readFile } from '${checkout}/core/files/read-file.ts';
      const reader = ${JSON.stringify(reader)};
      const { text } = await readFile('${path}', reader, new AbortController().signal, () => {});
      process.stdout.write(text);
      process.exit(0);`;
    const trace = ['-ff', '-qq', '-e', 'trace=connect,socket,open,openat,execve', '-o', join(traces, 'trace')];
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

function readerIds(): number[] {
  return listProcesses()
    .filter(({ command, parent }) => command.includes('documents/reader/entry.ts') && parent === process.pid)
    .map(({ pid }) => pid);
}

function fewerPages(): Buffer {
  return Buffer.from(makePdf(['x', 'y']).toString('latin1').replace('/Count 2', '/Count -5'), 'latin1');
}

function loop(): string {
  const place = join(mkdtempSync(join(tmpdir(), 'beckon-loop-')), 'loop');
  symlinkSync(place, place);
  return place;
}

/** Time of the processor that processes of this one have had which have ended, in milliseconds. */
function endedChildrenMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
