import process from 'node:process';
import type { TextEncoding } from '../../contract/document.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import {
  type AskedPage,
  type DrawnPart,
  type ReaderPart,
  type ResumeToken,
  readerContract,
} from '../../contract/reader.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { NotYet } from '../not-yet.ts';
import { readDocument } from '../read-document.ts';

/** Where the parent put the open document: after standard input, output, errors and the channel. */
const descriptor = 4;

interface ReadRequest {
  readonly name: string;
  readonly bytes: number;
  readonly stopAfterMs: number;
  readonly stopAfterClockMs: number;
  readonly resume: ResumeToken | null;
  readonly encoding?: TextEncoding;
}

async function* read({ name, bytes, resume, encoding, ...limits }: ReadRequest): AsyncGenerator<ReaderPart> {
  try {
    const input = { descriptor, name, bytes, ...(encoding === undefined ? {} : { encoding }) };
    yield* readDocument(input, { resume, isOver: isOver(limits) });
  } catch (error) {
    const { code, message } = toErrorShape(unreadable(error));
    yield { type: 'failure', code, message, kind: error instanceof NotYet ? error.kind : null };
  }
}

interface DrawRequest {
  readonly bytes: number;
  readonly pages: readonly AskedPage[];
  readonly draws: boolean;
}

/** The engine that draws is loaded by who draws alone. */
async function* draw({ bytes, pages, draws }: DrawRequest): AsyncGenerator<DrawnPart> {
  const { drawPages } = await import('../pdf/draw/draw-pages.ts');
  yield* drawPages({ descriptor, name: '', bytes }, pages, draws);
}

/** Whether the time of this process is over. */
function isOver({
  stopAfterMs,
  stopAfterClockMs,
}: Pick<ReadRequest, 'stopAfterMs' | 'stopAfterClockMs'>): () => boolean {
  const stopAt = performance.now() + stopAfterClockMs;
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000 >= stopAfterMs || performance.now() >= stopAt;
  };
}

/** A descriptor that opened and does not give its bytes: a disk that fails, or a file of the system that is none. */
function unreadable(error: unknown): unknown {
  const isSystem = error instanceof Error && 'syscall' in error;
  return isSystem ? new AppError('file/unreadable', error.message) : error;
}

serve(createProcessChannel(process), readerContract, {
  requests: {},
  streams: { 'document.read': read, 'document.draw': draw },
  states: {},
});
// One document, one process: the parent has what it wanted, or is gone.
process.on('disconnect', () => process.exit(0));
