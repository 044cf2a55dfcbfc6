import { MarkdownStream } from './markdown/markdown-stream.ts';
import type { Terminal } from './terminal.ts';

/** Where a growing answer is written to. */
export interface AnswerView {
  add(piece: string): void;
  /** The answer is over: what comes next begins on a line of its own. */
  end(): void;
}

/**
 * On a screen an answer is drawn, unless it is wanted `raw`; elsewhere it is its text, and byte for byte only where that is
 * asked for.
 */
export function answerView(terminal: Terminal, isRaw: boolean): AnswerView {
  if (terminal.draws && !isRaw) return drawnView(terminal);
  return writtenView((piece) => (isRaw ? terminal.rawAnswer(piece) : terminal.answer(piece)));
}

/** An answer within a conversation, which is shown wherever it goes. */
export function chatView(terminal: Terminal, isRaw: boolean): AnswerView {
  return terminal.draws && !isRaw ? drawnView(terminal) : writtenView((piece) => terminal.shown(piece));
}

function drawnView(terminal: Terminal): AnswerView {
  return new MarkdownStream({ write: (line) => terminal.shown(line), columns: () => terminal.columns ?? 80 });
}

function writtenView(write: (piece: string) => void): AnswerView {
  let last = '\n';
  return {
    add: (piece) => {
      if (piece === '') return;
      last = piece.at(-1) ?? '';
      write(piece);
    },
    end: () => {
      if (last !== '\n') write('\n');
      last = '\n';
    },
  };
}
