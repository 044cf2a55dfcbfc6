import { createHash } from 'node:crypto';
import type { Disposable } from '../../contract/disposable.ts';
import type { OpenFile } from './open-file.ts';
import type { ReadFile } from './read-file.ts';

/** Text that is kept, in UTF-16 units of all documents together: two of the longest there are. */
const mostCharacters = 40_000_000;
/** A larger file would take longer to be told by its content than this is worth. */
const mostBytes = 64_000_000;
const pieceBytes = 1024 * 1024;
/** From its last use on. */
const forgottenAfterMs = 15 * 60_000;

/**
 * Documents as they were read, told by their content: the same one is not read twice. In memory alone, for a quarter of an hour
 * after it was used last, and none of it once a chat is deleted.
 */
export class ReadCache implements Disposable {
  readonly #files = new Map<string, ReadFile>();
  readonly #forgottenAfterMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(afterMs = forgottenAfterMs) {
    this.#forgottenAfterMs = afterMs;
  }

  /** What tells a document: its content, its name, by which one kind of text is told from another, and what was said of it. */
  async keyOf({ handle, name, bytes }: OpenFile, said: string, signal: AbortSignal): Promise<string | null> {
    if (bytes > mostBytes) return null;
    const hash = createHash('sha256').update(JSON.stringify([name, said, bytes]));
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let at = 0; at < bytes; ) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(piece, 0, pieceBytes, at);
      // A file that gives nothing before its end was cut meanwhile.
      if (bytesRead === 0) return null;
      hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
    return hash.digest('base64');
  }

  get(key: string): ReadFile | null {
    const file = this.#files.get(key);
    if (file === undefined) return null;
    this.put(key, file);
    return file;
  }

  /** What was used longest ago makes room. */
  put(key: string, file: ReadFile): void {
    this.#files.delete(key);
    this.#files.set(key, file);
    let characters = 0;
    for (const [other, { text }] of [...this.#files].reverse()) {
      characters += text.length;
      if (characters > mostCharacters) this.#files.delete(other);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), this.#forgottenAfterMs);
    this.#timer.unref();
  }

  clear(): void {
    this.#files.clear();
    clearTimeout(this.#timer);
  }

  dispose(): void {
    this.clear();
  }
}
