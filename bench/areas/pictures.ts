import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SightPart } from '../../contract/sight.ts';
import { decodePicture } from '../../models/sight/decode/decode-picture.ts';
import { readLines } from '../../models/sight/read-lines.ts';
import { loadReadingModels, type ReadingModels } from '../../models/sight/reading-models.ts';
import { SightProcess } from '../../models/sight/sight-process.ts';
import { checkout, nodeExecutable } from '../../tests/support/beckon-app.ts';
import { judgedPictures, lettersWrong } from '../../tests/support/letters-wrong.ts';
import { requireSightModels } from '../../tests/support/sight-models.ts';
import { goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { waitQuiet } from '../tools/machine.ts';
import type { Area } from './area.ts';

/** Ten lines of Chinese, twice as fine as an ordinary screen. */
const timed = 'tea-zh-light-2x.png';
const subject = 'PP-OCRv6 small';

/**
 * P20: a picture read in its process, from the bytes of its file to its last line, against the very same calls of the models
 * alone, in turn; and how many letters of the 24 pictures come out wrong.
 */
export const measurePictures: Area = async ({ runs, say }) => {
  const files = requireSightModels();
  const models = await loadReadingModels(readFileSync(files.detector), readFileSync(files.recogniser));
  const entry = join(checkout, 'models', 'sight', 'entry.ts');
  const sight = new SightProcess({ node: nodeExecutable, entry, codeFolders: [checkout], idleMs: 60_000 });
  try {
    const picture = readFileSync(join(checkout, 'tests', 'corpus', 'pictures', 'accuracy', timed));
    const calls = await callsOf(models, picture);
    const read = () => all(sight.read(picture, files, new AbortController().signal));
    await read();
    const [values, floors]: [number[], number[]] = [[], []];
    let noisyRuns = 0;
    for (let run = 0; run < runs; run += 1) {
      if (!(await waitQuiet())) noisyRuns += 1;
      floors.push(await timeOf(calls));
      values.push(await timeOf(read));
    }
    say('pictures: time');
    let [wrong, of] = [0, 0];
    for (const { path, lines } of judgedPictures()) {
      const parts = await all(sight.read(readFileSync(path), files, new AbortController().signal));
      const told = lettersWrong(lines.join(''), parts.map((part) => (part.type === 'line' ? part.text : '')).join(''));
      wrong += told.wrong;
      of += told.of;
    }
    say(`pictures: ${wrong} of ${of} letters`);
    const measured: readonly Measured[] = [
      judge(goals.readPicture, { values, floors, subject, noisyRuns }),
      judge(goals.pictureLetters, { values: [(100 * wrong) / of], floors: [0], subject }),
    ];
    return measured;
  } finally {
    sight.dispose();
  }
};

/** The calls of the models that reading a picture makes, to be made again without anything else. */
async function callsOf(models: ReadingModels, picture: Buffer): Promise<() => Promise<void>> {
  const made: (() => Promise<unknown>)[] = [];
  const kept: ReadingModels = {
    letters: models.letters,
    mark: (view, width, height) => {
      made.push(() => models.mark(view, width, height));
      return models.mark(view, width, height);
    },
    read: (view, width, height) => {
      made.push(() => models.read(view, width, height));
      return models.read(view, width, height);
    },
  };
  await all(readLines(kept, await decodePicture(picture)));
  return async () => {
    for (const call of made) await call();
  };
}

async function all(parts: AsyncIterable<SightPart>): Promise<readonly SightPart[]> {
  const gathered: SightPart[] = [];
  for await (const part of parts) gathered.push(part);
  return gathered;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
