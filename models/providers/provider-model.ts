import type { LanguageModel } from '../language-model.ts';
import type { ChatDialect } from '../openai-compatible/question.ts';
import { createServerModel, type ServerModelOptions } from '../openai-compatible/server-model.ts';
import { known, type Provider } from './provider.ts';
import { createSdkModel, type SdkModelOptions } from './sdk-model.ts';

type Json = Readonly<Record<string, unknown>>;

export interface ProviderModelOptions extends Omit<ServerModelOptions, 'dialect' | 'refusals'> {
  readonly provider: Provider;
}

/**
 * A model of a provider, by the provider's protocol and by what its row says. Chat completions are read by the reader that
 * servers of one's own have: it is bounded, and reads what the SDK's refuses.
 */
export function createProviderModel({ provider, ...options }: ProviderModelOptions): LanguageModel {
  const { protocol, errors: refusals } = provider;
  if (protocol === 'chat')
    return createServerModel({ ...options, refusals, dialect: dialectOf(provider, options.model) });
  const thinking = thinkingOf(provider, options.model);
  return createSdkModel({
    ...{ ...options, protocol, refusals, control: controlOf(provider) },
    fixedSampling: known(provider.thinking)?.fixedSampling ?? false,
    efforts: { on: effortOf(thinking.on), off: effortOf(thinking.off) },
  });
}

export function dialectOf(provider: Provider, model: string): ChatDialect {
  return {
    limitField: known(provider.limitField) ?? 'max_tokens',
    fixedSampling: known(provider.thinking)?.fixedSampling ?? false,
    thinking: thinkingOf(provider, model),
    control: controlOf(provider),
  };
}

/** What is said so that a model thinks or does not: nothing to one that has no such switch. */
function thinkingOf(provider: Provider, model: string): ChatDialect['thinking'] {
  const switches = known(provider.thinking);
  const thinks = provider.models.find(({ id }) => id === model)?.thinks ?? 'unknown';
  if (switches === null || thinks === 'never') return { on: {}, off: {} };
  // One that always thinks is asked to think little where no thinking is wanted.
  if (thinks === 'always') return { on: {}, off: switches.always ?? {} };
  return { on: switches.on, off: switches.off };
}

function controlOf({ policy }: Provider): Json {
  return known(policy.control)?.body ?? {};
}

const efforts = ['none', 'minimal', 'low', 'medium', 'high'] as const;

function effortOf({ effort }: Json): SdkModelOptions['efforts']['on'] {
  return efforts.find((one) => one === effort);
}
