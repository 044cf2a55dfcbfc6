import type { Readable } from 'node:stream';
import { documentTextLimitBytes } from '../contract/document.ts';

export interface StreamOptions {
  /** Called once when nothing more is there after a second. */
  readonly onWaiting: () => void;
  /** Longest wait for the first byte, in milliseconds, after which there is taken to be none; for ever when left out. */
  readonly firstByteMs?: number;
}

const waitingAfterMs = 1000;
/** One more than what is taken, so that who reads it finds it too large. */
const limitBytes = documentTextLimitBytes + 1;

/**
 * All bytes of a stream until its end; of one that has more than a document may have, the beginning, and the rest is left to
 * whoever writes it. Rejects with what the system says.
 */
export async function readStream(stream: Readable, { onWaiting, firstByteMs }: StreamOptions): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  const waiting = setTimeout(onWaiting, waitingAfterMs);
  let limit: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      if (firstByteMs !== undefined) limit = setTimeout(resolve, firstByteMs);
      stream.on('data', (piece: Buffer) => {
        clearTimeout(limit);
        const bytes = Buffer.from(piece);
        pieces.push(bytes);
        length += bytes.length;
        if (length < limitBytes) return;
        // At once: a stream that always has more would not let anything else run.
        stream.destroy();
        resolve();
      });
      stream.once('end', resolve);
      stream.once('close', resolve);
      stream.once('error', reject);
    });
  } finally {
    clearTimeout(waiting);
    clearTimeout(limit);
    stream.removeAllListeners('data');
    stream.on('error', () => {});
    stream.destroy();
  }
  return Buffer.concat(pieces).subarray(0, limitBytes);
}
