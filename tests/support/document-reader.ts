import { join } from 'node:path';
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
