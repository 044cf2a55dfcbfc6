import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { Answer } from './answer.ts';
import { type Bounded, boundedTextOf, causeOf, keyless, postBounded } from './bounded-answer.ts';
import { Exchange } from './exchange.ts';
import { FrameReader } from './frame-reader.ts';
import type { WayToGoOn } from './going-on.ts';

export interface ServerQuestion extends Bounded {
  readonly address: string;
  /** As the protocol has it. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly way: WayToGoOn;
  readonly readKey: () => Promise<string | null>;
  /** Told at the end of an answer: whether its thinking lacked an opening. */
  readonly onUnopened: (unopened: boolean) => void;
}

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
  const answer = new Answer(input, question);
  let key = '';
  let broke: AppErrorShape | null = null;
  let answered = false;
  try {
    key = (await exchange.wait(question.readKey())) ?? '';
    const response = await postBounded(postedOf(question, key), question, exchange);
    answered = true;
    for await (const text of boundedTextOf(response, question, exchange)) {
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

function postedOf({ address, body }: ServerQuestion, key: string) {
  const headers: Record<string, string> = key === '' ? {} : { authorization: `Bearer ${key}` };
  return { url: `${address}/chat/completions`, headers, body: JSON.stringify(body) };
}
