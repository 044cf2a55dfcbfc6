/** Bounds of a body that is read whole. */
export interface BodyLimits {
  /** What comes after these is not read; in bytes, unpacked. */
  readonly mostBytes: number;
  /** Longest time to read for, in milliseconds; what came until then is the text. No limit when left out. */
  readonly withinMs?: number;
}

export interface BodyText {
  readonly text: string;
  /** Why there may be more of it: a limit, or a connection that broke off. */
  readonly end: 'whole' | 'too-long' | 'too-slow' | 'cut';
}

/**
 * The beginning of a body as text, never more of it in memory than `mostBytes`: a server can send without end, or 3 KB that
 * unpack to gigabytes. The connection is closed unless all was read. Rejects only with the reason of `signal`.
 */
export async function readBoundedText(
  response: Pick<Response, 'body'>,
  { mostBytes, withinMs }: BodyLimits,
  signal?: AbortSignal,
): Promise<BodyText> {
  if (response.body === null) return { text: '', end: 'whole' };
  const reader = response.body.getReader();
  const leave = new Leaving(signal, withinMs);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  let end: BodyText['end'] = 'whole';
  try {
    while (end === 'whole') {
      const next = await Promise.race([reader.read(), leave.left]);
      if (next === 'too-slow') end = next;
      else if (next.done) break;
      else {
        const room = mostBytes - bytes;
        bytes += next.value.byteLength;
        if (bytes > mostBytes) end = 'too-long';
        text += decoder.decode(next.value.subarray(0, room), { stream: true });
      }
    }
  } catch {
    signal?.throwIfAborted();
    end = 'cut';
  } finally {
    leave.dispose();
    void reader.cancel().catch(() => {});
  }
  return { text: text + decoder.decode(), end };
}

/** What ends the reading of a body other than its own end: the caller, or the time. */
class Leaving {
  readonly left: Promise<'too-slow'>;
  readonly #signal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | null = null;
  #onAbort = () => {};

  constructor(signal: AbortSignal | undefined, withinMs: number | undefined) {
    this.#signal = signal;
    this.left = new Promise((resolve, reject) => {
      if (withinMs !== undefined) this.#timer = setTimeout(() => resolve('too-slow'), withinMs);
      this.#onAbort = () => reject(signal?.reason);
      if (signal?.aborted) this.#onAbort();
      else signal?.addEventListener('abort', this.#onAbort, { once: true });
    });
    // Nobody may wait for it yet.
    this.left.catch(() => {});
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}
