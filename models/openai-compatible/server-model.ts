import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import { type LanguageModel, oneAfterAnother } from '../language-model.ts';
import { isLocalAddress } from './address.ts';
import { lengthsToAsk } from './answer-length.ts';
import { askServer } from './ask-server.ts';
import type { Refusal } from './dialects.ts';
import { type WayToGoOn, waysToGoOn } from './going-on.ts';
import { ModelHabits } from './habits.ts';
import { type AnswerLimits, answerLimits, silence } from './limits.ts';
import { type ChatDialect, questionOf } from './question.ts';
import { serverCapabilities } from './server-capabilities.ts';

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
  /** What was seen of this and other models; of this one alone when left out. */
  readonly habits?: ModelHabits;
  /** Longest wait for the first byte and between two, in milliseconds; by where the server is when left out. */
  readonly firstByteMs?: number;
  readonly idleMs?: number;
  readonly limits?: AnswerLimits;
  /** What a known provider wants otherwise; what all of the protocol have in common when left out. */
  readonly dialect?: ChatDialect;
  readonly refusals?: readonly Refusal[];
}

/** A model behind an OpenAI-compatible address. */
export function createServerModel(options: ServerModelOptions): LanguageModel {
  const model = new ServerModel(options);
  return {
    identity: { id: options.id, name: options.name, where: 'server', host: options.host },
    capabilities: serverCapabilities,
    generate: (input, signal) => model.generate(input, signal),
    generateEach: (inputs, signal) => model.generateEach(inputs, signal),
    prefill: () => Promise.resolve(),
    warm: async () => {},
  };
}

interface Try {
  readonly way: WayToGoOn;
  readonly maxTokens: number | null;
}

class ServerModel {
  readonly #options: ServerModelOptions;
  readonly #habits: ModelHabits;
  readonly #name: string;

  constructor(options: ServerModelOptions) {
    this.#options = options;
    this.#habits = options.habits ?? new ModelHabits();
    this.#name = `${options.address} ${options.model}`;
  }

  generateEach(inputs: readonly GenerateInput[], signal: AbortSignal): AsyncGenerator<IndexedPart> {
    return oneAfterAnother((input, each) => this.#generateSettled(input, each), inputs, signal);
  }

  /**
   * Asks in other ways where a server refuses one before it has written a word: shorter, without what it named, with a
   * request to go on instead of an open answer.
   */
  async *generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const ways = [...waysToGoOn(this.#options.address, input)];
    // What an answer may cost is bounded in every question to a provider.
    const lengths = lengthsToAsk(input).filter((length) => length !== null || this.#options.dialect === undefined);
    let maxTokens = lengths.shift() ?? null;
    for (let way = ways.shift(); way !== undefined; ) {
      const body = this.#bodyOf(input, { way, maxTokens });
      const answer = askServer(this.#questionOf(body, way), input, signal);
      try {
        const first = await answer.next();
        if (first.done) return;
        const shorter = isTooLong(first.value) ? lengths.shift() : undefined;
        if (shorter !== undefined) maxTokens = shorter;
        else if (first.value.type === 'failure' && this.#habits.learn(this.#name, body, first.value.error)) continue;
        else if (ways.length > 0 && isRefused(first.value)) way = ways.shift();
        else {
          yield first.value;
          return yield* answer;
        }
      } finally {
        await answer.return(undefined);
      }
    }
  }

  /**
   * Text that may turn out to be thought waits for its end, as what is put together from many answers takes nothing back.
   * A model that closed no thinking it had not opened is taken at its word.
   */
  async *#generateSettled(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    if (this.#habits.unopened(this.#name) === 'not-seen') return yield* this.generate(input, signal);
    let text = '';
    for await (const part of this.generate(input, signal)) {
      if (part.type === 'text-delta') text += part.text;
      else if (part.type === 'text-was-thinking') text = '';
      else if (part.type !== 'thinking-delta') {
        if (text !== '') yield { type: 'text-delta', text };
        text = '';
        yield part;
      }
    }
  }

  #bodyOf(input: GenerateInput, { way, maxTokens }: Try): Record<string, unknown> {
    const { model, dialect } = this.#options;
    return questionOf(input, { model, way, maxTokens, leftOut: this.#habits.leftOut(this.#name), dialect });
  }

  #questionOf(body: Readonly<Record<string, unknown>>, way: WayToGoOn): Parameters<typeof askServer>[0] {
    const { address, host, readKey, fetch, firstByteMs, idleMs } = this.#options;
    const { limits = answerLimits, refusals = [] } = this.#options;
    const usual = isLocalAddress(address) ? silence.local : silence.remote;
    return {
      ...{ address, host, body, way, readKey, fetch, limits, refusals },
      silence: { firstByteMs: firstByteMs ?? usual.firstByteMs, idleMs: idleMs ?? usual.idleMs },
      onUnopened: (unopened) => this.#habits.noteUnopened(this.#name, unopened),
    };
  }
}

/**
 * Nothing new came: the server takes an open answer for a wrong request, or for one that is finished, or says again what
 * is there. A request may fail for other reasons by the same code; then the next way fails by it too.
 */
export function isRefused(first: ModelPart): boolean {
  if (first.type === 'failure')
    return ['server/failed', 'server/cut', 'server/error-within'].includes(first.error.code);
  return first.type === 'finish' && first.reason === 'stop';
}

function isTooLong(first: ModelPart): boolean {
  return first.type === 'failure' && first.error.code === 'server/context-full';
}
