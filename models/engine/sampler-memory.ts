import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Calls of the model between two collections. Each call leaves a sampler with a row for every token of the vocabulary
 * (1.8 MB at 152,000 tokens) that node-llama-cpp 3.21 frees when its object is collected, of which V8 sees a few bytes.
 */
const callsBetween = 8;

/** Answers between two collections of what is old: a sampler that an answer was written with is, and stays until then. */
const answersBetween = 8;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { readonly type: 'minor' | 'major' }) => void;
let [calls, answers] = [0, 0];

/** To be told of each call of the model that made a sampler: keeps what they leave within some 15 MB. */
export function samplerWasMade(): void {
  calls += 1;
  if (calls % callsBetween === 0) collect({ type: 'minor' });
}

/** To be told when an answer has ended, by when nobody waits for a token of it any more. Takes some ten milliseconds at times. */
export function answerHasEnded(): void {
  answers += 1;
  if (answers % answersBetween === 0) collect({ type: 'major' });
}
