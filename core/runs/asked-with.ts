import type { UsedAction } from '../../contract/atom.ts';
import type { GenerationHints } from '../../contract/engine.ts';
import type { Sampling } from '../../contract/model.ts';
import type { Attachment } from '../attachment.ts';
import { quote } from '../prompts/delimiter.ts';
import type { LongText } from './in-parts.ts';

/** Characters; a longer text is worked on in parts anyway. */
const longestDraft = 400_000;

/** What is known of an answer from what is to be done; `long` is what it would be worked on in parts for. */
export function hintsOf(
  action: UsedAction | null,
  texts: readonly Attachment[],
  long: LongText | null,
): Pick<GenerationHints, 'draftFrom' | 'expectLong'> {
  // A text that is answered with a text of its length is worked on in parts where both do not fit into the model.
  return { ...draftOf(action, texts), ...(long?.way === 'each' ? { expectLong: true } : {}) };
}

/**
 * An action whose answer is the text itself with small changes says so to the engine, which reads ahead in it: with its
 * marks, since small models write them too.
 */
function draftOf(action: UsedAction | null, texts: readonly Attachment[]): Pick<GenerationHints, 'draftFrom'> {
  const [text, ...others] = texts.filter(({ kind }) => kind !== 'window');
  const repeats = action?.diff === true && action.sampling?.temperature === 0;
  return repeats && text !== undefined && others.length === 0 && text.text.length <= longestDraft
    ? { draftFrom: quote(text.text) }
    : {};
}

/**
 * What an action wants of the sampling goes before what the model is usually asked with. Where the likeliest word is
 * always taken, nothing is left to choose between, and a penalty would only keep words from being repeated.
 */
export function mergeSampling(usual: Sampling, wanted: UsedAction['sampling']): Sampling {
  if (wanted?.temperature === 0) return { temperature: 0 };
  const set = Object.entries(wanted ?? {}).filter(([, value]) => value !== undefined);
  return { ...usual, ...Object.fromEntries(set) };
}
