export interface Sentence {
  readonly text: string;
  /** Offset in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Marks that begin a line of Markdown: quotes, headings, bullets, numbers of a list. A star right before a word is emphasis. */
const lineMark = /^(?:\s|[>#+\-•·]|\*+(?!\S)|\d{1,3}[.)、]\s)*/;

/** The sentences of a text in their order. Each line stands for itself, so that items of a list are sentences of their own. */
export function sentencesOf(text: string, language: 'en' | 'zh-CN'): readonly Sentence[] {
  const segmenter = new Intl.Segmenter(language === 'zh-CN' ? 'zh' : 'en', { granularity: 'sentence' });
  const found: Sentence[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const mark = lineMark.exec(line)?.[0].length ?? 0;
    for (const { segment, index } of segmenter.segment(line.slice(mark))) {
      const before = segment.length - segment.trimStart().length;
      const sentence = segment.trim();
      const start = offset + mark + index + before;
      if (/[\p{L}\p{N}]/u.test(sentence)) found.push({ text: sentence, start, end: start + sentence.length });
    }
    offset += line.length + 1;
  }
  return found;
}
