import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatExports, type ChatExportsDeps } from '../../../main/shell/chat-exports.ts';

const words = {
  language: 'en',
  all: 'All',
  chat: 'Chat',
  question: 'You',
  answer: 'B',
  stopped: 's',
  cut: 'c',
  failed: 'f',
} as const;
const pdf = { conversationIds: ['c-1'], format: 'pdf' } as const;

describe('chats on their way into a file', () => {
  let folder: string;
  const printed: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-exports-'));
    printed.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function exportsWith(deps: Partial<ChatExportsDeps> = {}): ChatExports {
    return new ChatExports({
      words: () => words,
      nameOf: async () => 'Lease.pdf',
      choosePath: async (name) => join(folder, name),
      write: async (_, path) => {
        writeFileSync(path, 'page');
        return true;
      },
      cancelWrite: () => {},
      print: async (path) => {
        printed.push(path, readFileSync(path, 'utf8'));
        return Buffer.from('%PDF');
      },
      ...deps,
    });
  }

  it('are printed from a page that is gone afterwards, into a file for its owner alone', async () => {
    expect(await exportsWith().run(pdf)).toEqual({ status: 'written', fileName: 'Lease.pdf' });
    expect(readFileSync(join(folder, 'Lease.pdf'), 'utf8')).toBe('%PDF');
    if (process.platform !== 'win32') expect(statSync(join(folder, 'Lease.pdf')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['Lease.pdf']);
    expect(printed[1]).toBe('page');
    expect(() => statSync(printed[0] ?? '')).toThrow();
  });

  it.each([
    ['no place was chosen', { choosePath: async () => null }],
    ['writing was cancelled', { write: async () => false }],
    ['printing was ended', { print: async () => null }],
  ])('write nothing when %s', async (_, deps) => {
    expect(await exportsWith(deps).run(pdf)).toEqual({ status: 'stopped', fileName: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say that a place takes no file, and can be tried again', async () => {
    const exports = exportsWith({ choosePath: async () => join(folder, 'none', 'it.pdf') });
    for (let times = 0; times < 2; times += 1)
      await expect(exports.run(pdf)).rejects.toMatchObject({ code: 'export/not-written' });
  });

  it('are one at a time, and cancelled while they are printed', async () => {
    const begun = Promise.withResolvers<void>();
    const exports = exportsWith({
      print: (_, signal) => {
        begun.resolve();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)));
      },
    });
    const first = exports.run(pdf);
    await expect(exports.run(pdf)).rejects.toMatchObject({ code: 'export/running' });
    await begun.promise;
    exports.cancel();
    expect((await first).status).toBe('stopped');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not printed when they were cancelled while their page was written', async () => {
    const exports: ChatExports = exportsWith({
      write: async () => {
        exports.cancel();
        return true;
      },
    });
    expect((await exports.run(pdf)).status).toBe('stopped');
    expect(printed).toEqual([]);
  });
});
