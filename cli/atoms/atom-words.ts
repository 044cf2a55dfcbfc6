import type { AppErrorShape } from '../../contract/errors.ts';
import { fromErrorShape } from '../../contract/errors.ts';
import type { AtomWords } from '../../locales/say-atom.ts';
import type { Words } from '../words.ts';

/** The words of actions in a terminal. */
export function atomWords(words: Words): AtomWords {
  return {
    language: words.language,
    say: (key, values) => words.sayIn('sharing', key, values),
    error: (error: AppErrorShape) => words.error(fromErrorShape(error)),
  };
}
