import type { ChunkPart } from '../openai-compatible/chunk.ts';
import { count, type SaidUsage } from '../openai-compatible/said-usage.ts';
import type { SdkContent, SdkPart, SdkUsage } from './sdk-models.ts';

/** What a part of the AI SDK's stream says of an answer, in Beckon's own words; nothing where it says none. */
export function chunkPartsOf(part: SdkPart, maxTokens?: number): readonly ChunkPart[] {
  switch (part.type) {
    case 'text-delta':
      return [{ type: 'text', text: part.delta }];
    case 'reasoning-delta':
      return [{ type: 'thinking', text: part.delta }];
    case 'tool-input-start':
    case 'tool-call':
      return [{ type: 'tool' }];
    case 'finish':
      return endPartsOf(part, maxTokens);
    default:
      return [];
  }
}

/** What an answer holds that came as one message, in the same words. */
export function wholePartsOf(content: readonly SdkContent[], end: Ending, maxTokens?: number): readonly ChunkPart[] {
  const parts = content.map((one): ChunkPart | null => {
    if (one.type === 'text') return { type: 'text', text: one.text };
    if (one.type === 'reasoning') return { type: 'thinking', text: one.text };
    return one.type === 'tool-call' ? { type: 'tool' } : null;
  });
  return [{ type: 'whole' }, ...parts.filter((part) => part !== null), ...endPartsOf(end, maxTokens)];
}

/** Ends that the SDK tells by their kind alone. A refusal of Responses is an answer whose words say so themselves. */
const toldByKind: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'stop',
  'tool-calls': 'tool_calls',
};

type Ending = Pick<Extract<SdkPart, { type: 'finish' }>, 'finishReason' | 'usage'>;

/** An end that nobody told is none: the SDK ends each stream with one, also where the connection broke. */
function endPartsOf({ finishReason: { unified, raw }, usage }: Ending, maxTokens = Infinity): readonly ChunkPart[] {
  const said = saidUsageOf(usage);
  const counts: ChunkPart = { type: 'usage', usage: said };
  // llama-server in Responses and LiteLLM in Messages call each answer whole: one that used up all it was allowed was cut by that.
  const isUsedUp = unified === 'stop' && (said.outputTokens ?? 0) >= maxTokens;
  const reason = isUsedUp ? 'length' : (raw ?? toldByKind[unified] ?? null);
  return reason === null ? [counts] : [counts, { type: 'reason', reason: reason.trim().slice(0, 100) }];
}

function saidUsageOf({ inputTokens, outputTokens }: SdkUsage): SaidUsage {
  return {
    promptTokens: count(inputTokens.total),
    cachedTokens: count(inputTokens.cacheRead),
    cacheWriteTokens: count(inputTokens.cacheWrite),
    outputTokens: count(outputTokens.total),
    thinkingTokens: count(outputTokens.reasoning),
  };
}
