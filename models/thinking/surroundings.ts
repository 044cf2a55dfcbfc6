import { thoughts } from './marks.ts';

const longestOpening = Math.max(...thoughts.map(({ open }) => open.length));
/** Bounds the line that is looked at, in UTF-16 units; a longer one is no line of code. */
const mostOfLine = 2000;

/**
 * Where in an answer a mark stands: an answer may be about such marks, in code, in quotes or in a sentence, and then they
 * are words like any other. Fed with the text before.
 */
export class Surroundings {
  #line = '';
  #inCode = false;
  #namesOpening = false;
  #tail = '';

  add(text: string): void {
    const seen = this.#tail + text;
    this.#namesOpening ||= thoughts.some(({ open }) => seen.includes(open));
    this.#tail = seen.slice(1 - longestOpening);
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.#endLine();
      this.#line = (this.#line + line).slice(0, mostOfLine);
    }
  }

  /** Whether a mark that comes now, before `after`, is talked about. */
  talksOf(after: string): boolean {
    if (this.#inCode || this.#namesOpening || this.#isCodeFence()) return true;
    if ((this.#line.match(/`/g) ?? []).length % 2 === 1 || /["'`“‘「『(（]$/.test(this.#line)) return true;
    // A mark that stands alone in its line, or after the end of a sentence, closes; one among words is one of them.
    return /\S[ \t]+$/.test(this.#line) && !/^[ \t]*\n/.test(after);
  }

  #endLine(): void {
    if (this.#isCodeFence()) this.#inCode = !this.#inCode;
    this.#line = '';
  }

  #isCodeFence(): boolean {
    return /^ {0,3}(?:```|~~~)/.test(this.#line);
  }
}
