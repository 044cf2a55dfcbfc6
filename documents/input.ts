import { readSync } from 'node:fs';
import type { TextEncoding } from '../contract/document.ts';

/** A document as a reader has it: an open descriptor and what is known from outside. */
export interface DocumentInput {
  readonly descriptor: number;
  /** The file's name without its folder. */
  readonly name: string;
  /** Size when it was opened; the file may grow or shrink meanwhile. */
  readonly bytes: number;
  /** What the person said that its bytes mean, for a text. */
  readonly encoding?: TextEncoding;
}

/** Bytes from a place on; fewer when the file ends before. */
export function readBytes({ descriptor }: DocumentInput, from: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, buffer, filled, length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
}
