import type { WriteCopy } from '../../core/models/fast-copies.ts';
import { writeFastCopy } from '../../models/fast-copy/write-copy.ts';

/** Writes a fast copy in the process that asks: files of a test are small and its own. */
export const writeHere: WriteCopy = async ({ source, target }, signal, onBytes) => {
  for await (const { doneBytes } of writeFastCopy(source, target, signal)) onBytes(doneBytes);
};
