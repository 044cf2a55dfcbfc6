import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { isOfServer, type Pool } from './pool.ts';

export interface PoolMember {
  readonly serverId: string;
  /** Every prompt to it passes the gate, with a receipt of its own. */
  readonly model: LanguageModel;
}

/**
 * A model that several servers of the person's own serve: each question goes to the least busy one, and to the next where that
 * gives no first word. After the first word nothing is asked again.
 */
export function pooledModel(chosen: LanguageModel, members: readonly PoolMember[], pool: Pool): LanguageModel {
  async function* ask(signal: AbortSignal, partsOf: Ask): AsyncGenerator<ModelPart> {
    const left = [...pool.order(members)];
    for (let member = left.shift(); member !== undefined; member = left.shift()) {
      const parts = pool.counted(member.serverId, partsOf(member.model));
      try {
        const first = await parts.next();
        if (first.done === true) return;
        const { value } = first;
        if (value.type === 'failure' && left.length > 0 && isOfServer(value.error) && !signal.aborted) continue;
        yield value;
        return yield* parts;
      } finally {
        await parts.return(undefined);
      }
    }
  }
  return {
    ...chosen,
    generate: (input, signal) => ask(signal, (model) => model.generate(input, signal)),
    /** Each of several goes where there is room: as many at once as there are servers. */
    generateEach: (inputs, signal) =>
      eachAtOnce(inputs, members.length, (input) =>
        ask(signal, (model) => onlyParts(model.generateEach([input], signal))),
      ),
  };
}

type Ask = (model: LanguageModel) => AsyncIterable<ModelPart>;

async function* onlyParts(indexed: AsyncIterable<IndexedPart>): AsyncGenerator<ModelPart> {
  for await (const { part } of indexed) yield part;
}

/** The parts of several answers as they come, so many at work at a time. */
async function* eachAtOnce(
  inputs: readonly GenerateInput[],
  most: number,
  generate: (input: GenerateInput) => AsyncGenerator<ModelPart>,
): AsyncGenerator<IndexedPart> {
  const waiting = inputs.map((input, index) => ({ input, index }));
  const running = new Map<number, { parts: AsyncGenerator<ModelPart>; next: Promise<Come> }>();
  const ask = (index: number, parts: AsyncGenerator<ModelPart>) =>
    running.set(index, { parts, next: parts.next().then((come) => ({ index, come })) });
  const begin = () => {
    const next = running.size < most ? waiting.shift() : undefined;
    if (next !== undefined) ask(next.index, generate(next.input));
    return next !== undefined;
  };
  try {
    for (;;) {
      while (begin());
      if (running.size === 0) return;
      const { index, come } = await Promise.race([...running.values()].map(({ next }) => next));
      const parts = running.get(index)?.parts;
      if (come.done === true || parts === undefined) running.delete(index);
      else {
        yield { index, part: come.value };
        ask(index, parts);
      }
    }
  } finally {
    for (const { parts } of running.values()) void parts.return(undefined).catch(() => {});
  }
}

interface Come {
  readonly index: number;
  readonly come: IteratorResult<ModelPart, unknown>;
}
