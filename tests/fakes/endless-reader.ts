import process from 'node:process';
import { type ReaderPart, readerContract } from '../../contract/reader.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';

/** A reader that its document has taken over: it yields empty sections without end. */
async function* read(): AsyncGenerator<ReaderPart> {
  const withoutText = { below: 1, code: 'file/empty' } as const;
  yield { type: 'kind', kind: 'text', unit: 'line', total: null, withoutText };
  for (;;) yield { type: 'section', locator: { unit: 'line', first: 1, last: 1 }, text: '', read: 1, resume: '1' };
}

serve(createProcessChannel(process), readerContract, { requests: {}, streams: { 'document.read': read }, states: {} });
process.on('disconnect', () => process.exit(0));
