import { setImmediate } from 'node:timers/promises';
import { AppError, type AppErrorShape, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { readBoundedText } from './bounded-body.ts';
import type { Refusal } from './dialects.ts';
import { type Exchange, Interrupted } from './exchange.ts';
import { failureOfAnswer, failureOfBody, failureOfTransport, forKey } from './failures.ts';
import type { AnswerLimits, Silence } from './limits.ts';

/** Who is asked, and what may come from there: the same bounds for every protocol. */
export interface Bounded {
  readonly host: string;
  readonly fetch: typeof fetch;
  readonly silence: Silence;
  readonly limits: AnswerLimits;
  /** What codes of this server's own mean. */
  readonly refusals?: readonly Refusal[];
}

/** A question as it is sent. */
export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The event loop serves others at least this often while an answer floods in, in milliseconds. */
const breathMs = 15;

/** Resolves with an answer that has a body to read; throws what any other means. */
export async function postBounded(posted: Posted, bounded: Bounded, exchange: Exchange): Promise<Response> {
  const { host, silence, limits, refusals } = bounded;
  exchange.allow('silence', silence.firstByteMs);
  exchange.allow('whole', limits.wholeMs);
  // Whatever keeps the connection alive, a question that is not answered by a word in that time has been lost.
  exchange.allow('words', limits.wordlessMs);
  const response = await exchange.wait(
    bounded.fetch(posted.url, {
      method: 'POST',
      headers: {
        ...posted.headers,
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        // What is packed has to be waited for, and can be far more than it looks.
        'accept-encoding': 'identity',
        'user-agent': 'Beckon',
      },
      body: posted.body,
      signal: exchange.signal,
      redirect: 'manual',
    }),
  );
  if (response.ok && response.body !== null) return response;
  if (response.ok)
    throw new AppError('server/nothing', `status ${response.status} without a body`, { values: { host } });
  const { status, headers } = response;
  const other = status < 400 ? headers.get('location') : null;
  if (other !== null) throw moved(host, posted.url, other);
  const refusal = readBoundedText(
    response,
    { mostBytes: limits.refusalBytes, withinMs: limits.refusalMs },
    exchange.signal,
  );
  const { text } = await exchange.wait(refusal);
  throw fromErrorShape(failureOfAnswer(status, text, host, headers.get('retry-after'), refusals));
}

function moved(host: string, address: string, location: string): AppError {
  const other = URL.canParse(location, address) ? new URL(location, address).host : location.slice(0, 100);
  return new AppError('server/moved', `sent on to ${other}`, { values: { host, other } });
}

/** The text of a body in pieces, as long as it keeps to its bounds. */
export async function* boundedTextOf(
  { body }: Response,
  { host, limits, silence }: Bounded,
  exchange: Exchange,
): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [bytes, pieces] = [0, 0];
  let breathedAt = performance.now();
  try {
    for (;;) {
      const next = await exchange.wait(reader.read());
      if (next.done) break;
      exchange.allow('silence', silence.idleMs);
      bytes += next.value.byteLength;
      pieces += 1;
      if (bytes > limits.bytes || pieces > limits.pieces)
        throw new AppError('server/too-much', `${bytes} bytes in ${pieces} pieces`, { values: { host } });
      yield decoder.decode(next.value, { stream: true });
      if (performance.now() - breathedAt < breathMs) continue;
      await setImmediate();
      breathedAt = performance.now();
    }
    yield decoder.decode();
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Why nothing more comes; null where nothing more was waited for. */
export function causeOf(error: unknown, answered: boolean, host: string): AppErrorShape | 'aborted' | null {
  if (!(error instanceof Interrupted)) return answered ? failureOfBody(error, host) : failureOfTransport(error, host);
  const { why } = error;
  if (why.kind === 'failed') return toErrorShape(why.error);
  return why.kind === 'aborted' ? 'aborted' : null;
}

/** What was said without the key: some servers say it again in what they refuse it with. Where none was given, so it is told. */
export function keyless(said: AppErrorShape, key: string): AppErrorShape {
  const error = forKey(said, key !== '');
  if (key.length < 4) return error;
  const hide = <Value>(value: Value) => (typeof value === 'string' ? value.replaceAll(key, '…') : value);
  const values = Object.fromEntries(Object.entries(error.values ?? {}).map(([name, value]) => [name, hide(value)]));
  return { ...error, message: hide(error.message), values };
}
