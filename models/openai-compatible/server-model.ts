import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { type TextPiece, TextSplitter } from '../engine/text-splitter.ts';
import { type LanguageModel, oneAfterAnother } from '../language-model.ts';
import { lengthsToAsk } from './answer-length.ts';
import { Continuation, messagesFor, type WayToGoOn, waysToGoOn } from './going-on.ts';
import { guardedFetch, ServerTrouble } from './guarded-fetch.ts';

export interface ServerModelOptions {
  readonly id: string;
  readonly name: string;
  /** As `readAddress` gives it. */
  readonly address: string;
  readonly host: string;
  readonly model: string;
  /** Asked for at each request, so that a key is nowhere longer than it must be. */
  readonly readKey: () => Promise<string | null>;
  readonly fetch: typeof fetch;
  /** Longest wait for the first byte and between two, in milliseconds. */
  readonly firstByteMs?: number;
  readonly idleMs?: number;
}

/** A model behind an OpenAI-compatible address, through AI SDK; the SDK is only loaded when it is first asked. */
export function createServerModel(options: ServerModelOptions): LanguageModel {
  return {
    identity: { id: options.id, name: options.name, where: 'server', host: options.host },
    generate: (input, signal) => generate(options, input, signal),
    generateEach: (inputs, signal) => oneAfterAnother((input, each) => generate(options, input, each), inputs, signal),
    prepare: () => Promise.resolve(),
    warm: async () => {},
  };
}

async function* generate(
  options: ServerModelOptions,
  input: GenerateInput,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const ways = [...waysToGoOn(options.address, input)];
  const lengths = [...lengthsToAsk(input)];
  let maxTokens = lengths.shift() ?? null;
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const answer = answerBy({ ...options, way, maxTokens }, input, signal);
    try {
      const first = await answer.next();
      if (first.done) return;
      const shorter = isTooLong(first.value) ? lengths.shift() : undefined;
      if (shorter !== undefined) {
        maxTokens = shorter;
        ways.unshift(way);
        continue;
      }
      if (ways.length > 0 && isRefused(first.value)) continue;
      yield first.value;
      return yield* answer;
    } finally {
      await answer.return(undefined);
    }
  }
}

/**
 * Nothing new came: the server takes an open answer for a wrong request, or for one that is finished, or says again what
 * is there. A request may fail for other reasons by the same code; then the next way fails by it too.
 */
function isRefused(first: ModelPart): boolean {
  if (first.type === 'failure') return first.error.code === 'server/failed' || first.error.code === 'server/cut';
  return first.type === 'finish' && first.reason === 'stop';
}

function isTooLong(first: ModelPart): boolean {
  return first.type === 'failure' && first.error.code === 'server/context-full';
}

async function* answerBy(
  options: RequestOptions,
  input: GenerateInput,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const trouble = new ServerTrouble(options.host, options.firstByteMs ?? 60_000, options.idleMs ?? 30_000);
  // Our own abort answers at once, whatever the transport does with it.
  const stop = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    const onAbort = () => {
      stop.abort();
      resolve('aborted');
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  const parts = request(options, input, stop.signal, trouble)[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await Promise.race([parts.next(), aborted]);
      if (next === 'aborted') return yield { type: 'aborted' };
      if (next.done) return;
      yield next.value;
      if (next.value.type === 'finish' || next.value.type === 'failure') return;
    }
  } finally {
    stop.abort();
    trouble.dispose();
    void parts.return?.(undefined);
  }
}

interface RequestOptions extends ServerModelOptions {
  readonly way: WayToGoOn;
  /** Longest answer; `null` leaves it to the server. */
  readonly maxTokens: number | null;
}

