import type { LlamaContextSequence, LlamaGrammarEvaluationState, LlamaModel, Token } from 'node-llama-cpp';
import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { ThinkingSplitter } from '../thinking/thinking-splitter.ts';
import { Repeats, repeats } from './broken-weights.ts';
import { failure } from './failure.ts';
import { createReader, type Prompt, samplingOptions, toParts } from './llama-chat.ts';
import type { TokenText } from './token-text.ts';

export interface Answer {
  readonly index: number;
  readonly input: GenerateInput;
  readonly prompt: Prompt;
  readonly sequence: LlamaContextSequence;
  readonly tokens: readonly Token[];
  /** What holds it to a schema; null where it has none. */
  readonly held: LlamaGrammarEvaluationState | null;
}

/** One answer, token by token, in a sequence that has read all of its prompt but the last token. */
export class AnswerWriter {
  readonly #answer: Answer;
  readonly #windowTokens: number;
  readonly #signal: AbortSignal;
  readonly #text: TokenText;
  readonly #splitter: ThinkingSplitter;
  readonly #tokens: AsyncIterator<Token>;
  readonly #same: Repeats;
  #outputTokens = 0;
  #ended = false;

  constructor(model: LlamaModel, answer: Answer, windowTokens: number, signal: AbortSignal) {
    this.#answer = answer;
    this.#windowTokens = windowTokens;
    this.#signal = signal;
    const { text, splitter } = createReader(model, answer.prompt, answer.input, answer.tokens);
    this.#text = text;
    this.#same = new Repeats(answer.tokens);
    this.#splitter = splitter;
    this.#tokens = answer.sequence.evaluate(answer.tokens.slice(-1), samplingOptions(answer.input, answer.held));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What came of one more token. Never throws. */
  async next(): Promise<readonly IndexedPart[]> {
    try {
      if (this.#signal.aborted) return await this.#end([{ type: 'aborted' }]);
      const { value: token, done } = await this.#tokens.next();
      if (done === true) return await this.#end(this.#last());
      this.#outputTokens += 1;
      const text = this.#text.push(token);
      const parts = [...toParts(this.#splitter.push(text))];
      this.#same.add(token, text);
      if (this.#same.isStuck) throw repeats();
      if (this.#full || this.#splitter.stopped) return await this.#end([...parts, ...this.#last()]);
      return this.#indexed(parts);
    } catch (error) {
      this.#ended = true;
      return this.#indexed([failure(error)]);
    }
  }

  get #full(): boolean {
    const { input, tokens } = this.#answer;
    return this.#outputTokens >= Math.min(input.maxTokens, this.#windowTokens - tokens.length - 1);
  }

  #last(): readonly ModelPart[] {
    const text = [...toParts(this.#splitter.push(this.#text.end())), ...toParts(this.#splitter.end())];
    const reason = this.#full && !this.#splitter.stopped ? 'length' : 'stop';
    const promptTokens = this.#answer.tokens.length;
    const counts = { promptTokens, cachedTokens: 0, outputTokens: this.#outputTokens };
    const usage = { ...counts, contextTokens: this.#windowTokens, droppedMessages: 0 };
    return [...text, { type: 'finish', reason, usage }];
  }

  /** Its sequence is let go before the others ask again. */
  async #end(parts: readonly ModelPart[]): Promise<readonly IndexedPart[]> {
    this.#ended = true;
    await this.#tokens.return?.();
    return this.#indexed(parts);
  }

  #indexed(parts: readonly ModelPart[]): readonly IndexedPart[] {
    return parts.map((part) => ({ index: this.#answer.index, part }));
  }
}
