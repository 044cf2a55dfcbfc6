import process from 'node:process';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { type ReaderPart, readerContract } from '../../contract/reader.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { NotYet, readDocument } from '../read-document.ts';

/** Where the parent put the open document: after standard input, output, errors and the channel. */
const descriptor = 4;

interface ReadRequest {
  readonly name: string;
  readonly bytes: number;
  readonly stopAfterMs: number;
  readonly firstPage: number;
}

async function* read({ name, bytes, stopAfterMs, firstPage }: ReadRequest): AsyncGenerator<ReaderPart> {
  try {
    yield* readDocument({ descriptor, name, bytes }, { firstPage, stopAt: performance.now() + stopAfterMs });
    yield { type: 'finish' };
  } catch (error) {
    const { code, message } = toErrorShape(unreadable(error));
    yield { type: 'failure', code, message, kind: error instanceof NotYet ? error.kind : null };
  }
}

/** A descriptor that opened and does not give its bytes: a disk that fails, or a file of the system that is none. */
function unreadable(error: unknown): unknown {
  const isSystem = error instanceof Error && 'syscall' in error;
  return isSystem ? new AppError('file/unreadable', error.message) : error;
}

serve(createProcessChannel(process), readerContract, { requests: {}, streams: { 'document.read': read }, states: {} });
// One document, one process: the parent has what it wanted, or is gone.
process.on('disconnect', () => process.exit(0));
