import { isRecord } from './said-error.ts';

/** Counts that a server gave with an answer; what is no count is left out. */
export interface SaidUsage {
  /** All that was read, what came from a cache or went into one with it. */
  readonly promptTokens: number | null;
  /** All that was written, what was thought with it. */
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly thinkingTokens: number | null;
}

export const noUsage: SaidUsage = {
  ...{ promptTokens: null, outputTokens: null },
  ...{ cachedTokens: null, cacheWriteTokens: null, thinkingTokens: null },
};

/** Where servers of this protocol put the same count: OpenAI, DeepSeek, Moonshot, OpenRouter. */
const cachedFields = ['prompt_tokens_details.cached_tokens', 'prompt_cache_hit_tokens', 'cached_tokens'];
const cacheWriteFields = ['prompt_tokens_details.cache_write_tokens', 'cache_write_tokens'];
const thinkingFields = ['completion_tokens_details.reasoning_tokens', 'reasoning_tokens'];

/** The counts in a piece of an answer, of this protocol or of Ollama's own; null where there are none. */
export function usageOf(value: Readonly<Record<string, unknown>>): SaidUsage | null {
  const usage = value['usage'];
  if (isRecord(usage)) return saidUsage(usage);
  const [promptTokens, outputTokens] = [count(value['prompt_eval_count']), count(value['eval_count'])];
  return promptTokens === null && outputTokens === null ? null : { ...noUsage, promptTokens, outputTokens };
}

function saidUsage(usage: Readonly<Record<string, unknown>>): SaidUsage {
  const promptTokens = count(usage['prompt_tokens']);
  const written = count(usage['completion_tokens']);
  const thinkingTokens = first(usage, thinkingFields);
  const total = count(usage['total_tokens']);
  // Some count what was thought beside what was written, which the sum of all tells.
  const isBeside =
    total !== null && promptTokens !== null && written !== null && thinkingTokens !== null
      ? thinkingTokens > 0 && total === promptTokens + written + thinkingTokens
      : false;
  return {
    promptTokens,
    outputTokens: isBeside ? (written ?? 0) + (thinkingTokens ?? 0) : written,
    cachedTokens: first(usage, cachedFields),
    cacheWriteTokens: first(usage, cacheWriteFields),
    thinkingTokens,
  };
}

/**
 * Counts that can be: some servers say zero where they do not count, and an answer would cost nothing by that. A prompt is never
 * empty, and whoever wrote has counted something. What is not known is no count, and has all counted that it may have cost.
 */
export function countsThatCanBe(usage: SaidUsage, hasWords: boolean): SaidUsage {
  const { promptTokens, outputTokens } = usage;
  return {
    ...usage,
    promptTokens: promptTokens === 0 ? null : promptTokens,
    outputTokens: outputTokens === 0 && hasWords ? null : outputTokens,
  };
}

function first(usage: Readonly<Record<string, unknown>>, paths: readonly string[]): number | null {
  for (const path of paths) {
    const [name = '', inner] = path.split('.');
    const held = usage[name];
    const found = count(inner === undefined ? held : isRecord(held) ? held[inner] : undefined);
    if (found !== null) return found;
  }
  return null;
}

export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
