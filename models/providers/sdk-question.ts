import type { GenerateInput } from '../../contract/engine.ts';
import { dialects } from '../openai-compatible/dialects.ts';
import { messagesFor, type WayToGoOn } from '../openai-compatible/going-on.ts';
import type { LeftOut } from '../openai-compatible/habits.ts';
import { schemaModeOf } from './schema-mode.ts';
import type { SdkOptions, SdkProtocol } from './sdk-models.ts';

type Json = Readonly<Record<string, unknown>>;
type Effort = NonNullable<SdkOptions['reasoning']>;

export interface SdkAsking {
  /** Longest answer in tokens, what is thought with it; sent with every question. */
  readonly maxTokens: number;
  /** How much a model is asked to think; its own measure when undefined. */
  readonly effort: Effort | undefined;
  readonly fixedSampling: boolean;
  readonly protocol: SdkProtocol;
  readonly way: WayToGoOn;
}

/** A question as the AI SDK is asked it. */
export function sdkOptionsOf(
  input: GenerateInput,
  { maxTokens, effort, fixedSampling, protocol, way }: SdkAsking,
): SdkOptions {
  const messages = messagesFor(input, way);
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ text }) => text)
    .join('\n\n');
  const { temperature, topP } = input.sampling;
  return {
    prompt: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...messages.flatMap(({ role, text }) =>
        role === 'system' ? [] : [{ role, content: [{ type: 'text' as const, text }] }],
      ),
    ],
    maxOutputTokens: maxTokens,
    ...(fixedSampling ? {} : { temperature, ...(topP === undefined ? {} : { topP }) }),
    ...(input.seed === undefined ? {} : { seed: input.seed }),
    ...(effort === undefined ? {} : { reasoning: effort }),
    ...schemaModeOf(protocol, input.answerSchema),
  };
}

/** A question without what was refused by name, wherever this protocol has it, and with what is always asked for. */
export function reshaped(body: Json, leftOut: LeftOut, control: Json): Json {
  const refused = dialects.parameters
    .filter(({ parameter }) => leftOut.has(parameter))
    .flatMap(({ parameter, alsoCalled = [] }) => [parameter, ...alsoCalled]);
  const without = (fields: Json): Json =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.includes(name)));
  const inner = body['generationConfig'];
  const config = typeof inner === 'object' && inner !== null ? { generationConfig: without(inner as Json) } : {};
  return { ...without(body), ...config, ...typed(body), ...control };
}

/** OpenAI may be told the kind of a turn or not; other servers of Responses refuse an earlier answer that does not tell it. */
function typed({ input }: Json): Json {
  if (!Array.isArray(input)) return {};
  return {
    input: input.map((turn: Json) => ('role' in turn && !('type' in turn) ? { type: 'message', ...turn } : turn)),
  };
}

/** Its parameters by name, those of an inner object with them. */
export function parametersOf(sent: Json): Json {
  const inner = sent['generationConfig'];
  const all = { ...sent, ...(typeof inner === 'object' && inner !== null ? inner : {}) };
  // One name for what Gemini spells in its own way.
  const known = dialects.parameters.flatMap(({ parameter, alsoCalled = [] }) =>
    alsoCalled.some((name) => name in all) ? [[parameter, true] as const] : [],
  );
  return { ...Object.fromEntries(known), ...all };
}