async function* request(
  options: RequestOptions,
  input: GenerateInput,
  signal: AbortSignal,
  trouble: ServerTrouble,
): AsyncGenerator<ModelPart> {
  const splitter = new TextSplitter([], { goesOn: input.answerSoFar !== undefined, mayThink: true });
  const continuation = new Continuation(input, options.way);
  let finish: ModelPart | null = null;
  try {
    const stream = await openStream(options, input, signal, trouble);
    for await (const part of stream) {
      if (part.type === 'text-delta') yield* toParts(splitter.push(part.text), continuation);
      else if (part.type === 'reasoning-delta') yield { type: 'thinking-delta', text: part.text };
      else if (part.type === 'error')
        return yield* withRest(splitter, continuation, trouble, {
          type: 'failure',
          error: trouble.describe(part.error),
        });
      else if (part.type === 'finish') finish = toFinish(part);
    }
  } catch (error) {
    return yield* withRest(splitter, continuation, trouble, { type: 'failure', error: trouble.describe(error) });
  }
  const cut = trouble.cutAfter(finish !== null);
  const last: ModelPart = cut === null && finish !== null ? finish : { type: 'failure', error: cut ?? trouble.cut() };
  yield* withRest(splitter, continuation, trouble, last);
}

interface Usage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly inputTokenDetails?: { readonly cacheReadTokens?: number | undefined } | undefined;
}

type StreamPart =
  | { readonly type: 'text-delta' | 'reasoning-delta'; readonly text: string }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'finish'; readonly finishReason: string; readonly totalUsage: Usage }
  | { readonly type: 'start' };

async function openStream(
  options: RequestOptions,
  input: GenerateInput,
  signal: AbortSignal,
  trouble: ServerTrouble,
): Promise<AsyncIterable<StreamPart>> {
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  const [{ streamText }, { createOpenAICompatible }, key] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai-compatible'),
    options.readKey(),
  ]);
  const provider = createOpenAICompatible({
    name: 'server',
    baseURL: options.address,
    includeUsage: true,
    fetch: guardedFetch(options.fetch, trouble),
    ...(key === null || key === '' ? {} : { apiKey: key }),
  });
  const { temperature, topP, presencePenalty } = input.sampling;
  const system = input.messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const result = streamText({
    model: provider.chatModel(options.model),
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    messages: messagesFor(input, options.way)
      .filter(({ role }) => role !== 'system')
      .map(({ role, text }) => ({
        role: role === 'assistant' ? ('assistant' as const) : ('user' as const),
        content: text,
      })),
    temperature,
    ...(options.maxTokens === null ? {} : { maxOutputTokens: options.maxTokens }),
    ...(topP === undefined ? {} : { topP }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(input.seed === undefined ? {} : { seed: input.seed }),
    abortSignal: signal,
    maxRetries: 0,
    onError: () => {},
  });
  return result.fullStream as unknown as AsyncIterable<StreamPart>;
}

function toFinish(part: Extract<StreamPart, { type: 'finish' }>): ModelPart {
  const { inputTokens, outputTokens, inputTokenDetails } = part.totalUsage;
  return {
    type: 'finish',
    reason: part.finishReason === 'length' ? 'length' : 'stop',
    usage: {
      promptTokens: inputTokens ?? null,
      outputTokens: outputTokens ?? null,
      cachedTokens: inputTokenDetails?.cacheReadTokens ?? null,
      contextTokens: null,
      droppedMessages: 0,
    },
  };
}

function* withRest(
  splitter: TextSplitter,
  continuation: Continuation,
  trouble: ServerTrouble,
  last: ModelPart,
): Generator<ModelPart> {
  yield* toParts(splitter.end(), continuation);
  yield* toParts([{ kind: 'text', text: continuation.end() }]);
  // An answer that only says again what is there is not whole by that.
  const saysNothingNew = last.type === 'finish' && last.reason === 'stop' && continuation.onlyRepeated;
  yield saysNothingNew ? { type: 'failure', error: trouble.cut() } : last;
}

function* toParts(pieces: readonly TextPiece[], continuation?: Continuation): Generator<ModelPart> {
  for (const { kind, text } of pieces) {
    const isNew = kind === 'text' && continuation !== undefined ? continuation.push(text) : text;
    if (isNew !== '') yield { type: kind === 'text' ? 'text-delta' : 'thinking-delta', text: isNew };
  }
}
