import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { type LanguageModel, oneAfterAnother } from '../language-model.ts';
import { isLocalAddress } from '../openai-compatible/address.ts';
import { lengthsToAsk } from '../openai-compatible/answer-length.ts';
import { type WayToGoOn, waysToGoOn } from '../openai-compatible/going-on.ts';
import { ModelHabits } from '../openai-compatible/habits.ts';
import { answerLimits, silence } from '../openai-compatible/limits.ts';
import { serverCapabilities } from '../openai-compatible/server-capabilities.ts';
import { isRefused, type ServerModelOptions } from '../openai-compatible/server-model.ts';
import { askBySdk } from './ask-sdk.ts';
import type { SdkProtocol } from './sdk-models.ts';
import { parametersOf, reshaped, type SdkAsking, sdkOptionsOf } from './sdk-question.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SdkModelOptions extends Omit<ServerModelOptions, 'dialect'> {
  readonly protocol: SdkProtocol;
  /** How much it is asked to think, by whether it is to think. */
  readonly efforts: Readonly<Record<'on' | 'off', SdkAsking['effort']>>;
  readonly fixedSampling: boolean;
  readonly control: Json;
}

/** A model behind an address that speaks Responses, Messages or Gemini. */
export function createSdkModel(options: SdkModelOptions): LanguageModel {
  const habits = options.habits ?? new ModelHabits();
  const generate: LanguageModel['generate'] = (input, signal) => generateBySdk(options, habits, input, signal);
  return {
    identity: { id: options.id, name: options.name, where: 'server', host: options.host },
    capabilities: { ...serverCapabilities, takesBack: false },
    generate,
    generateEach: (inputs, signal) => oneAfterAnother(generate, inputs, signal),
    prefill: () => Promise.resolve(),
    warm: async () => {},
  };
}

/** Asks otherwise where a question is refused before a word was written: shorter, or without what was named. */
async function* generateBySdk(
  options: SdkModelOptions,
  habits: ModelHabits,
  input: GenerateInput,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const name = `${options.address} ${options.model}`;
  const lengths = lengthsToAsk(input).filter((length) => length !== null);
  let maxTokens = lengths.shift() ?? input.maxTokens;
  // Servers of one's own go on writing the last turn in Messages, as they do in chat; Responses and Gemini have no such turn.
  const ways = options.protocol === 'messages' ? [...waysToGoOn(options.address, input)] : (['asked'] as WayToGoOn[]);
  let way = ways.shift() ?? 'asked';
  for (;;) {
    let sent: Json = {};
    const question = questionOf(options, habits, input, { maxTokens, way }, (left) => {
      sent = left;
    });
    const answer = askBySdk(question, input, signal);
    try {
      const first = await answer.next();
      if (first.done) return;
      const failure = first.value.type === 'failure' ? first.value.error : null;
      const shorter = failure?.code === 'server/context-full' ? lengths.shift() : undefined;
      if (shorter !== undefined) maxTokens = shorter;
      else if (failure === null || !habits.learn(name, parametersOf(sent), failure)) {
        const next = isRefused(first.value) ? ways.shift() : undefined;
        if (next === undefined) {
          yield first.value;
          return yield* answer;
        }
        way = next;
      }
    } finally {
      await answer.return(undefined);
    }
  }
}

function questionOf(
  options: SdkModelOptions,
  habits: ModelHabits,
  input: GenerateInput,
  { maxTokens, way }: Pick<SdkAsking, 'maxTokens' | 'way'>,
  onSent: (sent: Json) => void,
): Parameters<typeof askBySdk>[0] {
  const { address, host, model, protocol, readKey, fetch, fixedSampling, efforts, control } = options;
  const { limits = answerLimits, refusals = [] } = options;
  const usual = isLocalAddress(address) ? silence.local : silence.remote;
  const leftOut = habits.leftOut(`${address} ${model}`);
  return {
    ...{ address, host, model, protocol, way, readKey, fetch, limits, refusals, onSent },
    silence: {
      firstByteMs: options.firstByteMs ?? usual.firstByteMs,
      idleMs: options.idleMs ?? usual.idleMs,
    },
    options: sdkOptionsOf(input, { protocol, way, maxTokens, fixedSampling, effort: efforts[input.thinking] }),
    reshape: (body) => reshaped(body, leftOut, control),
  };
}
