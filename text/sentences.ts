import { sentenceSegments } from './segments.ts';

export interface Sentence {
  readonly text: string;
  /** Offset in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Marks that begin a line of Markdown: quotes, headings, bullets, numbers of a list. A star right before a word is emphasis. */
const lineMark = /^(?:\s|[>#+\-•·]|\*+(?!\S)|\d{1,3}[.)、]\s)*/;

/** A line that is longer, such as a whole file of data, is read in pieces, so that none takes long. */
const pieceCharacters = 20_000;

/** The sentences of a text in their order. Each line stands for itself, so that items of a list are sentences of their own. */
export function* sentencesOf(text: string, language: 'en' | 'zh-CN'): Generator<Sentence> {
  for (const [offset, line] of piecesOf(text)) {
    const mark = lineMark.exec(line)?.[0].length ?? 0;
    for (const { segment, index } of sentenceSegments(line.slice(mark), language === 'zh-CN' ? 'zh' : 'en')) {
      const before = segment.length - segment.trimStart().length;
      const sentence = segment.trim();
      const start = offset + mark + index + before;
      if (/[\p{L}\p{N}]/u.test(sentence)) yield { text: sentence, start, end: start + sentence.length };
    }
  }
}

/** The lines of a text, and what they are cut into, each with its offset. */
function* piecesOf(text: string): Generator<readonly [number, string]> {
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const last = lineEnd < 0 ? text.length : lineEnd;
    while (last - start > pieceCharacters) {
      const piece = text.slice(start, start + pieceCharacters);
      const space = piece.lastIndexOf(' ');
      // Data without spaces is cut between its values.
      const mark = space > 0 ? space : Math.max(...[...',;}。，'].map((sign) => piece.lastIndexOf(sign))) + 1;
      const length = mark > 0 ? mark : pieceCharacters;
      yield [start, piece.slice(0, length)];
      start += length;
    }
    yield [start, text.slice(start, last)];
    start = last + 1;
  }
}
