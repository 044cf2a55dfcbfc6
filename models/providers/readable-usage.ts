import { isRecord } from '../openai-compatible/said-error.ts';
import { count } from '../openai-compatible/said-usage.ts';

type Json = Readonly<Record<string, unknown>>;

const ofMessages = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'];
const ofGemini = [
  ...['promptTokenCount', 'candidatesTokenCount', 'totalTokenCount'],
  ...['cachedContentTokenCount', 'thoughtsTokenCount'],
];

/**
 * An event with those counts alone that can be read. The packages take an event whose counts are not as they were for damaged,
 * and its words and its end with it; what somebody counted wrongly, or did not count, costs no word of an answer.
 */
export function withReadableUsage(protocol: 'messages' | 'gemini', value: Json): Json {
  if (protocol === 'gemini')
    return 'usageMetadata' in value ? { ...value, usageMetadata: countsOf(value['usageMetadata'], ofGemini) } : value;
  const { message, type } = value;
  // The package does not do without these; a zero is known for a count that is none.
  if (type === 'message_start' && isRecord(message))
    return { ...value, message: withUsage(message, { input_tokens: 0, output_tokens: 0 }) };
  if (type === 'message_delta') return withUsage(value, { output_tokens: 0 });
  return type === 'message' ? withUsage(value, { input_tokens: 0, output_tokens: 0 }) : value;
}

function withUsage(holder: Json, needed: Json): Json {
  return { ...holder, usage: { ...needed, ...countsOf(holder['usage'], ofMessages) } };
}

function countsOf(usage: unknown, names: readonly string[]): Json {
  if (!isRecord(usage)) return {};
  return Object.fromEntries(names.filter((name) => count(usage[name]) !== null).map((name) => [name, usage[name]]));
}
