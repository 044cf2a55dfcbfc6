import type { GenerateInput, IndexedPart, ModelPart, PromptMessage } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { serverCapabilities } from '../../models/openai-compatible/server-capabilities.ts';
import { createServerModel, type ServerModelOptions } from '../../models/openai-compatible/server-model.ts';
import { type AskModel, type ServerPlace, tryModel } from '../../models/openai-compatible/try-model.ts';
import { trialPrompt } from '../prompts/text-prompt.ts';
import type { Order } from '../sending/sending.ts';
import { withMovedSaid } from './moved.ts';

export type Send = (order: Order) => AsyncIterable<ModelPart>;

export interface GatedModelOptions extends Pick<ServerModelOptions, 'id' | 'model' | 'address' | 'readKey' | 'habits'> {
  readonly serverId: string;
  /** As it is shown to the person. */
  readonly host: string;
  /** The answer that is asked for; null where it is for none. */
  readonly answerId: string | null;
  /** Throws where the server is another one than it was. */
  readonly requireSame: () => void;
  readonly send: Send;
}

/** A model behind an address whose every prompt passes the gate, with a receipt of its own, and leaves by no other way. */
export function gatedModel(options: GatedModelOptions): LanguageModel {
  const { id, model: name, send, host, serverId, address } = options;
  const server = (connection: typeof fetch) =>
    createServerModel({ ...options, name, fetch: withMovedSaid(connection) });
  const order = (input: GenerateInput, deliver: Order['deliver']): Order => ({
    ...{ purpose: 'answer', input, deliver, messageId: options.answerId },
    ...{ to: { serverId, address, modelId: id, modelName: name }, requireSame: options.requireSame },
  });
  return {
    identity: { id, name, where: 'server', host },
    capabilities: serverCapabilities,
    generate: (input, signal) =>
      send(order(input, (passed, connection) => server(connection).generate(passed, signal))),
    async *generateEach(inputs, signal) {
      for (const [index, input] of inputs.entries()) {
        const deliver: Order['deliver'] = (passed, connection) =>
          partsOf(server(connection).generateEach([passed], signal));
        for await (const part of send(order(input, deliver))) yield { index, part };
      }
    },
    prefill: () => Promise.resolve(),
    warm: async () => {},
  };
}

/** Tries a model by a question that passes the gate too. */
export function gatedTrial(send: Send): AskModel {
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
      deliver: ({ messages }, connection) => trial({ ...place, fetch: withMovedSaid(connection) }, model, messages),
    });
    for await (const part of parts) if (part.type === 'failure') failure = part.error;
    return failure;
  };
}

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
