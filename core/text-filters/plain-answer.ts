import { delimiterOf } from '../prompts/delimiter.ts';
import { Delimiters } from './delimiters.ts';
import { Fence } from './fence.ts';
import { filterWhole } from './text-filter.ts';

/**
 * An answer as it goes into a document: without the fence or the delimiters that small models put around a whole text. What
 * the text itself, `source`, stands in stays.
 */
export function plainAnswer(text: string, source = ''): string {
  const trimmed = text.trim();
  const isFencedItself = source.trimStart().startsWith('```');
  const plain = isFencedItself ? trimmed : filterWhole(new Fence(), trimmed);
  // In a fence nothing is quoted: what looks like a delimiter there is of the text.
  return plain === trimmed ? filterWhole(new Delimiters([delimiterOf(source)]), trimmed) : plain;
}
