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

  /** The same where a conversation is shown, wherever it goes. */
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

/** Calls `onGone` when whoever read an output has closed it, as `head` does; without it that would end in a stack trace. */
export function watchOutputs(outputs: readonly Writable[], onGone: () => void): void {
  for (const output of outputs) output.on('error', onGone);
}
