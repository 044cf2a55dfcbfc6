import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { OwnFiles } from '../../../core/models/own-files.ts';
import { answered } from '../../../models/gguf/open-model.ts';
import { readLayout, readModelHeader } from '../../../models/gguf/read-header.ts';
import { smallGguf } from '../../support/gguf.ts';

describe('a path that is to be a model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-open-'));
  const at = (name: string) => join(folder, name);
  const server = createServer();

  beforeAll(async () => {
    for (const name of ['pipe', 'pipe.gguf']) execFileSync('mkfifo', [at(name)]);
    mkdirSync(at('folder'));
    symlinkSync(at('loop'), at('loop'));
    symlinkSync(at('pipe'), at('link-to-pipe'));
    writeFileSync(at('whole.gguf'), smallGguf());
    symlinkSync(at('whole.gguf'), at('link.gguf'));
    writeFileSync(at('not-mine.gguf'), smallGguf());
    chmodSync(at('not-mine.gguf'), 0);
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const codeOf = (reading: Promise<unknown>) =>
    reading.then(
      () => 'ok',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  const places: readonly (readonly [string, RegExp])[] = [
    ['pipe', /not-a-model/],
    ['link-to-pipe', /not-a-model/],
    ['folder', /not-a-model/],
    ['socket', /not-a-model/],
    ['/dev/zero', /not-a-model/],
    ['/dev/tty', /not-a-model|file-missing/],
    ['/proc/self/mem', /not-a-model|no-permission|cut|file-missing/],
    ['/proc/cpuinfo', /not-a-model|cut/],
    ['/sys/kernel/mm/transparent_hugepage/enabled', /not-a-model|cut|file-missing/],
    ['loop', /link-broken/],
    ['gone', /file-missing/],
    ['whole.gguf/below', /file-missing/],
    ['link.gguf', /^ok$/],
  ];

  it('that became something else after it was read is told by a cause that names no path', async () => {
    const own = new OwnFiles();
    const changes: readonly (readonly [string, (path: string) => void, string])[] = [
      ['became-loop.gguf', (path) => symlinkSync(path, path), 'model/link-broken'],
      ['became-nothing.gguf', () => {}, 'model/file-missing'],
      ['became-folder.gguf', (path) => mkdirSync(path), 'model/not-a-model'],
    ];
    for (const [name, change, code] of changes) {
      writeFileSync(at(name), smallGguf());
      expect((await own.read(at(name))).error).toBeNull();
      rmSync(at(name));
      change(at(name));
      const { error } = await own.read(at(name));
      expect(error?.code).toBe(code);
      expect(error?.message).not.toContain(folder);
    }
  });

  it.each(places)(
    'that is %s ends in a sentence at once, and holds nothing up',
    async (name, code) => {
      const path = name.startsWith('/') ? name : at(name);
      expect(await codeOf(readModelHeader(path))).toMatch(code);
      expect(await codeOf(readLayout(path))).toMatch(code);
    },
    3000,
  );

  it('that is a pipe with a writer who writes nothing is refused like one without', async () => {
    // Open for both, it has a writer: reading from it would wait for ever.
    const writer = openSync(at('pipe'), 'r+');
    expect(writer).toBeGreaterThan(0);
    expect(await codeOf(readModelHeader(at('pipe')))).toBe('model/not-a-model');
  }, 3000);

  it('that may not be read says so, and not that it is gone', async () => {
    const isRoot = process.getuid?.() === 0;
    expect(await codeOf(readModelHeader(at('not-mine.gguf')))).toBe(isRoot ? 'ok' : 'model/no-permission');
  });

  it('whose disk never answers is given up in time, and what comes later is put away', async () => {
    const disk = Promise.withResolvers<string>();
    let late: string | null = null;
    const asked = answered(disk.promise, (value) => (late = value), 20);
    expect(await codeOf(asked)).toBe('model/disk-silent');
    disk.resolve('handle');
    await disk.promise;
    await Promise.resolve();
    expect(late).toBe('handle');
  });

  it('that was a model and became a pipe is read anew, and is a model again when it comes back', async () => {
    const own = new OwnFiles();
    const path = at('mine.gguf');
    writeFileSync(path, smallGguf());
    expect((await own.read(path)).header?.architecture).toBe('llama');
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect(await own.read(path)).toMatchObject({
      header: null,
      error: { code: 'model/not-a-model' },
      fileName: 'mine',
    });
    rmSync(path);
    writeFileSync(path, smallGguf());
    expect((await own.read(path)).error).toBeNull();
  }, 3000);
});
