type Granularity = 'word' | 'sentence';

/** Segmenters by what they cut at and their language: making one takes longer than a sentence does. */
const segmenters = new Map<string, Intl.Segmenter>();

/** The words of a text by the system's dictionaries, with the spaces and marks between them as pieces of their own. */
export function wordSegments(text: string, language?: string): readonly string[] {
  return [...segmenterOf('word', language).segment(text)].map(({ segment }) => segment);
}

/** Where words begin: a dictionary knows 任务 and 高铁, and no names of people. */
export function wordStarts(text: string, language?: string): ReadonlySet<number> {
  return new Set([...segmenterOf('word', language).segment(text)].map(({ index }) => index));
}

/** The sentences of a text as they follow one another, with where they begin. */
export function sentenceSegments(
  text: string,
  language?: string,
): readonly { readonly segment: string; readonly index: number }[] {
  return [...segmenterOf('sentence', language).segment(text)];
}

function segmenterOf(granularity: Granularity, language?: string): Intl.Segmenter {
  const key = `${granularity} ${language ?? ''}`;
  const known = segmenters.get(key) ?? new Intl.Segmenter(language, { granularity });
  segmenters.set(key, known);
  return known;
}
