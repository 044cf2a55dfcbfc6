import process from 'node:process';
import { type DrawnPart, type ReaderPart, readerContract } from '../../contract/reader.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';

/** A reader that its document has taken over: it yields empty sections without end. */
async function* read(): AsyncGenerator<ReaderPart> {
  const withoutText = { below: 1, code: 'file/empty' } as const;
  yield { type: 'kind', kind: 'text', unit: 'line', total: null, withoutText };
  for (;;) yield { type: 'section', locator: { unit: 'line', first: 1, last: 1 }, text: '', read: 1, resume: '1' };
}

/** It draws nothing, and says that it did. */
async function* draw(): AsyncGenerator<DrawnPart> {
  yield { type: 'finish' };
}

serve(createProcessChannel(process), readerContract, {
  requests: {},
  streams: { 'document.read': read, 'document.draw': draw },
  states: {},
});
process.on('disconnect', () => process.exit(0));
