import { readFileSync } from 'node:fs';
import process from 'node:process';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { pictureLimits, type SightPart, sightContract } from '../../contract/sight.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { serve } from '../../wire/server.ts';
import { findCard } from './card/find-card.ts';
import { decodePicture } from './decode/decode-picture.ts';
import { readLines } from './read-lines.ts';
import { loadReadingModels, type ReadingModels } from './reading-models.ts';

/** Where the parent put the open models: after standard input, output, errors and the channel. */
const descriptors = { detector: 4, recogniser: 5 } as const;

let models: Promise<ReadingModels> | null = null;
let taken: Buffer[] = [];

function load(): Promise<ReadingModels> {
  models ??= loadReadingModels(readFileSync(descriptors.detector), readFileSync(descriptors.recogniser));
  return models;
}

function take({ first, bytes }: { readonly first: boolean; readonly bytes: string }): null {
  if (first) taken = [];
  taken.push(Buffer.from(bytes, 'base64'));
  const length = taken.reduce((sum, each) => sum + each.length, 0);
  if (length > pictureLimits.bytes) throw new AppError('picture/too-large', `${length} bytes`);
  return null;
}

function takeAll(): Buffer {
  const picture = Buffer.concat(taken);
  taken = [];
  return picture;
}

async function* read(): AsyncGenerator<SightPart> {
  try {
    const bitmap = await decodePicture(takeAll());
    const { morePages } = bitmap;
    for await (const part of readLines(await load(), bitmap))
      yield part.type === 'found' && morePages !== undefined ? { ...part, morePages } : part;
  } catch (error) {
    const { code, message } = toErrorShape(error);
    yield { type: 'failure', code, message: message.slice(0, 1000) };
  }
}

serve(createProcessChannel(process), sightContract, {
  requests: { 'sight.take': take, 'sight.card': () => findCard(takeAll()) },
  streams: { 'sight.read': read },
  states: {},
});
process.on('disconnect', () => process.exit(0));
