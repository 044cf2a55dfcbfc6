import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { type LookLevel, lookLevel, withLooks } from './drawing/looks.ts';
import { type Line, type Piece, toPieces } from './drawing/pieces.ts';
import { forScreen, plain, toJsonLine } from './plain.ts';

/** One of a process's two outputs. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** How wide the screen is now; only of a terminal. */
  readonly columns?: number | undefined;
}

/** A screen that does not tell its width. */
const usualColumns = 80;

/** All that the cli says goes through here, so that nothing from outside steers a terminal. */
export class Terminal {
  readonly #out: Output;
  readonly #err: Output;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(out: Output, err: Output, env: Readonly<Record<string, string | undefined>> = {}) {
    this.#out = out;
    this.#err = err;
    this.#env = env;
  }

  /** Whether a person sees what is noted. */
  get isWatched(): boolean {
    return this.#err.isTTY === true;
  }

  /** Whether what was asked for goes to a screen, not into a file or a program. */
  get isScreen(): boolean {
    return this.#out.isTTY === true;
  }

  /** Columns of the screen; null where what is asked for goes elsewhere, and nothing is cut or broken. */
  get columns(): number | null {
    return this.isScreen ? this.#out.columns || usualColumns : null;
  }

  /** Whether answers are drawn: where there is a screen that can show more than text. */
  get draws(): boolean {
    return this.isScreen && this.#level(this.#out) !== 'none';
  }

  /** A line of what was asked for. */
  line(text: Line): void {
    this.#out.write(`${this.#safe(text, this.#out)}\n`);
  }

  json(value: unknown): void {
    this.#out.write(`${toJsonLine(value)}\n`);
  }

  /**
   * A piece of an answer. A file or a program gets the text of what the model wrote: what a terminal obeys is taken out there,
   * too, since what is piped is shown in the end (`cat`, `less -R`, `tee`).
   */
  answer(piece: string): void {
    this.#out.write(this.isScreen ? forScreen(piece) : plain(piece, true));
  }

  /** A piece of an answer byte for byte where it goes into a file or a program; nothing does that to a screen. */
  rawAnswer(piece: string): void {
    this.#out.write(this.isScreen ? forScreen(piece) : piece);
  }

  /** Writes a piece of a conversation that is shown, wherever it goes. */
  shown(text: Line): void {
    this.#out.write(this.#safe(text, this.#out));
  }

  /** A line beside what was asked for. */
  note(text: Line): void {
    this.#err.write(`${this.#safe(text, this.#err)}\n`);
  }

  /** Asks something: what is typed stands behind it. */
  prompt(text: string): void {
    this.#err.write(forScreen(text));
  }

  /** A line that the next one replaces; empty to take it away. Only where a person watches. */
  status(text: string): void {
    if (this.isWatched) this.#err.write(`\r\u001b[2K${forScreen(text)}`);
  }

  /** Hands a text to the clipboard of the terminal, which may be on another machine (OSC 52). */
  copyThroughTerminal(text: string): void {
    this.#out.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  }

  #safe(line: Line, output: Output): string {
    const level = this.#level(output);
    const write = ({ text, looks }: Piece) => withLooks(forScreen(text), looks, level);
    return toPieces(line).map(write).join('');
  }

  #level(output: Output): LookLevel {
    return lookLevel(output.isTTY === true, this.#env);
  }
}

/** Why an output takes no more. `closed`: whoever read it has gone, as `head` does when it has enough. */
export type OutputEnd = 'closed' | 'full' | 'failed';

/** Calls `onEnd` when an output takes no more; without it that would end in a stack trace. */
export function watchOutputs(outputs: readonly Writable[], onEnd: (why: OutputEnd) => void): void {
  for (const output of outputs) output.on('error', (error) => onEnd(endOf(error)));
}

/** A file as an output: it takes all or tells why not, where the stream that Node has for it drops what did not fit. */
export function wholeOutput(stream: Writable & { readonly fd: number }, onEnd: (why: OutputEnd) => void): Output {
  if (!isFile(stream.fd)) return stream;
  return {
    isTTY: false,
    write: (text) => {
      const bytes = Buffer.from(text);
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(stream.fd, bytes, at);
      } catch (error) {
        onEnd(endOf(error));
      }
    },
  };
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

function endOf(error: unknown): OutputEnd {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'EPIPE' || code === 'ECONNRESET') return 'closed';
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) ? 'full' : 'failed';
}
