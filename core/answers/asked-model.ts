import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { isEnd } from '../text-filters/text-filter.ts';
import { type NoteCall, NotedCall } from './noted-call.ts';

/** What a plan does with a model: it asks, and goes by what the model can do. */
export type AskedModel = Pick<LanguageModel, 'capabilities' | 'generate' | 'generateEach'>;

const noEnd: AppErrorShape = { code: 'model/crashed', message: 'the answer ended without an end', action: 'continue' };

/**
 * A model of which every call is noted, with what it came to. A generation has one end, also where the model throws or falls
 * silent.
 */
export function noteCalls(model: LanguageModel, note: NoteCall): AskedModel {
  return {
    capabilities: model.capabilities,
    async *generate(input, signal) {
      const call = new NotedCall(model.identity, note, textsOf(input));
      call.begin(performance.now());
      try {
        for await (const part of model.generate(input, signal)) {
          call.take(part);
          yield part;
          if (isEnd(part)) return;
        }
        yield { type: 'failure', error: noEnd };
      } catch (error) {
        yield endOf(error, signal);
      } finally {
        call.leave();
      }
    },
    async *generateEach(inputs, signal) {
      const calls = inputs.map((input) => new NotedCall(model.identity, note, textsOf(input)));
      try {
        yield* takeEach(model.generateEach(inputs, signal), calls);
      } catch (error) {
        yield { index: 0, part: endOf(error, signal) };
      } finally {
        for (const call of calls) call.leave();
      }
    },
  };
}

/** A failure or an abort of one ends all. */
async function* takeEach(parts: AsyncIterable<IndexedPart>, calls: readonly NotedCall[]): AsyncGenerator<IndexedPart> {
  // A call begins with the list, or when another one has made room for it.
  let roomSince = performance.now();
  for await (const indexed of parts) {
    const { index, part } = indexed;
    calls[index]?.begin(roomSince);
    calls[index]?.take(part);
    if (isEnd(part)) roomSince = performance.now();
    yield indexed;
    if (isEnd(part) && part.type !== 'finish') return;
  }
  const unended = calls.findIndex((call) => !call.hasEnded);
  if (unended >= 0) yield { index: unended, part: { type: 'failure', error: noEnd } };
}

function textsOf({ messages }: GenerateInput): readonly string[] {
  return messages.map(({ text }) => text);
}

function endOf(error: unknown, signal: AbortSignal): ModelPart {
  return signal.aborted ? { type: 'aborted' } : { type: 'failure', error: toErrorShape(error) };
}
