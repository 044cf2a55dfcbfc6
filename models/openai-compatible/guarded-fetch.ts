import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { failureOfAnswer, failureOfTransport, looksLikePage } from './failures.ts';

/**
 * What went wrong with one request, as seen on the wire: the SDK folds causes together, and a person needs to know whether
 * it was the key, the address, a stall or a cut. Dispose it to stop its clock.
 */
export class ServerTrouble {
  readonly host: string;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly stalled = new AbortController();
  #seen: AppErrorShape | null = null;
  #began = false;
  #sawEnd = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(host: string, firstByteMs: number, idleMs: number) {
    this.host = host;
    this.firstByteMs = firstByteMs;
    this.idleMs = idleMs;
  }

  note(error: AppErrorShape): void {
    this.#seen ??= error;
  }

  noteBegin(): void {
    this.#began = true;
  }

  noteEnd(): void {
    this.#sawEnd = true;
  }

  wait(ms: number): void {
    this.dispose();
    this.#timer = setTimeout(() => {
      const error = new AppError('server/stalled', `nothing arrived for ${ms} ms`, {
        values: { host: this.host, seconds: Math.round(ms / 1000) },
        retry: { afterMs: 0 },
        action: 'try-again',
      });
      this.note(toErrorShape(error));
      this.stalled.abort(error);
    }, ms);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  describe(error: unknown): AppErrorShape {
    if (this.#seen !== null) return this.#seen;
    // Once bytes of an answer came, whatever goes wrong with the rest has cut it.
    return this.#began ? this.cut() : failureOfTransport(error, this.host);
  }

  /** A stream that ended without saying so (`[DONE]` or a finish reason) was cut on its way. */
  cutAfter(finished: boolean): AppErrorShape | null {
    if (this.#seen !== null) return this.#seen;
    return finished && this.#sawEnd ? null : this.cut();
  }

  cut(): AppErrorShape {
    return {
      code: 'server/cut',
      message: 'the answer ended before its end',
      values: { host: this.host },
      retry: { afterMs: 0 },
      action: 'try-again',
    };
  }
}

/** A fetch that remembers what a failed answer said and watches a stream for stalls and for its end. */
export function guardedFetch(inner: typeof fetch, trouble: ServerTrouble): typeof fetch {
  return async (input, init) => {
    trouble.wait(trouble.firstByteMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, trouble.stalled.signal]) : trouble.stalled.signal;
    let response: Response;
    try {
      response = await inner(input, { ...init, signal });
    } catch (error) {
      if (!init?.signal?.aborted) trouble.note(failureOfTransport(error, trouble.host));
      throw error;
    }
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || type.includes('html')) {
      const body = await response.text();
      const retryAfter = response.headers.get('retry-after');
      const status = response.ok && looksLikePage(body) ? 200 : response.status;
      trouble.note(failureOfAnswer(status, body, trouble.host, retryAfter));
      return new Response(body, {
        status: response.ok ? 502 : response.status,
        headers: { 'content-type': 'text/plain' },
      });
    }
    return new Response(response.body?.pipeThrough(watch(trouble)) ?? null, {
      status: response.status,
      headers: response.headers,
    });
  };
}

function watch(trouble: ServerTrouble): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let tail = '';
  return new TransformStream({
    transform(piece, controller) {
      trouble.wait(trouble.idleMs);
      trouble.noteBegin();
      tail = (tail + decoder.decode(piece, { stream: true })).slice(-600);
      if (/data:\s*\[DONE\]|"finish_reason"\s*:\s*"/.test(tail)) trouble.noteEnd();
      controller.enqueue(piece);
    },
    flush() {
      trouble.dispose();
    },
  });
}
