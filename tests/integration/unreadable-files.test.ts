import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerLimits } from '../../core/files/reader-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { corpus, MadeFiles, read, reader, readerIds, whyNotRead } from '../support/document-reader.ts';
import { makePdf } from '../support/pdf.ts';
import { waitFor } from '../support/processes.ts';

const _never = new AbortController().signal;

describe('a file that cannot be read ends in a cause of its own:', () => {
  let files: MadeFiles;

  beforeAll(() => {
    files = new MadeFiles();
  });

  afterAll(() => files.remove());

  function sparse(name: string, begins: string): string {
    const path = files.write(name, begins);
    truncateSync(path, 5_000_000_000);
    return path;
  }

  it.each([
    ['a damaged PDF', () => files.write('cut.pdf', makePdf(['x']).subarray(0, 300)), 'file/pdf-damaged'],
    ['a PDF of fewer than no pages', () => files.write('minus.pdf', fewerPages()), 'file/pdf-damaged'],
    ['a PDF with a password', () => join(corpus, 'locked.pdf'), 'file/pdf-password'],
    ['a PDF without text', () => files.write('scan.pdf', makePdf(['', ''])), 'file/pdf-no-text'],
    ['an empty file', () => files.write('empty.txt', ''), 'file/empty'],
    ['white space', () => files.write('white.txt', ' \n\t\n'), 'file/empty'],
    [
      'bytes',
      () => files.write('bytes.txt', Buffer.from(Array.from({ length: 999 }, (_, n) => n % 32))),
      'file/binary',
    ],
    ['a zip', () => files.write('word.docx', 'PK\x03\x04 word/document.xml'), 'file/damaged'],
    ['a program', () => realpathSync(nodeExecutable), 'file/not-yet'],
    ['more text than is taken', () => files.write('large.txt', 'word '.repeat(4_100_000)), 'file/too-large'],
    ['a folder', () => files.folder, 'file/folder'],
    ['a device', () => '/dev/zero', 'file/special'],
    ['a file that gives no bytes', () => '/proc/self/mem', 'file/unreadable'],
    ['five gigabytes of nothing', () => sparse('hole.txt', ''), 'file/binary'],
    ['text and five gigabytes', () => sparse('hole.log', 'word '.repeat(2000)), 'file/too-large'],
    ['a PDF of five gigabytes', () => sparse('hole.pdf', '%PDF-1.7\n'), 'file/too-large'],
    ['what is not there', () => join(files.folder, 'nothing.txt'), 'file/not-found'],
    ['a file as a folder', () => join(files.write('plain.txt', 'x'), 'inside.txt'), 'file/not-found'],
    ['a loop of links', () => loop(), 'file/not-found'],
    ['no path', () => '', 'file/no-path'],
    ['a path from nowhere', () => 'plain.txt', 'file/not-found'],
  ])('%s', async (_, make, code) => {
    expect(await whyNotRead(make())).toBe(code);
  });

  it('a pipe that nobody writes to, and a socket, at once', async () => {
    const pipe = join(files.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const begun = performance.now();
    expect(await whyNotRead(pipe)).toBe('file/special');
    const server = createServer().listen(join(files.folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await whyNotRead(join(files.folder, 'socket'))).toBe('file/special');
    server.close();
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('one that may not be read', () => {
    const path = files.write('secret.txt', 'x');
    chmodSync(path, 0);
    chmodSync(files.folder, 0o755);
    // As root everything may be read: an ordinary user asks.
    const code = `
      import { openFile } from '${checkout}/core/files/open-file.ts';
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      await openFile('${path}').catch((error) => process.stdout.write(error.code));`;
    const asked = spawnSync(nodeExecutable, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(asked.stdout).toBe('file/no-permission');
  });

  it('one that vanishes while it waits for its turn; one that is gone after it was opened is read all the same', async () => {
    const path = files.write('soon-gone.txt', 'still here');
    const reading = read(path);
    await waitFor('the reader runs', () => readerIds().length > 0);
    rmSync(path);
    expect((await reading).text).toBe('still here');
    expect(await whyNotRead(path)).toBe('file/not-found');
  });

  it('a process over its time, over its memory, or killed', async () => {
    const pages = Array.from({ length: 3000 }, () => 'Some words of a page that is one of many.');
    const path = files.write('slow.pdf', makePdf(pages));
    expect(await whyNotRead(path, { ...reader, limits: { ...readerLimits, timeMs: 250 } })).toBe('file/too-slow');
    const small = { ...reader, limits: { ...readerLimits, memoryBytes: 40 * 1024 * 1024 } };
    expect(await whyNotRead(path, small)).toBe('file/too-much-memory');
    const killed = whyNotRead(path);
    const pid = await waitFor('the reader runs', () => readerIds()[0]);
    process.kill(pid, 'SIGKILL');
    expect(await killed).toMatch(/^file\/reader-died$|^read: Some words/);
  });

  it('leaves no process behind', async () => {
    await waitFor('every reader ended', () => readerIds().length === 0);
  });
});

function fewerPages(): Buffer {
  return Buffer.from(makePdf(['x', 'y']).toString('latin1').replace('/Count 2', '/Count -5'), 'latin1');
}

function loop(): string {
  const place = join(mkdtempSync(join(tmpdir(), 'beckon-loop-')), 'loop');
  symlinkSync(place, place);
  return place;
}
