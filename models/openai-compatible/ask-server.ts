import { setImmediate } from 'node:timers/promises';
import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { AppError, type AppErrorShape, fromErrorShape, toErrorShape } from '../../contract/errors.ts';
import { Answer } from './answer.ts';
import { readBoundedText } from './bounded-body.ts';
import { Exchange, Interrupted } from './exchange.ts';
import { failureOfAnswer, failureOfBody, failureOfTransport, forKey } from './failures.ts';
import { FrameReader } from './frame-reader.ts';
import type { WayToGoOn } from './going-on.ts';
import type { AnswerLimits, Silence } from './limits.ts';

export interface ServerQuestion {
  readonly address: string;
  readonly host: string;
  /** As the protocol has it. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly way: WayToGoOn;
  readonly readKey: () => Promise<string | null>;
  readonly fetch: typeof fetch;
  readonly silence: Silence;
  readonly limits: AnswerLimits;
  /** Told at the end of an answer: whether its thinking lacked an opening. */
  readonly onUnopened: (unopened: boolean) => void;
}

/** The event loop serves others at least this often while an answer floods in, in milliseconds. */
const breathMs = 15;

/** Asks once and yields the parts of the answer; its last is `finish`, `failure` or `aborted`. Never throws. */
export async function* askServer(
  question: ServerQuestion,
  input: GenerateInput,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const exchange = new Exchange(question.host, signal);
  try {
    yield* answerWithin(exchange, question, input);
  } finally {
    exchange.dispose();
  }
}

async function* answerWithin(
  exchange: Exchange,
  question: ServerQuestion,
  input: GenerateInput,
): AsyncGenerator<ModelPart> {
  const { host, limits } = question;
  const frames = new FrameReader(limits, host);
  const answer = new Answer(input, question.way, host, limits);
  let key = '';
  let broke: AppErrorShape | null = null;
  let answered = false;
  try {
    key = (await exchange.wait(question.readKey())) ?? '';
    const response = await open(question, key, exchange);
    answered = true;
    for await (const text of textOf(response, question, exchange)) {
      for (const frame of frames.push(text)) {
        const parts = answer.take(frame);
        if (parts.length > 0) {
          exchange.allow('words', limits.wordlessMs);
          exchange.allowNoRest();
        }
        yield* parts;
      }
      if (answer.ended) break;
      if (answer.finished) exchange.allowRest(limits.afterEndMs);
    }
  } catch (error) {
    const cause = causeOf(error, answered, host);
    if (cause === 'aborted') return yield { type: 'aborted' };
    broke = cause;
  }
  for (const frame of frames.end()) yield* answer.take(frame);
  const last = answer.end(broke);
  question.onUnopened(answer.unopened);
  for (const part of last) yield part.type === 'failure' ? { ...part, error: keyless(part.error, key) } : part;
}

/** Why nothing more comes; null where nothing more was waited for. */
function causeOf(error: unknown, answered: boolean, host: string): AppErrorShape | 'aborted' | null {
  if (!(error instanceof Interrupted)) return answered ? failureOfBody(error, host) : failureOfTransport(error, host);
  const { why } = error;
  if (why.kind === 'failed') return toErrorShape(why.error);
  return why.kind === 'aborted' ? 'aborted' : null;
}

/** Resolves with an answer that has a body to read; throws what any other means. */
async function open(question: ServerQuestion, key: string, exchange: Exchange): Promise<Response> {
  const { address, host, body, silence, limits } = question;
  exchange.allow('silence', silence.firstByteMs);
  exchange.allow('whole', limits.wholeMs);
  const response = await exchange.wait(
    question.fetch(`${address}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        // What is packed has to be waited for, and can be far more than it looks.
        'accept-encoding': 'identity',
        'user-agent': 'Beckon',
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal: exchange.signal,
      redirect: 'manual',
    }),
  );
  if (response.ok && response.body !== null) return response;
  if (response.ok)
    throw new AppError('server/nothing', `status ${response.status} without a body`, { values: { host } });
  const { status, headers } = response;
  const other = status < 400 ? headers.get('location') : null;
  if (other !== null) throw moved(host, address, other);
  const refusal = readBoundedText(
    response,
    { mostBytes: limits.refusalBytes, withinMs: limits.refusalMs },
    exchange.signal,
  );
  const { text } = await exchange.wait(refusal);
  throw fromErrorShape(failureOfAnswer(status, text, host, headers.get('retry-after')));
}

function moved(host: string, address: string, location: string): AppError {
  const other = URL.canParse(location, address) ? new URL(location, address).host : location.slice(0, 100);
  return new AppError('server/moved', `sent on to ${other}`, { values: { host, other } });
}

/** The text of a body in pieces, as long as it keeps to its bounds. */
async function* textOf({ body }: Response, question: ServerQuestion, exchange: Exchange): AsyncGenerator<string> {
  if (body === null) return;
  const { host, limits, silence } = question;
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

/** As it is without a key, and without the key itself: some servers say it again in what they refuse it with. */
function keyless(said: AppErrorShape, key: string): AppErrorShape {
  const error = forKey(said, key !== '');
  if (key.length < 4) return error;
  const hide = <Value>(value: Value) => (typeof value === 'string' ? value.replaceAll(key, '…') : value);
  const values = Object.fromEntries(Object.entries(error.values ?? {}).map(([name, value]) => [name, hide(value)]));
  return { ...error, message: hide(error.message), values };
}
