import type { X11Connection } from './x11-connection.ts';

const newValue = 0;
/** An owner that was busy may answer this late; one that sends on does so within it. */
const idleMs = 10_000;
/** An owner that never ends is left to itself at last. */
const mostBytes = 1024 * 1024 * 1024;
/** What a small piece counts, which costs as much to take as a larger one. */
const leastBytes = 16 * 1024;

/**
 * Answers that nobody waits for any more. An owner that sends a large content in pieces (ICCCM 2.7.2) waits for each to be
 * deleted, and some answer nobody else until then: what was given up is taken to its end, unread.
 */
export class AbandonedTransfers {
  readonly #x: X11Connection;
  readonly #properties = new Set<number>();

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /** Whether something may still arrive in this property. */
  has(property: number): boolean {
    return this.#properties.has(property);
  }

  /** Deletes what stands in a property of a window, and what its owner still puts there. */
  take(window: number, property: number): void {
    this.#properties.add(property);
    let bytes = 0;
    let last = Promise.resolve();
    let limit: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(limit);
      stop();
      this.#properties.delete(property);
    };
    const takeNext = async () => {
      const piece = await this.#delete(window, property);
      if (piece === null) return;
      bytes += Math.max(leastBytes, piece.bytes);
      if (piece.isLast || bytes > mostBytes) end();
    };
    const next = () => {
      clearTimeout(limit);
      limit = setTimeout(end, idleMs);
      limit.unref();
      last = last.then(takeNext).catch(end);
    };
    const stop = this.#x.onEvent((event) => {
      if (event.name !== 'PropertyNotify' || event.wid !== window) return;
      if (event.atom === property && event.state === newValue) next();
    });
    next();
  }

  /** Null when nothing was there. */
  async #delete(window: number, property: number): Promise<{ bytes: number; isLast: boolean } | null> {
    // Nothing of it is asked for, so that it does not come over.
    const value = await this.#x.readProperty(window, property, { longs: 0, remove: false });
    if (value === null || value.type === 0) return null;
    (await this.#x.client()).DeleteProperty(window, property);
    const announces = value.type === (await this.#x.atom('INCR'));
    return { bytes: value.bytesAfter, isLast: value.bytesAfter === 0 && !announces };
  }
}
