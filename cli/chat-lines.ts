import { createInterface, type Interface } from 'node:readline';
import { Transform, type TransformCallback } from 'node:stream';
import type { Disposable } from '../contract/disposable.ts';
import type { Output } from './terminal.ts';

export interface ChatLinesOptions {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };
  readonly output: Output & NodeJS.WritableStream;
}

const prompt = '› ';
const furtherPrompt = '… ';
/** Stands for a line end within a pasted text while it is edited; the joiner after it is never typed. */
const lineEnd = '⏎\u2060';
const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';

/**
 * What a person enters, one question at a time. A text that is pasted is one question, however many lines it has, and a
 * backslash at the end of a line goes on with the next one. Dispose it to give the terminal back.
 */
export class ChatLines implements Disposable {
  readonly #options: ChatLinesOptions;
  /** What a terminal sends, with what was pasted made one line; null where it is none. */
  readonly #pasted: PastedLines | null;
  readonly #lines: Interface;
  readonly #next: AsyncIterator<string>;
  /** The input has ended, or Ctrl+C was pressed at the prompt; lines that came before it are still to be read. */
  #closed = false;

  constructor(options: ChatLinesOptions) {
    this.#options = options;
    const { input, output } = options;
    const terminal = input.isTTY === true;
    if (terminal) output.write(pasteOn);
    this.#pasted = terminal ? input.pipe(new PastedLines(input)) : null;
    this.#lines = createInterface({ input: this.#pasted ?? input, output, terminal, prompt });
    this.#lines.once('close', () => {
      this.#closed = true;
    });
    this.#next = this.#lines[Symbol.asyncIterator]();
  }

  /** The next question, or null at the end of the input. */
  async read(): Promise<string | null> {
    let question = '';
    for (let shown = prompt; ; shown = furtherPrompt) {
      this.#ask(shown);
      const { value, done } = await this.#next.next();
      const line = done === true ? '' : value.replaceAll(lineEnd, '\n');
      // Nothing more follows: the backslash was meant.
      if (line === '' && question !== '') return `${question.slice(0, -1)}\\`;
      if (done === true) return null;
      if (!/(?<!\\)(\\\\)*\\$/.test(line)) return question + line;
      question += `${line.slice(0, -1)}\n`;
    }
  }

  /** Leaves the keyboard to the terminal while an answer is written, so that Ctrl+C reaches this program. */
  pause(): void {
    if (this.#closed) return;
    this.#lines.pause();
    if (this.#options.input.isTTY === true) this.#options.input.setRawMode?.(false);
  }

  resume(): void {
    if (this.#closed) return;
    if (this.#options.input.isTTY === true) this.#options.input.setRawMode?.(true);
    this.#lines.resume();
  }

  /** Leaves what is typed to something else for a while: none of it is taken for a question. */
  async aside<Value>(work: () => Promise<Value>): Promise<Value> {
    const { input } = this.#options;
    if (this.#pasted === null) return work();
    input.unpipe(this.#pasted);
    try {
      return await work();
    } finally {
      input.pipe(this.#pasted);
    }
  }

  dispose(): void {
    this.#lines.close();
    if (this.#options.input.isTTY === true) this.#options.output.write(pasteOff);
  }

  #ask(text: string): void {
    if (this.#options.input.isTTY !== true || this.#closed) return;
    this.#lines.setPrompt(text);
    this.#lines.prompt();
  }
}

const begin = '\u001b[200~';
const end = '\u001b[201~';
/** Beginnings of a mark that came in two pieces, the longest first. */
const beginnings = [5, 4, 3, 2, 1].flatMap((length) => [begin.slice(0, length), end.slice(0, length)]);
/** Escape alone is a key. */
const restOfMarkMs = 50;

/** Keys as a terminal sends them, with the line ends of pasted text as signs (bracketed paste, as xterm has it). */
class PastedLines extends Transform {
  readonly isTTY = true;
  readonly #input: ChatLinesOptions['input'];
  #pasting = false;
  #held = '';
  #limit: NodeJS.Timeout | undefined;

  constructor(input: ChatLinesOptions['input']) {
    super({ decodeStrings: false, encoding: 'utf8' });
    this.#input = input;
    (input as NodeJS.ReadStream).setEncoding('utf8');
  }

  setRawMode(on: boolean): unknown {
    return this.#input.setRawMode?.(on);
  }

  override _transform(piece: string, _encoding: BufferEncoding, done: TransformCallback): void {
    clearTimeout(this.#limit);
    let text = this.#held + piece;
    while (text !== '') {
      const mark = this.#pasting ? end : begin;
      const at = text.indexOf(mark);
      if (at < 0) break;
      this.push(this.#shown(text.slice(0, at)));
      text = text.slice(at + mark.length);
      this.#pasting = !this.#pasting;
    }
    const part = beginnings.find((beginning) => text.endsWith(beginning)) ?? '';
    this.#held = part;
    if (part !== '') this.#limit = setTimeout(() => this.#letGo(), restOfMarkMs);
    this.push(this.#shown(text.slice(0, text.length - part.length)));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#letGo();
    done();
  }

  #letGo(): void {
    clearTimeout(this.#limit);
    if (this.#held !== '') this.push(this.#shown(this.#held));
    this.#held = '';
  }

  /** Other control characters of a pasted text would be taken for keys. */
  #shown(text: string): string {
    if (!this.#pasting) return text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are to go
    return text.replaceAll(/\r\n?|\n/g, lineEnd).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  }
}
