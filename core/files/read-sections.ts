import type { ReaderPart, ResumeToken } from '../../contract/reader.ts';
import { clockLimitMs } from '../../process/limit-watch.ts';
import type { OpenFile } from './open-file.ts';
import { type ReaderOptions, readerLimits, readInProcess } from './reader-process.ts';

/** Processes for one document: two thousand full pages take two or three. */
const mostReaders = 6;
/** In a second of its time a reader brings some 100,000 of a book; the next one begins only where that still pays. */
const leastCharactersPerSecond = 10_000;
/** No further process begins after so many times the time that one has by the clock. */
const clockFactor = 1.6;

/**
 * Reads a document section by section, in as many processes as it takes, one after another, each with the same limits, as
 * long as each brings enough. Begins where `resume`, the token of an earlier section, says; null is the beginning. Ends with
 * `finish` or `failure`; `finish` tells whether all was read. Throws `file/…` for the death of a process.
 */
export async function* readSections(
  file: OpenFile,
  resume: ResumeToken | null,
  options: ReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<ReaderPart> {
  const limits = options.limits ?? readerLimits;
  const leastCharacters = (leastCharactersPerSecond * limits.timeMs) / 1000;
  const noneAfter = performance.now() + clockFactor * clockLimitMs(limits);
  let at = resume;
  for (let round = 1; ; round += 1) {
    let characters = 0;
    let isLonger = false;
    for await (const part of readInProcess(file, at, options, signal)) {
      if (part.type === 'finish' && !part.whole) {
        isLonger = true;
        continue;
      }
      // The next process says again what the first one said.
      if (part.type === 'kind' && round > 1) continue;
      yield part;
      if (part.type !== 'section') continue;
      at = part.resume;
      characters += part.text.length;
    }
    if (!isLonger) return;
    if (round >= mostReaders || characters < leastCharacters || performance.now() > noneAfter) {
      yield { type: 'finish', whole: false };
      return;
    }
  }
}
