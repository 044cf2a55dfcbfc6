import type { IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { eachAtOnce } from '../each-at-once.ts';
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
    capabilities: {
      ...chosen.capabilities,
      atOnce: members.reduce((sum, { model }) => sum + model.capabilities.atOnce, 0),
    },
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
