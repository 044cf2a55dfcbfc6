import type { ModelPart } from '../../contract/engine.ts';

/** Cleans a text that comes in pieces. However it is cut into pieces, what comes out is the same. */
export interface TextFilter {
  /** Answers what is known to belong to the text by now; the rest is held back. */
  push(text: string): string;
  /** Answers what was held back and turned out to be text; called once, behind the last piece. */
  end(): string;
  /** What came so far was no part of the text, which begins now. */
  restart(): void;
}

/** One filter of several, each of which is given what the one before lets through. */
export function compose(filters: readonly TextFilter[]): TextFilter {
  const through = (text: string, from: number) =>
    filters.slice(from).reduce((left, filter) => (left === '' ? '' : filter.push(left)), text);
  return {
    push: (text) => through(text, 0),
    end: () => filters.reduce((rest, filter) => (rest === '' ? '' : filter.push(rest)) + filter.end(), ''),
    restart: () => {
      for (const filter of filters) filter.restart();
    },
  };
}

/** What a filter makes of a text that is there as a whole. */
export function filterWhole(filter: TextFilter, text: string): string {
  return filter.push(text) + filter.end();
}

/** The parts of one generation with their text filtered; what is held back at their end comes before it. */
export async function* filterParts(parts: AsyncIterable<ModelPart>, filter: TextFilter): AsyncGenerator<ModelPart> {
  let ended = false;
  for await (const part of parts) {
    if (part.type === 'text-was-thinking') filter.restart();
    const isLast = isEnd(part);
    const text = part.type === 'text-delta' ? filter.push(part.text) : isLast && !ended ? filter.end() : '';
    ended ||= isLast;
    if (text !== '') yield { type: 'text-delta', text };
    if (part.type !== 'text-delta') yield part;
  }
  const rest = ended ? '' : filter.end();
  if (rest !== '') yield { type: 'text-delta', text: rest };
}

/** Whether nothing comes behind this part of a generation. */
export function isEnd<Part extends { readonly type: string }>(
  part: Part,
): part is Extract<Part, { readonly type: 'finish' | 'failure' | 'aborted' }> {
  return part.type === 'finish' || part.type === 'failure' || part.type === 'aborted';
}
