import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppError } from '../../contract/errors.ts';
import { type ReadFile, readFile } from '../../core/files/read-file.ts';
import type { ReaderOptions } from '../../core/files/reader-process.ts';
import { checkout, nodeExecutable } from './beckon-app.ts';
import { listProcesses } from './processes.ts';

/** Documents that are tried. */
export const corpus = join(checkout, 'tests', 'corpus', 'documents');

/** The process that reads them, as it is started from its sources. */
export const reader: ReaderOptions = {
  node: nodeExecutable,
  entry: join(checkout, 'documents', 'reader', 'entry.ts'),
  codeFolder: checkout,
};

/** The readers that this process has started and that run. */
export function readerIds(): number[] {
  return listProcesses()
    .filter(({ command, parent }) => command.includes('documents/reader/entry.ts') && parent === process.pid)
    .map(({ pid }) => pid);
}

const never = new AbortController().signal;

/** A folder of files that are made, and read by the reader's process. */
export class MadeFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'beckon-files-'));

  write(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function read(path: string, options = reader, signal = never): Promise<ReadFile> {
  return readFile(path, options, signal, () => {});
}

/** The code of the error that reading a file ends with; the beginning of its text where it does not. */
export function whyNotRead(path: string, options = reader): Promise<string> {
  return read(path, options).then(
    ({ text }) => `read: ${text.slice(0, 40)}`,
    (error: AppError) => error.code,
  );
}
