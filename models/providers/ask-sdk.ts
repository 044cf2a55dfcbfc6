import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { Answer } from '../openai-compatible/answer.ts';
import { type Bounded, causeOf, keyless } from '../openai-compatible/bounded-answer.ts';
import type { ChunkPart } from '../openai-compatible/chunk.ts';
import { Exchange, Interrupted } from '../openai-compatible/exchange.ts';
import type { WayToGoOn } from '../openai-compatible/going-on.ts';
import { SdkLine } from './sdk-line.ts';
import { loadSdkModel, type SdkModel, type SdkOptions, type SdkProtocol } from './sdk-models.ts';
import { chunkPartsOf, wholePartsOf } from './sdk-parts.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SdkQuestion extends Bounded {
  readonly protocol: SdkProtocol;
  readonly way: WayToGoOn;
  readonly address: string;
  readonly model: string;
  readonly options: SdkOptions;
  readonly readKey: () => Promise<string | null>;
  readonly reshape: (body: Json) => Json;
  /** Told what was asked, as it left, before the first part. */
  readonly onSent: (sent: Json) => void;
}

/** Asks once by a package of the AI SDK; its parts, bounds and ends are those of `askServer`. Never throws. */
export async function* askBySdk(
  question: SdkQuestion,
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
  question: SdkQuestion,
  input: GenerateInput,
): AsyncGenerator<ModelPart> {
  const { limits, protocol, address, model: name } = question;
  const answer = new Answer(input, question);
  const line = new SdkLine({ protocol, bounded: question, exchange, answer, reshape: question.reshape });
  let key = '';
  let thrown: unknown = null;
  try {
    key = (await exchange.wait(question.readKey())) ?? '';
    const model = await exchange.wait(loadSdkModel(protocol, { address, key, model: name, fetch: line.fetch }));
    for await (const chunk of chunksOf(model, question.options, line, exchange)) {
      const parts = answer.takeParts(chunk);
      if (parts.length > 0) {
        exchange.allow('words', limits.wordlessMs);
        exchange.allowNoRest();
      }
      yield* parts;
      if (answer.ended) break;
      if (answer.finished) exchange.allowRest(limits.afterEndMs);
    }
  } catch (error) {
    thrown = error;
  }
  question.onSent(line.sent);
  const broke = whyEnded(line, thrown, question.host);
  if (broke === 'aborted') return yield { type: 'aborted' };
  if (line.error !== null) answer.take({ type: 'value', value: line.error, event: 'error' });
  for (const part of answer.end(broke))
    yield part.type === 'failure' ? { ...part, error: keyless(part.error, key) } : part;
}

/** What the SDK reads out of the answer; where that came as one message, it reads that. */
async function* chunksOf(
  model: SdkModel,
  options: SdkOptions,
  line: SdkLine,
  exchange: Exchange,
): AsyncGenerator<readonly ChunkPart[]> {
  try {
    const { stream } = await exchange.wait(model.doStream(options));
    const reader = stream.getReader();
    try {
      for (;;) {
        const next = await exchange.wait(reader.read());
        if (next.done) break;
        const parts = chunkPartsOf(next.value, options.maxOutputTokens);
        // Its end says nothing where the answer came otherwise, or not at all.
        if (parts.length > 0 && line.spoke && !line.cameWhole) yield parts;
      }
    } finally {
      void reader.cancel().catch(() => {});
    }
  } catch (error) {
    if (!line.cameWhole) throw error;
  }
  if (!line.cameWhole) return;
  const whole = await exchange.wait(model.doGenerate(options));
  yield wholePartsOf(whole.content, whole, options.maxOutputTokens);
}

/** Why nothing more comes: what the connection knows goes before what the SDK makes of it; null where it is just the end. */
function whyEnded(line: SdkLine, thrown: unknown, host: string): AppErrorShape | 'aborted' | null {
  if (line.broke !== null) return causeOf(line.broke, line.answered, host);
  if (line.error !== null || thrown === null) return null;
  if (thrown instanceof Interrupted) return causeOf(thrown, line.answered, host);
  if (!line.answered) return toErrorShape(thrown);
  const message = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
  return { code: 'server/unreadable', message, values: { host, context: 'pieces' }, action: 'try-again' };
}
