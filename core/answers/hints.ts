import type { UsedAction } from '../../contract/atom.ts';
import type { GenerationHints } from '../../contract/engine.ts';
import type { Attachment } from '../attachment.ts';
import { quote } from '../prompts/delimiter.ts';
import type { LongText } from './long-text.ts';

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
