import process from 'node:process';
import { type DrawnPart, type ReaderPart, readerContract } from '../../contract/reader.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';

/** A reader whose time is over after three of very many pages, all of them blank. */
async function* read({ resume }: { readonly resume: string | null }): AsyncGenerator<ReaderPart> {
  const withoutText = { below: 3, code: 'file/pdf-no-text' } as const;
  yield { type: 'kind', kind: 'pdf', unit: 'page', total: 60_000, withoutText };
  const done = Number(resume ?? 0);
  for (const page of [done + 1, done + 2, done + 3]) {
    const locator = { unit: 'page', first: page, last: page } as const;
    yield { type: 'section', locator, text: '', read: page, resume: String(page) };
  }
  yield { type: 'finish', whole: false };
}

/** It draws nothing. */
async function* draw(): AsyncGenerator<DrawnPart> {
  yield { type: 'finish' };
}

serve(createProcessChannel(process), readerContract, {
  requests: {},
  streams: { 'document.read': read, 'document.draw': draw },
  states: {},
});
process.on('disconnect', () => process.exit(0));
