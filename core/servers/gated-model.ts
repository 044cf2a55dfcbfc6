import type { GenerateInput, GenerateUsage, IndexedPart, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Cost } from '../../contract/price.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { isLocalAddress, requireUsable } from '../../models/openai-compatible/address.ts';
import { serverCapabilities } from '../../models/openai-compatible/server-capabilities.ts';
import { createServerModel, type ServerModelOptions } from '../../models/openai-compatible/server-model.ts';
import { type AskModel, type ServerPlace, tryModel } from '../../models/openai-compatible/try-model.ts';
import type { When } from '../../models/prices/cost.ts';
import type { Provider } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { trialPrompt } from '../prompts/text-prompt.ts';
import type { Order } from '../sending/sending.ts';
import { withMovedSaid } from './moved.ts';

export type Send = (order: Order) => AsyncIterable<ModelPart>;

export interface GatedModelOptions extends Pick<ServerModelOptions, 'id' | 'model' | 'address' | 'readKey' | 'habits'> {
  readonly serverId: string;
  /** The name of the host as it is shown to the person. */
  readonly host: string;
  /** The answer that is asked for; null where it is for none. */
  readonly answerId: string | null;
  /** Throws where the server is another one than it was. */
  readonly requireSame: () => void;
  readonly send: Send;
  /** Whose protocol it speaks; none for a server of the person's own. */
  readonly provider: Provider | null;
  /** What a call cost; null where no price is known. */
  readonly costOf: (usage: GenerateUsage, when: When) => Cost | null;
}

/** A model behind an address whose every prompt passes the gate, with a receipt of its own, and leaves by no other way. */
export function gatedModel(options: GatedModelOptions): LanguageModel {
  const { id, model: name, send, host, serverId, address, provider } = options;
  const server = (connection: typeof fetch) => {
    const asked = { ...options, name, fetch: withMovedSaid(connection) };
    return provider === null ? createServerModel(asked) : createProviderModel({ ...asked, provider });
  };
  const order = (input: GenerateInput, signal: AbortSignal, deliver: Order['deliver']): Order => ({
    ...{ purpose: 'answer', input, signal, deliver, messageId: options.answerId },
    ...{ to: { serverId, address, modelId: id, modelName: name }, requireSame: options.requireSame },
  });
  return {
    identity: { id, name, where: 'server', host },
    capabilities: { ...serverCapabilities, atOnce: atOnceOf(address) },
    async *generate(input, signal) {
      const failure = unusable(address);
      if (failure !== null) return yield { type: 'failure', error: failure };
      const deliver: Order['deliver'] = (passed, connection) =>
        priced(server(connection).generate(passed, signal), options.costOf);
      yield* send(order(input, signal, deliver));
    },
    async *generateEach(inputs, signal) {
      const failure = unusable(address);
      if (failure !== null)
        return yield* inputs.map((_, index) => ({ index, part: { type: 'failure', error: failure } as const }));
      for (const [index, input] of inputs.entries()) {
        const deliver: Order['deliver'] = (passed, connection) =>
          priced(partsOf(server(connection).generateEach([passed], signal)), options.costOf);
        for await (const part of send(order(input, signal, deliver))) yield { index, part };
      }
    },
    prefill: () => Promise.resolve(),
    warm: async () => {},
  };
}

/** Questions that a provider is asked together: few enough for the limits that most set for a minute. */
const providerAtOnce = 4;

function atOnceOf(address: string): number {
  return isLocalAddress(address) ? 1 : providerAtOnce;
}

/** What is wrong with an address of the settings file, to which nothing is sent and of which no receipt is made then. */
function unusable(address: string): AppErrorShape | null {
  try {
    requireUsable(address);
    return null;
  } catch (error) {
    return toErrorShape(error);
  }
}

/** The parts of one call, its end with what it cost. */
async function* priced(
  parts: AsyncIterable<ModelPart>,
  costOf: GatedModelOptions['costOf'],
): AsyncGenerator<ModelPart> {
  const began = new Date();
  for await (const part of parts) {
    const cost = part.type === 'finish' ? costOf(part.usage, { began, ended: new Date() }) : null;
    yield part.type === 'finish' && cost !== null ? { ...part, usage: { ...part.usage, cost } } : part;
  }
}

/** Tries a model by a question that passes the gate too. */
export function gatedTrial(send: Send, provider: Provider | null = null): AskModel {
  return async (place, model) => {
    let failure: AppErrorShape | null = null;
    const parts = send({
      purpose: 'trial',
      input: {
        messages: trialPrompt(),
        sampling: { temperature: 0 },
        maxTokens: 1,
        thinking: 'off',
        hints: {},
      },
      to: { serverId: null, address: place.address, modelId: model, modelName: model },
      messageId: null,
      requireSame: () => {},
      deliver: (input, connection) => {
        const asked = { ...place, fetch: withMovedSaid(connection) };
        return provider === null ? trial(asked, model, input.messages) : providerTrial(asked, model, input, provider);
      },
    });
    for await (const part of parts) if (part.type === 'failure') failure = part.error;
    return failure;
  };
}

/** The beginning of a short answer is enough; how it ends says nothing of the key. */
async function* providerTrial(
  { key, ...place }: ServerPlace,
  model: string,
  input: GenerateInput,
  provider: Provider,
): AsyncGenerator<ModelPart> {
  const asked = { ...place, provider, model, id: model, name: model, readKey: () => Promise.resolve(key) };
  const stop = new AbortController();
  const parts = createProviderModel(asked).generate({ ...input, maxTokens: trialTokens }, stop.signal);
  for await (const part of parts) {
    if (part.type === 'failure') return yield part;
    if (part.type !== 'finish' && part.type !== 'aborted') stop.abort();
  }
  yield { type: 'finish', reason: 'stop', usage: nothingCounted };
}

/** Some refuse less. */
const trialTokens = 16;

async function* trial(
  place: ServerPlace,
  model: string,
  messages: readonly PromptMessage[],
): AsyncGenerator<ModelPart> {
  const error = await tryModel(place, model, messages[0]?.text ?? '');
  if (error !== null) yield { type: 'failure', error };
  else yield { type: 'finish', reason: 'stop', usage: nothingCounted };
}

const nothingCounted = {
  promptTokens: null,
  cachedTokens: null,
  outputTokens: null,
  contextTokens: null,
  droppedMessages: 0,
} as const;

async function* partsOf(indexed: AsyncIterable<IndexedPart>): AsyncGenerator<ModelPart> {
  for await (const { part } of indexed) yield part;
}
