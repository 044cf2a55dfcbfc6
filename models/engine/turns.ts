import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { LlamaEngine } from './llama-engine.ts';
import { PartQueue } from './part-queue.ts';
import { FairQueue } from './queue.ts';

/** One queue for load, generate and unload: an unload that races a prompt would crash. */
export class Turns {
  readonly #queue = new FairQueue();
  readonly #never = new AbortController().signal;

  async alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const leave = await this.#queue.enter(this.#never, () => {});
    try {
      return await work();
    } finally {
      leave?.();
    }
  }

  /** Gives what the work gives once its turn has come, without a word of how many are ahead. */
  async *quietly<Part>(signal: AbortSignal, work: () => AsyncIterable<Part>): AsyncGenerator<Part> {
    const leave = await this.#queue.enter(signal, () => {});
    try {
      yield* work();
    } finally {
      leave?.();
    }
  }

  /** Waits for its turn and says how many are ahead, then gives what the work gives. */
  async *inTurn<Part>(
    signal: AbortSignal,
    work: () => AsyncIterable<Part>,
    toPart: (part: ModelPart) => Part,
  ): AsyncGenerator<Part> {
    const positions = new PartQueue<Part>();
    const entered = this.#queue.enter(signal, (ahead) => positions.push(toPart({ type: 'queue-position', ahead })));
    void entered.then(() => positions.end());
    yield* positions;
    const leave = await entered;
    if (leave === null) return yield toPart({ type: 'aborted' });
    try {
      yield* work();
    } finally {
      leave();
    }
  }

  /** In one turn as long as nobody else waits, then in further turns. An abort or a failure of one ends all. */
  async *eachInTurn(
    engine: LlamaEngine,
    inputs: readonly GenerateInput[],
    signal: AbortSignal,
  ): AsyncGenerator<IndexedPart> {
    let rest = inputs.map((input, index) => ({ input, index }));
    while (rest.length > 0) {
      const asked = rest;
      const texts = asked.map(({ input }) => input);
      const answers = () => engine.generateEach(texts, signal, () => this.#queue.length < 2);
      const ended = new Set<number>();
      for await (const { index, part } of this.inTurn(signal, answers, (part) => ({ index: 0, part }))) {
        yield { index: asked[index]?.index ?? 0, part };
        if (part.type === 'aborted' || part.type === 'failure') return;
        if (part.type === 'finish') ended.add(index);
      }
      if (ended.size === 0) return;
      rest = asked.filter((_, index) => !ended.has(index));
    }
  }
}
