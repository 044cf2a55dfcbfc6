import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { forScreen, toJsonLine } from './plain.ts';

/** One of a process's two outputs. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** All that the cli says goes through here, so that nothing from outside steers a terminal. */
export class Terminal {
  readonly #out: Output;
  readonly #err: Output;

  constructor(out: Output, err: Output) {
    this.#out = out;
    this.#err = err;
  }

  /** Whether a person sees what is noted. */
  get isWatched(): boolean {
    return this.#err.isTTY === true;
  }

  /** Whether what was asked for goes to a screen, not into a file or a program. */
  get isScreen(): boolean {
    return this.#out.isTTY === true;
  }

  /** A line of what was asked for. */
  line(text: string): void {
    this.#out.write(`${forScreen(text)}\n`);
  }

  json(value: unknown): void {
    this.#out.write(`${toJsonLine(value)}\n`);
  }

  /** A piece of an answer. A file or a program gets what the model wrote, byte for byte. */
  answer(piece: string): void {
    this.#out.write(this.#out.isTTY === true ? forScreen(piece) : piece);
  }

  /** Writes a piece of a conversation that is shown, wherever it goes. */
  shown(piece: string): void {
    this.#out.write(forScreen(piece));
  }

  /** A line beside what was asked for. */
  note(text: string): void {
    this.#err.write(`${forScreen(text)}\n`);
  }

  /** A line that the next one replaces; empty to take it away. Only where a person watches. */
  status(text: string): void {
    if (this.isWatched) this.#err.write(`\r\u001b[2K${forScreen(text)}`);
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
